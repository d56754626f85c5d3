"""Taking observations in: nothing is overwritten, a correction is a new revision."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from spoiwo.monitoring.errors import MeasuresUnknown
from spoiwo.monitoring.models import Measure, Observation
from spoiwo.monitoring.queries.evidence import CellKey, latest
from spoiwo.monitoring.types import Answered


@transaction.atomic
def record_observations(answers: Sequence[Answered], *, institution_id: int, at: datetime) -> int:
    """Keep observations; answers how many were new or differ from what was known. Raises MeasuresUnknown."""
    measures = dict(Measure.objects.values_list("code", "pk"))
    unknown = sorted({answer.measure for answer in answers} - measures.keys())
    if unknown:
        raise MeasuresUnknown(unknown)
    years = {int(answer.period[:4]) for answer in answers}
    named = {measures[answer.measure] for answer in answers}
    known = latest(Observation.objects.filter(year__in=years, measure__in=named)) if answers else {}
    fresh = []
    for answer in answers:
        key = measures[answer.measure], answer.unit, answer.period, cell_key(answer.cell)
        before = known.get(key)
        if before and _told(before) == _told(answer):
            continue
        known[key] = _row(answer, key, before.revision + 1 if before else 1, institution_id, at)
        fresh.append(known[key])
    Observation.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


def _told(one: Observation | Answered) -> tuple[float | None, str, str, bool]:
    return one.value, one.status, one.territory, one.confidential


def cell_key(cell: Mapping[str, str]) -> str:
    """The cell as one text, whatever the order of its dimensions; empty for none."""
    return json.dumps(dict(sorted(cell.items())), ensure_ascii=False) if cell else ""


def _row(answer: Answered, key: CellKey, revision: int, institution_id: int, at: datetime) -> Observation:
    return Observation(
        measure_id=key[0],
        unit=answer.unit,
        territory=answer.territory,
        period=answer.period,
        year=int(answer.period[:4]),
        cell=dict(answer.cell),
        cell_key=key[3],
        value=answer.value,
        status=answer.status,
        confidential=answer.confidential,
        revision=revision,
        institution_id=institution_id,
        recorded_at=at,
    )
