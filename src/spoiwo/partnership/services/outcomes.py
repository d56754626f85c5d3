"""Conclusions, recommendations and actions: proposed, adopted, owned, done, verified by somebody else."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies, queries
from spoiwo.partnership.errors import (
    EndsBeforeStart,
    EvidenceMissing,
    LetterMissing,
    NotASignatory,
    NotCarried,
    NotFound,
    NotHeldYet,
    NotYours,
    OwnWork,
    ReasonMissing,
    WrongState,
)
from spoiwo.partnership.models import Evidence, Implementation, Meeting, Outcome, OutcomeEvent
from spoiwo.partnership.rules import outcomes as rules
from spoiwo.partnership.rules.deadlines import read_deadline
from spoiwo.partnership.rules.meetings import CLOSED, TAKEN_PLACE
from spoiwo.partnership.rules.voting import is_carried
from spoiwo.partnership.services.following_up import carry_on
from spoiwo.partnership.services.keeping_files import PAPERS, kept_file
from spoiwo.partnership.services.reaching import found_outcome, kept_meeting, locked, record
from spoiwo.partnership.types import (
    ActionKind,
    Attached,
    Deadline,
    MeetingKind,
    OutcomeDetails,
    OutcomeKind,
    OutcomeState,
    Step,
)

_LETTERS = {
    OutcomeKind.CONCLUSION: "W",
    OutcomeKind.RECOMMENDATION: "R",
    OutcomeKind.ACTION: "D",
    OutcomeKind.DECISION: "U",
    OutcomeKind.INFORMATION: "I",
}
_CLOSING = (OutcomeState.VERIFIED, *rules.GIVEN_UP)


@transaction.atomic
def propose_outcome(*, meeting_id: int, details: OutcomeDetails, at: datetime, by: Actor) -> Outcome:
    """Write down what a discussion may lead to. Its code names body, year, meeting of the year, kind and number.

    A deadline with words only is read ("marzec/kwiecień br."). Raises NotFound, NotYours, EndsBeforeStart, and
    WrongState when the meeting fell through.
    """
    meeting = kept_meeting(meeting_id, by)
    if meeting.state in CLOSED - TAKEN_PLACE:
        raise WrongState(meeting.state)
    deadline = _understood(details.deadline, meeting.starts_on)
    parent = found_outcome(details.parent_id, by) if details.parent_id else None
    outcome = Outcome.objects.create(
        code=_code(meeting, details.kind),
        body=meeting.body,
        meeting=meeting,
        item_id=details.item_id,
        parent=parent,
        kind=details.kind,
        action_kind=details.action_kind,
        text=details.text,
        addressee_id=details.addressee_id,
        addressee_label=details.addressee_label,
        due_from=deadline.earliest,
        due_to=deadline.latest,
        due_wording=deadline.wording,
        review_on=details.review_on,
    )
    _note(outcome, "propose", by, at)
    return outcome


@transaction.atomic
def take_step(
    *, outcome_id: int, step: Step, reason: str = "", effect: str = "", at: datetime, today: date, by: Actor
) -> Outcome:
    """Move an outcome on; assigning has a service of its own.

    Raises NotFound, NotYours, WrongState, ReasonMissing; adopting: NotHeldYet, NoQuorum, NotCarried;
    verifying: EvidenceMissing, LetterMissing, OwnWork.
    """
    outcome = found_outcome(outcome_id, by)
    leads_to = rules.after(step, OutcomeState(outcome.state))
    _check_allowed(outcome, step, by)
    if step in rules.WITH_REASON and not reason.strip():
        raise ReasonMissing(step)
    if step is Step.ADOPT:
        _adopt(outcome)
    if step is Step.CLAIM:
        outcome.claimed_by_user_id, outcome.effect = by.user_id, effect or outcome.effect
    if step is Step.VERIFY:
        _check_done(outcome)
        outcome.verified_by_user_id = by.user_id
    outcome.state, outcome.reason = leads_to, reason
    outcome.closed_on = today if leads_to in _CLOSING else None
    outcome.version += 1
    outcome.save()
    _note(outcome, step, by, at, reason=reason)
    return outcome


@transaction.atomic
def assign(
    *,
    outcome_id: int,
    owner_id: int | None = None,
    owner_body_id: int | None = None,
    co_owner_ids: Sequence[int] = (),
    at: datetime,
    today: date,
    by: Actor,
) -> Outcome:
    """Give an adopted outcome to an active signatory, or to a body of the partnership.

    Raises NotFound, NotYours, WrongState, NotASignatory, and ReasonMissing when nobody is named.
    """
    outcome = found_outcome(outcome_id, by)
    leads_to = rules.after(Step.ASSIGN, OutcomeState(outcome.state))
    _check_allowed(outcome, Step.ASSIGN, by)
    if (owner_id is None) == (owner_body_id is None):
        raise ReasonMissing("owner")
    agreement = outcome.body.agreement
    for institution_id in [*([owner_id] if owner_id else []), *co_owner_ids]:
        keeps = institution_id == agreement.secretariat_id
        if not keeps and not queries.is_signatory(agreement, institution_id, today):
            raise NotASignatory(institution_id, today)
    if owner_body_id is not None and not agreement.bodies.filter(pk=owner_body_id).exists():
        raise NotFound(str(owner_body_id))
    outcome.owner_id, outcome.owner_body_id = owner_id, owner_body_id
    outcome.state = leads_to
    outcome.version += 1
    outcome.save()
    outcome.co_owners.set(co_owner_ids)
    _note(outcome, Step.ASSIGN, by, at)
    return outcome


@transaction.atomic
def supersede(*, outcome_id: int, by_outcome_id: int, at: datetime, today: date, by: Actor) -> Outcome:
    """Let a later outcome of the same body take the place of this one. Raises NotFound, NotYours, WrongState."""
    outcome = found_outcome(outcome_id, by)
    _check_allowed(outcome, Step.SUPERSEDE, by)
    successor = found_outcome(by_outcome_id, by)
    if successor.pk == outcome.pk or successor.body_id != outcome.body_id:
        raise NotFound(str(by_outcome_id))
    outcome.state = rules.after(Step.SUPERSEDE, OutcomeState(outcome.state))
    outcome.superseded_by, outcome.closed_on = successor, today
    outcome.save(update_fields=["state", "superseded_by", "closed_on"])
    _note(outcome, Step.SUPERSEDE, by, at, reason=successor.code)
    return outcome


@transaction.atomic
def move_deadline(
    *, outcome_id: int, deadline: Deadline, reason: str, at: datetime, today: date, by: Actor
) -> Outcome:
    """Set another deadline; the old one and the reason are kept.

    Raises NotFound, NotYours, ReasonMissing, EndsBeforeStart.
    """
    outcome = found_outcome(outcome_id, by)
    if not policies.may_move_deadline(by, outcome):
        raise NotYours(str(outcome_id))
    if not reason.strip():
        raise ReasonMissing("deadline")
    fresh = _understood(deadline, today)
    was = deadline_in_figures(outcome.due_from, outcome.due_to, outcome.due_wording)
    outcome.due_from, outcome.due_to, outcome.due_wording = fresh.earliest, fresh.latest, fresh.wording
    outcome.version += 1
    outcome.save(update_fields=["due_from", "due_to", "due_wording", "version"])
    became = deadline_in_figures(fresh.earliest, fresh.latest, fresh.wording)
    _note(outcome, "deadline", by, at, reason=reason, was=was, became=became)
    return outcome


@transaction.atomic
def set_review(*, outcome_id: int, on: date | None, at: datetime, by: Actor) -> Outcome:
    """Say when it is looked at again, None for never; owner and secretariat are reminded that day.

    Raises NotFound, NotYours, WrongState when it was given up.
    """
    outcome = found_outcome(outcome_id, by)
    if not policies.keeps(by, outcome.body.agreement):
        raise NotYours(str(outcome_id))
    if outcome.state in rules.GIVEN_UP:
        raise WrongState(outcome.state)
    was, outcome.review_on = outcome.review_on, on
    outcome.version += 1
    outcome.save(update_fields=["review_on", "version"])
    _note(outcome, "review", by, at, was=str(was or ""), became=str(on or ""))
    return outcome


@transaction.atomic
def add_evidence(
    *,
    outcome_id: int,
    label: str,
    url: str = "",
    file: Attached | None = None,
    at: datetime,
    by: Actor,
) -> Evidence:
    """Show that something was done: in words, by an address or by a file. Raises NotFound, NotYours, FileRefused."""
    outcome = found_outcome(outcome_id, by)
    if not (policies.owns(by, outcome) or policies.keeps(by, outcome.body.agreement)):
        raise NotYours(str(outcome_id))
    file_name, sha256 = kept_file(file, kinds=PAPERS) if file else ("", "")
    evidence = Evidence.objects.create(
        outcome=outcome,
        label=label,
        url=url,
        file_name=file_name,
        sha256=sha256,
        user_id=by.user_id,
        added_at=at,
    )
    _note(outcome, "evidence", by, at)
    return evidence


@transaction.atomic
def implement(
    *,
    outcome_id: int,
    kind: ActionKind,
    title: str,
    on: date | None = None,
    note: str = "",
    meeting_id: int | None = None,
    at: datetime,
    by: Actor,
) -> Implementation:
    """Link the training, forum or meeting that carries a recommendation out. Raises NotFound, NotYours."""
    outcome = found_outcome(outcome_id, by)
    if not (policies.owns(by, outcome) or policies.keeps(by, outcome.body.agreement)):
        raise NotYours(str(outcome_id))
    meeting = locked(Meeting, meeting_id, by) if meeting_id else None
    made = Implementation.objects.create(
        outcome=outcome, kind=kind, title=title, on=on, note=note, meeting=meeting
    )
    _note(outcome, "implemented", by, at)
    return made


def deadline_in_figures(earliest: date | None, latest: date | None, wording: str) -> str:
    """A deadline in one line, for the history: the words, and the days they stand for."""
    days = "–".join(day.isoformat() for day in (earliest, latest) if day)
    return f"{wording} ({days})"[:120] if wording and days else (wording or days)


def _understood(deadline: Deadline, said_on: date) -> Deadline:
    words_only = deadline.latest is None and deadline.wording
    if words_only and (days := read_deadline(deadline.wording, said_on=said_on)):
        return Deadline(earliest=days[0], latest=days[1], wording=deadline.wording)
    if deadline.earliest and (deadline.latest is None or deadline.latest < deadline.earliest):
        raise EndsBeforeStart(str(deadline.earliest))
    return deadline


def _check_allowed(outcome: Outcome, step: Step, by: Actor) -> None:
    if policies.may_take(by, step, outcome):
        return
    if step is Step.VERIFY and policies.is_own_work(by, outcome):
        raise OwnWork(outcome.code)
    raise NotYours(outcome.code)


def _adopt(outcome: Outcome) -> None:
    meeting = outcome.meeting
    if meeting.state not in TAKEN_PLACE:
        raise NotHeldYet(meeting.state)
    queries.check_quorum(meeting)
    if meeting.kind == MeetingKind.CIRCULATION and not is_carried(queries.tally_of(meeting)):
        raise NotCarried(meeting.title)
    outcome.adopted_on = meeting.ends_on
    carry_on(outcome)


def _check_done(outcome: Outcome) -> None:
    if not outcome.evidence.exists() and not outcome.implementations.exists():
        raise EvidenceMissing(outcome.code)
    if outcome.action_kind == ActionKind.LETTER and not outcome.letters.exclude(state="draft").exists():
        raise LetterMissing(outcome.code)


def _code(meeting: Meeting, kind: OutcomeKind) -> str:
    """RP/2015/02/W1: body, year, which meeting of the body in that year, letter of the kind, number."""
    year = meeting.starts_on.year
    same_year = Meeting.objects.filter(body=meeting.body_id, starts_on__year=year)
    earlier = same_year.filter(starts_on__lt=meeting.starts_on).count()
    tied = same_year.filter(starts_on=meeting.starts_on, pk__lt=meeting.pk).count()
    start = f"{meeting.body.prefix}/{year}/{earlier + tied + 1:02}/{_LETTERS[kind]}"
    taken = set(
        Outcome.objects.filter(body=meeting.body_id, code__startswith=start).values_list("code", flat=True)
    )
    number = 1
    while f"{start}{number}" in taken:
        number += 1
    return f"{start}{number}"


def _note(
    outcome: Outcome, what: str, by: Actor, at: datetime, *, reason: str = "", was: str = "", became: str = ""
) -> None:
    OutcomeEvent.objects.create(
        outcome=outcome,
        what=what,
        to_state=outcome.state,
        reason=reason,
        was=was,
        became=became,
        institution_id=by.institution_id,
        user_id=by.user_id,
        at=at,
    )
    record(outcome.body.agreement, outcome, f"outcome_{what}", by)
