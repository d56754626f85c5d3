"""Editions of surveys become observations: which question feeds which measure is said once per questionnaire."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.errors import EditionNotFound, MeasuresUnknown, NothingFed
from spoiwo.monitoring.models import Expected, Measure, QuestionSource, SeriesBreak
from spoiwo.monitoring.services.recording import record_observations
from spoiwo.monitoring.types import Answered, Taken
from spoiwo.surveys import queries as surveys


@transaction.atomic
def feed_question(
    *, questionnaire: str, question: str, choice: str, kinds: Sequence[str], measure_id: int,
    cell: Mapping[str, str], by: Actor,
) -> QuestionSource:  # fmt: skip
    """Have a question feed a measure; saying it again replaces what was said about kinds and cell.

    Raises MeasuresUnknown, also for a measure that is retired, and for one of what is public anyway: answers are to be
    protected.
    """
    if not Measure.objects.in_use().filter(pk=measure_id, is_open=False).exists():
        raise MeasuresUnknown([str(measure_id)])
    source, _made = QuestionSource.objects.update_or_create(
        institution_id=by.institution_id,
        questionnaire=questionnaire,
        question=question,
        choice=choice,
        measure_id=measure_id,
        defaults={"kinds": list(kinds), "cell": dict(cell)},
    )
    return source


@transaction.atomic
def stop_feeding(*, source_id: int, by: Actor) -> None:
    """A question feeds a measure no more. What it fed stays."""
    QuestionSource.objects.visible_to(by).filter(pk=source_id).delete()


@transaction.atomic
def take_edition(*, edition: UUID, at: datetime, by: Actor) -> Taken:
    """Bring the answers of a closed edition into the observations, who was asked into the frame, and where a question
    is another one than in the edition before, a break into the series of what it feeds.

    Answers without a place, as in anonymous surveys, are left out. Raises EditionNotFound, NothingFed.
    """
    known = {one.uuid: one for one in surveys.known_editions(by.institution_id)}
    if edition not in known:
        raise EditionNotFound
    sources = list(
        QuestionSource.objects.visible_to(by)
        .filter(questionnaire=known[edition].questionnaire)
        .select_related("measure")
    )
    if not sources:
        raise NothingFed
    answers = list(_answers(edition, sources, by.institution_id))
    _note_breaks(edition, known[edition].period, sources, by.institution_id)
    _note_frame(edition, known[edition].period, by.institution_id)
    fresh = record_observations(answers, institution_id=by.institution_id, at=at)
    audit.append(
        Entry(
            institution_id=by.institution_id,
            institution_acting_id=by.institution_id,
            action=Action.OTHER,
            actor_user_id=by.user_id,
            object_ref=f"edition:{edition}",
            categories=("observations",),
        )
    )
    return Taken(units=len({one.unit for one in answers}), observations=len(answers), fresh=fresh)


def _note_breaks(edition: UUID, period: str, sources: Sequence[QuestionSource], institution_id: int) -> None:
    """Breaks of the measures that the questions feed, in place of those noted when the edition was last read."""
    broken = {one.question: one for one in surveys.breaks_of(edition, institution_id=institution_id)}
    fed = {(source.measure_id, source.question.partition(".")[0]) for source in sources}
    measures, questions = {measure for measure, _ in fed}, {question for _, question in fed}
    SeriesBreak.objects.filter(period=period, measure__in=measures, question__in=questions).delete()
    SeriesBreak.objects.bulk_create(
        SeriesBreak(
            measure_id=measure,
            period=period,
            question=question,
            kind=broken[question].kind,
            note=broken[question].note[:500],
        )
        for measure, question in sorted(fed)
        if question in broken
    )


def _note_frame(edition: UUID, period: str, institution_id: int) -> None:
    asked = [one for one in surveys.frame_of(edition, institution_id=institution_id) if one.territory]
    out = [one.unit for one in asked if not one.counts]
    Expected.objects.filter(institution_id=institution_id, period=period, unit__in=out).delete()
    Expected.objects.bulk_create(
        (
            Expected(
                institution_id=institution_id,
                unit=one.unit,
                kind=one.kind,
                territory=one.territory,
                period=period,
            )
            for one in asked
            if one.counts
        ),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["institution", "unit", "period"],
        update_fields=["kind", "territory"],
    )


def _answers(edition: UUID, sources: Sequence[QuestionSource], institution_id: int) -> Iterator[Answered]:
    by_question: dict[str, list[QuestionSource]] = {}
    for source in sources:
        by_question.setdefault(source.question, []).append(source)
    for one in surveys.observations(edition, institution_id=institution_id):
        for source in by_question.get(one.question, ()):
            if one.territory and _fits(source, one.kind, one.choice):
                yield Answered(
                    measure=source.measure.code,
                    unit=one.unit,
                    territory=one.territory,
                    period=one.period,
                    value=None if one.value is None else float(one.value),
                    status=one.status.value,
                    cell=source.cell,
                )


def _fits(source: QuestionSource, kind: str, choice: str) -> bool:
    kinds = {one.casefold() for one in source.kinds}
    return source.choice == choice and (not kinds or kind.casefold() in kinds)
