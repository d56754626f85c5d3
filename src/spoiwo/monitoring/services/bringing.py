"""Figures from files: public statistics, years before the platform, forms of institutions."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.institutions.errors import UnreadableFile
from spoiwo.institutions.services.reading import table_of
from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.errors import FiguresRefused, FiguresUnusable
from spoiwo.monitoring.models import Measure, Observation
from spoiwo.monitoring.queries.evidence import latest
from spoiwo.monitoring.rules.files import MOST_ROWS, Numbered, read_figures
from spoiwo.monitoring.services.recording import cell_key, record_observations
from spoiwo.monitoring.types import Answered, RefusedRow, Taken
from spoiwo.territory import queries as territory

SHOWN = 100  # rows that are named when a file is refused


@transaction.atomic
def bring_in(content: bytes, *, at: datetime, by: Actor) -> Taken:
    """Take a whole file of figures in, or nothing of it. Raises FiguresUnusable; FiguresRefused with all bad rows."""
    catalogue = dict(Measure.objects.values_list("code", "dimensions"))
    try:
        table = table_of(content, most_rows=MOST_ROWS)
    except UnreadableFile:
        raise FiguresUnusable("unreadable") from None
    numbered, refused = read_figures(table, catalogue)
    refused += [*_unknown_places(numbered), *_of_others(numbered, by), *_retired(numbered)]
    if refused:
        raise FiguresRefused(sorted(refused, key=lambda row: row.number))
    answers = [answer for _number, answer in numbered]
    if not answers:
        raise FiguresUnusable("empty")
    fresh = record_observations(answers, institution_id=by.institution_id, at=at)
    audit.append(
        Entry(
            institution_id=by.institution_id,
            institution_acting_id=by.institution_id,
            action=Action.OTHER,
            actor_user_id=by.user_id,
            object_ref="observations",
            categories=("file",),
        )
    )
    return Taken(units=len({one.unit for one in answers}), observations=len(answers), fresh=fresh)


def _unknown_places(numbered: Sequence[Numbered]) -> list[RefusedRow]:
    unknown = territory.never_known(answer.territory for _number, answer in numbered)
    return [
        RefusedRow(number, "territory", "place", answer.territory)
        for number, answer in numbered
        if answer.territory in unknown
    ]


def _retired(numbered: Sequence[Numbered]) -> list[RefusedRow]:
    unused = set(Measure.objects.filter(retired_at__isnull=False).values_list("code", flat=True))
    return [
        RefusedRow(number, "measure", "retired", answer.measure)
        for number, answer in numbered
        if answer.measure in unused
    ]


def _of_others(numbered: Sequence[Numbered], by: Actor) -> list[RefusedRow]:
    """Rows about what another institution has reported; nobody corrects in its name."""
    years = {int(answer.period[:4]) for _number, answer in numbered}
    named = {answer.measure for _number, answer in numbered}
    found = Observation.objects.filter(year__in=years, measure__code__in=named).select_related("measure")
    theirs = {
        (row.measure.code, row.unit, row.period, row.cell_key)
        for row in latest(found).values()
        if row.institution_id != by.institution_id
    }
    return [
        RefusedRow(number, "unit", "others", answer.unit)
        for number, answer in numbered
        if _key(answer) in theirs
    ]


def _key(answer: Answered) -> tuple[str, str, str, str]:
    return answer.measure, answer.unit, answer.period, cell_key(answer.cell)
