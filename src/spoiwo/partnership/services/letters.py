"""Letters of a body to institutions (wystąpienia) and what came back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies
from spoiwo.partnership.errors import NotYours, TextMissing, WrongState
from spoiwo.partnership.models import Letter
from spoiwo.partnership.services.reaching import check_keeper, found_outcome, kept_body, locked, record
from spoiwo.partnership.types import LetterDetails, LetterState


@transaction.atomic
def draft_letter(*, body_id: int, details: LetterDetails, by: Actor) -> Letter:
    """Write a letter to an institution; only the secretariat sees a draft. Raises NotFound, NotYours."""
    body = kept_body(body_id, by)
    outcome = found_outcome(details.outcome_id, by) if details.outcome_id else None
    earlier = locked(Letter, details.in_reply_to_id, by) if details.in_reply_to_id else None
    letter = Letter.objects.create(
        body=body,
        to_id=details.to_id,
        subject=details.subject,
        text=details.text,
        purpose=details.purpose,
        holder=details.holder,
        due_on=details.due_on,
        outcome=outcome,
        in_reply_to=earlier,
    )
    record(body.agreement, letter, "letter_drafted", by)
    return letter


@transaction.atomic
def draft_letters(*, body_id: int, details: LetterDetails, also_to: Sequence[int], by: Actor) -> list[Letter]:
    """Write the same letter to several institutions; each gets and answers its own. Raises as `draft_letter`."""
    wanted = dict.fromkeys((details.to_id, *also_to))
    return [draft_letter(body_id=body_id, details=replace(details, to_id=one), by=by) for one in wanted]


@transaction.atomic
def send_letter(*, letter_id: int, number: str, on: date, by: Actor) -> Letter:
    """Send a draft: the addressee sees it now and an answer is awaited, unless it only informs.

    Raises NotFound, NotYours, WrongState.
    """
    letter = _kept(letter_id, by)
    if letter.state != LetterState.DRAFT:
        raise WrongState(letter.state)
    letter.number, letter.sent_on = number, on
    letter.state = LetterState.CLOSED if letter.purpose == "information" else LetterState.AWAITING
    letter.save(update_fields=["number", "sent_on", "state"])
    record(letter.body.agreement, letter, "letter_sent", by)
    return letter


@transaction.atomic
def answer_letter(*, letter_id: int, answer: str, on: date, by: Actor) -> Letter:
    """Answer for the addressee, or write its answer down in the secretariat.

    Raises NotFound, NotYours, WrongState, TextMissing.
    """
    letter: Letter = locked(Letter, letter_id, by)
    is_addressee = policies.works_somewhere(by) and by.institution_id == letter.to_id
    if not is_addressee and not policies.keeps(by, letter.body.agreement):
        raise NotYours(str(letter_id))
    if letter.state not in (LetterState.AWAITING, LetterState.NO_ANSWER):
        raise WrongState(letter.state)
    if not answer.strip():
        raise TextMissing(str(letter_id))
    letter.answer, letter.answered_on, letter.state = answer, on, LetterState.ANSWERED
    letter.save(update_fields=["answer", "answered_on", "state"])
    record(letter.body.agreement, letter, "letter_answered", by)
    return letter


@transaction.atomic
def give_up_letter(*, letter_id: int, by: Actor) -> Letter:
    """Note that no answer came. Raises NotFound, NotYours, WrongState."""
    letter = _kept(letter_id, by)
    if letter.state != LetterState.AWAITING:
        raise WrongState(letter.state)
    letter.state = LetterState.NO_ANSWER
    letter.save(update_fields=["state"])
    record(letter.body.agreement, letter, "letter_unanswered", by)
    return letter


def _kept(letter_id: int, by: Actor) -> Letter:
    letter: Letter = locked(Letter, letter_id, by)
    check_keeper(letter.body.agreement, by)
    return letter
