"""The urn of anonymous answers: who answered and what was answered never meet in the database.

All rows of the urn are written anew, in random order and under new ids, whenever an answer is put in, and all units
are written in one statement: neither ids, nor the order of rows on disk, nor PostgreSQL's transaction numbers tell
which answer came with which unit. Nothing bears a time.
"""

from collections.abc import Sequence
from random import SystemRandom
from uuid import uuid4

from django.db.models import Case, F, Value, When

from spoiwo.surveys.models import Answer, FrameUnit, Survey
from spoiwo.surveys.models.keys import key_of
from spoiwo.surveys.rules.anonymity import how_many_come_out
from spoiwo.surveys.rules.sealing import Kept, opened, sealed
from spoiwo.surveys.types import AnswerState, Outcome, Values

_chance = SystemRandom()


def put_in(survey: Survey, values: Values, *, unit: FrameUnit | None, draft: Answer | None) -> None:
    """Put one anonymous answer in; lets a handful out when there are enough. Call inside a transaction."""
    Survey.objects.select_for_update().get(pk=survey.pk)
    if draft is not None:
        draft.delete()
    waiting = [*_emptied(survey), Kept(values=dict(values))]
    out = Answer.objects.filter(survey=survey, in_urn=False, state=AnswerState.SUBMITTED).count()
    _put_back(survey, waiting, how_many_come_out(len(waiting), out, closing=False))
    if unit is not None:
        _mark(survey, unit)


def let_all_out(survey: Survey) -> None:
    """The survey closes: what waited comes out, unless there are too few to hide among each other."""
    waiting = _emptied(survey)
    out = Answer.objects.filter(survey=survey, in_urn=False, state=AnswerState.SUBMITTED).count()
    _put_back(survey, waiting, how_many_come_out(len(waiting), out, closing=True))
    Answer.objects.filter(
        survey=survey, is_anonymous=True, state=AnswerState.STARTED
    ).delete()  # nobody's any more


def _emptied(survey: Survey) -> list[Kept]:
    key = key_of(survey)
    rows = list(Answer.objects.filter(survey=survey, in_urn=True))
    kept = [opened(bytes(row.sealed), key, row.pk) for row in rows]
    Answer.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return kept


def _put_back(survey: Survey, waiting: Sequence[Kept], coming_out: int) -> None:
    key = key_of(survey)
    mixed = _chance.sample(list(waiting), len(waiting))
    rows = []
    for place, kept in enumerate(mixed):
        number = uuid4()
        rows.append(
            Answer(
                id=number,
                survey=survey,
                holder_id=survey.institution_id,
                is_anonymous=True,
                in_urn=place >= coming_out,
                state=AnswerState.SUBMITTED,
                sealed=sealed(Kept(values=kept.values), key, number),
            )
        )
    Answer.objects.bulk_create(rows)


def _mark(survey: Survey, unit: FrameUnit) -> None:
    FrameUnit.objects.filter(survey=survey).update(
        answered=Case(When(pk=unit.pk, then=Value(True)), default=F("answered")),
        outcome=Case(When(pk=unit.pk, then=Value(Outcome.COMPLETED.value)), default=F("outcome")),
    )
