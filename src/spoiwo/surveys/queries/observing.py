"""What those who count read of editions: one value per unit and field, with what stands behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from spoiwo.surveys.models import Answer, FrameUnit, Survey
from spoiwo.surveys.models.keys import key_of
from spoiwo.surveys.rules.answering import shown_fields
from spoiwo.surveys.rules.documents import all_fields, label_of
from spoiwo.surveys.rules.editions import breaks, panel
from spoiwo.surveys.rules.sealing import opened
from spoiwo.surveys.rules.summaries import status_of
from spoiwo.surveys.types import (
    COUNTED,
    NOT_IN_SCOPE,
    NUMERIC,
    Field,
    Observation,
    Outcome,
    Panel,
    QuestionKind,
    Status,
    Step,
    Values,
    Words,
)

AT_ONCE = 500
COUNTABLE = NUMERIC | {QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.YES_NO, QuestionKind.MATRIX}


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition as monitoring lists it."""

    uuid: UUID
    questionnaire: str
    title: str
    period: str
    step: str
    institution_id: int


def known_editions(institution_id: int) -> list[Edition]:
    """Editions of an institution that are closed or further, the oldest first."""
    found = Survey.objects.filter(institution_id=institution_id).exclude(period="")
    rows = (
        found.exclude(step__in=[Step.PLANNED, Step.OPEN])
        .select_related("questionnaire")
        .order_by("period", "pk")
    )
    return [
        Edition(row.uuid, row.questionnaire.code, row.title, row.period, row.step, row.institution_id)
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class InScope:
    """A unit of the frame of an edition. counts: whether it was to answer, and was neither closed nor wrongly asked."""

    unit: str
    kind: str
    territory: str
    counts: bool


def frame_of(edition: UUID, *, institution_id: int) -> list[InScope]:
    """Who was asked in an edition; nobody of an anonymous one."""
    units = FrameUnit.objects.filter(
        survey__uuid=edition, survey__institution_id=institution_id, survey__anonymous=False
    )
    rows = units.order_by("key").values_list("key", "kind", "territory", "outcome")
    return [InScope(key, kind, place, outcome not in NOT_IN_SCOPE) for key, kind, place, outcome in rows]


@dataclass(frozen=True, slots=True)
class NotedBreak:
    """A question whose series does not go on from the edition before. kind: what is different, empty when only the
    note of somebody says it; note: empty when nobody wrote one.
    """

    question: str
    kind: str
    note: str


def breaks_of(edition: UUID, *, institution_id: int) -> list[NotedBreak]:
    """Where series break with an edition: found in the questionnaires, or noted by people."""
    found = Survey.objects.filter(uuid=edition, institution_id=institution_id)
    survey = found.select_related("version", "previous__version").first()
    if survey is None:
        return []
    before = survey.previous
    kinds = {
        one.code: one.kind.value
        for one in (breaks(before.version.questions, survey.version.questions) if before else [])
    }
    notes: dict[str, str] = survey.break_notes
    return [NotedBreak(code, kinds.get(code, ""), notes.get(code, "")) for code in sorted({*kinds, *notes})]


def editions_of(survey: Survey) -> list[Survey]:
    """Editions with the same questionnaire, the oldest first."""
    found = Survey.objects.filter(questionnaire=survey.questionnaire_id).exclude(period="")
    return list(found.select_related("version").order_by("period", "pk"))


def observations(edition: UUID, *, institution_id: int) -> Iterator[Observation]:
    """All values of an edition that is closed or further.

    A number gives its value; a question with choices gives 1 for the choice that was taken (each of several).
    A unit in scope that did not answer gives "missing" for every numeric field; whom a question did not apply to
    gives "na"; a reported nought gives "zero_reported". Anonymous answers have no unit and no territory.
    Call inside `acting_for(institution_id)`.
    """
    survey = (
        Survey.objects.filter(uuid=edition, institution_id=institution_id)
        .exclude(step__in=[Step.PLANNED, Step.OPEN])
        .select_related("questionnaire", "version")
        .first()
    )
    if survey is None:
        return
    content = survey.version.questions
    fields = [one for one in all_fields(content) if one.question.kind in COUNTABLE]
    key = key_of(survey)
    rows = Answer.objects.filter(survey=survey).counted().order_by("pk")
    columns = ("pk", "sealed", "unit__key", "unit__kind", "unit__territory")
    for number, stored, unit, kind, territory in rows.values_list(*columns).iterator(chunk_size=AT_ONCE):
        values = opened(bytes(stored), key, number).values
        who = (str(unit or number), str(kind or ""), str(territory or ""))
        applying = frozenset(one.code for one in shown_fields(content, values))
        yield from _of_answer(survey, fields, values, applying, who)
    silent = FrameUnit.objects.filter(survey=survey, answered=False).exclude(outcome__in=NOT_IN_SCOPE)
    for unit_key, kind, territory in silent.values_list("key", "kind", "territory").iterator(
        chunk_size=AT_ONCE
    ):
        for one in fields:
            if one.question.kind in NUMERIC:
                yield _observation(
                    survey, one.code, (unit_key, kind, territory), None, Status.MISSING, one.question.unit
                )


def labels_of(edition: UUID, *, institution_id: int) -> dict[str, Words]:
    """What each place for a value of an edition is called, by its code."""
    survey = (
        Survey.objects.filter(uuid=edition, institution_id=institution_id).select_related("version").first()
    )
    return {one.code: label_of(one) for one in all_fields(survey.version.questions)} if survey else {}


def numbers_of(survey: Survey, code: str) -> dict[str, Decimal]:
    """Unit key -> value of a numeric field, without missing ones; empty for anonymous surveys."""
    key = key_of(survey)
    found: dict[str, Decimal] = {}
    rows = Answer.objects.filter(survey=survey, unit__isnull=False, state__in=COUNTED)
    for number, stored, unit in rows.values_list("pk", "sealed", "unit__key").iterator(chunk_size=AT_ONCE):
        value = opened(bytes(stored), key, number).values.get(code)
        if isinstance(value, int | str) and value != "?":
            found[str(unit)] = Decimal(str(value))
    return found


def panels(survey: Survey, codes: Sequence[str]) -> list[Panel]:
    """Change of these numbers since the edition before; empty without one."""
    before = survey.previous
    if before is None:
        return []
    return [panel(code, numbers_of(before, code), numbers_of(survey, code)) for code in codes]


def response_rate(edition: UUID, *, institution_id: int) -> tuple[int, int]:
    """Units in scope and those that answered."""
    units = FrameUnit.objects.filter(survey__uuid=edition, survey__institution_id=institution_id)
    in_scope = units.exclude(outcome__in=NOT_IN_SCOPE)
    return in_scope.count(), in_scope.filter(outcome=Outcome.COMPLETED).count()


def _of_answer(
    survey: Survey,
    fields: Sequence[Field],
    values: Values,
    applying: frozenset[str],
    who: tuple[str, str, str],
) -> Iterator[Observation]:
    for one in fields:
        value = values.get(one.code)
        number, status = status_of(one, value, applies=one.code in applying)
        if one.question.kind in NUMERIC or status != Status.OK:
            yield _observation(survey, one.code, who, number, status, one.question.unit)
            continue
        chosen = value if isinstance(value, list) else [str(value)]
        for choice in chosen:
            yield _observation(survey, one.code, who, Decimal(1), Status.OK, one.question.unit, choice)


def _observation(
    survey: Survey,
    code: str,
    who: tuple[str, str, str],
    value: Decimal | None,
    status: Status,
    unit_of_measure: str,
    choice: str = "",
) -> Observation:
    unit, kind, territory = who
    return Observation(
        questionnaire=survey.questionnaire.code,
        question=code,
        unit=unit,
        kind=kind,
        territory=territory,
        period=survey.period,
        value=value,
        status=status,
        unit_of_measure=unit_of_measure,
        choice=choice,
    )
