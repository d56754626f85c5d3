"""Results of a survey at once: a stream of answers, opened one by one, summed up in one pass."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q

from spoiwo.surveys.models import Answer, FrameUnit, Survey
from spoiwo.surveys.models.keys import key_of
from spoiwo.surveys.rules.editions import Standing
from spoiwo.surveys.rules.sealing import opened
from spoiwo.surveys.rules.summaries import summaries
from spoiwo.surveys.types import COUNTED, AnswerState, Funnel, Outcome, Summary, Values

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Part:
    """Which answers are looked at: kind of unit, TERYT prefix, and one value of one question."""

    kind: str = ""
    territory: str = ""
    field: str = ""
    value: str = ""


def values_of(survey: Survey, part: Part | None = None) -> Iterator[Values]:
    """Counted answers, opened as they are read; memory does not grow with their number."""
    part = part or Part()
    key = key_of(survey)
    rows = Answer.objects.filter(survey=survey).counted()
    if part.kind and not survey.anonymous:
        rows = rows.filter(unit__kind=part.kind)
    if part.territory and not survey.anonymous:
        rows = rows.filter(unit__territory__startswith=part.territory)
    for number, stored in rows.order_by("pk").values_list("pk", "sealed").iterator(chunk_size=AT_ONCE):
        values = opened(bytes(stored), key, number).values
        given = values.get(part.field)
        if not part.field or given == part.value or (isinstance(given, list) and part.value in given):
            yield values


def summed_up(survey: Survey, part: Part | None = None) -> tuple[int, list[Summary]]:
    """How many answers there are, and one summary per field."""
    count = 0

    def counted() -> Iterator[Values]:
        nonlocal count
        for values in values_of(survey, part):
            count += 1
            yield values

    found = summaries(survey.version.questions, counted())
    return count, found


def kinds_asked(survey: Survey) -> list[str]:
    """Kinds of units in the frame."""
    return sorted(
        set(FrameUnit.objects.filter(survey=survey).exclude(kind="").values_list("kind", flat=True))
    )


def standings(survey: Survey) -> list[Standing]:
    """Where each unit stands. Of an anonymous survey only invited and answered are known."""
    rows = FrameUnit.objects.filter(survey=survey).values_list(
        "kind", "outcome", "weight", "invited_at", "opened_at", "answered", "answer__state"
    )
    return [
        Standing(
            stratum=kind,
            outcome=Outcome(outcome),
            weight=None if weight is None else Decimal(weight),
            invited=invited_at is not None,
            opened=opened_at is not None,
            started=state is not None,
            submitted=answered,
            accepted=state == AnswerState.ACCEPTED,
        )
        for kind, outcome, weight, invited_at, opened_at, answered, state in rows
    ]


def response_of(survey: Survey) -> Funnel:
    """The funnel by one aggregate query, for the page that is opened often."""
    state = "answer__state"
    row = FrameUnit.objects.filter(survey=survey).aggregate(
        frame=Count("pk"),
        invited=Count("pk", filter=Q(invited_at__isnull=False) | Q(answered=True) | Q(answer__isnull=False)),
        opened=Count("pk", filter=Q(opened_at__isnull=False) | Q(answered=True) | Q(answer__isnull=False)),
        started=Count("pk", filter=Q(answered=True) | Q(answer__isnull=False)),
        submitted=Count("pk", filter=Q(answered=True)),
        accepted=Count("pk", filter=Q(**{state: AnswerState.ACCEPTED})),
    )
    return Funnel(**row)


def counted_answers(survey: Survey) -> int:
    """How many answers are out of the urn and handed in."""
    return Answer.objects.filter(survey=survey, state__in=COUNTED, in_urn=False).count()


def outcomes_of(survey: Survey) -> list[tuple[str, str, int]]:
    """Outcome, reason and number of units, for the table of non-response."""
    rows = FrameUnit.objects.filter(survey=survey).values_list("outcome", "reason").annotate(n=Count("pk"))
    return [
        (str(outcome), str(reason), count) for outcome, reason, count in rows.order_by("outcome", "reason")
    ]
