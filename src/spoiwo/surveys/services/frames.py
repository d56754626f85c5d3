"""Whom a survey asks: taken from the register of institutions or from a list, frozen when the survey opens."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Kind
from spoiwo.kernel.actor import Actor
from spoiwo.surveys.errors import FrameFrozen, NotFound
from spoiwo.surveys.models import FrameUnit, Survey
from spoiwo.surveys.models.keys import key_of
from spoiwo.surveys.rules.answering import read_value
from spoiwo.surveys.rules.documents import all_fields
from spoiwo.surveys.rules.sealing import Kept, sealed
from spoiwo.surveys.services.recording import record_change
from spoiwo.surveys.services.rounds import own_survey
from spoiwo.surveys.types import QuestionKind, Step, Unit, Value
from spoiwo.toolkit.columns import prefix_range

MOST_LINES = 20_000


@transaction.atomic
def take_from_register(*, survey_id: int, kinds: Iterable[Kind], area: str, day: date, by: Actor) -> int:
    """Add all open institutions of an area (TERYT of 2, 4 or 7 digits, empty for everywhere) that are of these kinds on
    a day.

    Who is there already stays as it is. Gives the number added. Raises NotFound, FrameFrozen.
    """
    survey = _planned(survey_id, by)
    asked = list(kinds)
    found = institutions.directory().filter(kinds__kind__in=asked).distinct()
    if area:
        found = found.filter(prefix_range("teryt", area))
    units = [
        Unit(
            name=one.name,
            kind=kind,
            territory=one.teryt,
            email=one.email,
            institution_id=one.pk,
            key=one.code,
        )
        for one in found
        if (kind := _kind(one, asked, day))
    ]
    return _add(survey, units, by)


@transaction.atomic
def add_units(*, survey_id: int, units: Iterable[Unit], by: Actor) -> int:
    """Add units by name; gives the number added. Raises NotFound, FrameFrozen."""
    return _add(_planned(survey_id, by), list(units), by)


@transaction.atomic
def remove_unit(*, survey_id: int, unit_id: int, by: Actor) -> None:
    """Take a unit out before the survey opens. Raises NotFound, FrameFrozen."""
    survey = _planned(survey_id, by)
    if not FrameUnit.objects.filter(survey=survey, pk=unit_id).delete()[0]:
        raise NotFound(str(unit_id))
    _record(survey, "unit_removed", 1, by)


@transaction.atomic
def take_known_values(
    *, survey_id: int, text: str, known_from: str, day: date, by: Actor
) -> tuple[int, list[tuple[int, str, str]]]:
    """Take values from official forms to fill in beforehand.

    text: CSV parted by semicolons; the column "key" names units of the frame, the others are field codes.
    Gives how many units got values, and what was not taken: (line, column, what it said).
    Raises NotFound, WrongStep is not asked: values may come until the survey closes.
    """
    survey = own_survey(survey_id, by)
    fields = {field.code: field for field in all_fields(survey.version.questions)}
    units = {unit.key: unit for unit in FrameUnit.objects.filter(survey=survey)}
    key = key_of(survey)
    refused: list[tuple[int, str, str]] = []
    taken: list[FrameUnit] = []
    for number, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=";"), start=2):
        unit = units.get((row.get("key") or "").strip())
        if unit is None or number > MOST_LINES:
            refused.append((number, "key", (row.get("key") or "")[:80]))
            continue
        values: dict[str, Value] = {}
        for column, cell in row.items():
            if column in {"key", None} or not (cell or "").strip():
                continue
            field = fields.get(str(column))
            texts = cell.split(",") if field and field.question.kind == QuestionKind.MULTIPLE else [cell]
            value, problem = read_value(field, texts) if field else (None, True)
            if problem or value is None:
                refused.append((number, str(column), str(cell)[:80]))
            else:
                values[str(column)] = value
        if values:
            unit.known = sealed(Kept(values=values), key, unit.uuid)
            unit.known_from = f"{known_from}, {day.year}"[:120] if known_from else str(day.year)
            taken.append(unit)
    FrameUnit.objects.bulk_update(taken, ["known", "known_from"], batch_size=500)
    _record(survey, "known_values", len(taken), by)
    return len(taken), refused


def _kind(institution: Any, asked: Sequence[Kind], day: date) -> str:
    """What an institution of several kinds is asked as: the first that was chosen and that it is on the day."""
    own = {
        one.kind
        for one in institution.kinds.all()
        if (one.valid_from is None or one.valid_from <= day) and (one.valid_to is None or one.valid_to >= day)
    }
    return next((kind for kind in asked if kind in own), "")


def _planned(survey_id: int, by: Actor) -> Survey:
    survey = own_survey(survey_id, by)
    if survey.step != Step.PLANNED:
        raise FrameFrozen(str(survey_id))
    return survey


def _add(survey: Survey, units: list[Unit], by: Actor) -> int:
    there = set(FrameUnit.objects.filter(survey=survey).values_list("key", flat=True))
    fresh: dict[str, Unit] = {}
    for unit in units:
        key = unit.key or unit.email.lower() or unit.name
        if key and key not in there:
            fresh.setdefault(key[:80], unit)
    FrameUnit.objects.bulk_create(
        (
            FrameUnit(
                survey=survey,
                holder_id=survey.institution_id,
                respondent_id=unit.institution_id,
                key=key,
                name=unit.name[:250],
                kind=unit.kind,
                territory=unit.territory,
                email=unit.email,
            )
            for key, unit in fresh.items()
        ),
        batch_size=500,
    )
    _record(survey, "units_added", len(fresh), by)
    return len(fresh)


def _record(survey: Survey, outcome: str, count: int, by: Actor) -> None:
    record_change(
        institution_id=survey.institution_id, ref=f"survey:{survey.pk}", outcome=outcome, by=by, count=count
    )
