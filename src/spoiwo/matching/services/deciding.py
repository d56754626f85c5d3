"""What reviewers decide: same, different, later, and taking it back; splitting a client that was linked wrongly.

A link stands when both sides have said the same, or one where the agreement says so; one side's "different"
closes a proposal. Rows are locked in the order proposals, people, heads of the audit chains.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from spoiwo.access import queries as access
from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.clients.errors import NoSuchDecision
from spoiwo.clients.queries import comparing, own_records
from spoiwo.clients.services import identity
from spoiwo.clients.types import DecisionKind
from spoiwo.kernel.actor import Actor
from spoiwo.matching.errors import NoSuchProposal, NothingToTakeBack, ProposalClosed
from spoiwo.matching.models import Opinion, Proposal
from spoiwo.matching.policies import may_take_back
from spoiwo.matching.services import engine
from spoiwo.matching.strategy import STRATEGY
from spoiwo.toolkit.context import acting_for

State, Answer = Proposal.State, Opinion.Answer


def give_opinion(*, proposal: UUID, answer: str, by: Actor) -> str:
    """Say for the own side what a proposal is; returns the proposal's state after it.

    answer: an Opinion.Answer. Raises NoSuchProposal, ProposalClosed (decided meanwhile, or the agreement has
    ended), and the refusals of identity.link_records.
    """
    with _deciding(by):
        row = _locked(proposal, by)
        if row.state != State.OPEN or not (row.is_duplicate or _is_shared(row, by)):
            raise ProposalClosed(str(proposal))
        _say(row, Answer(answer).value, by)
        if answer == Answer.DIFFERENT:
            row.decision_id = identity.keep_apart(
                left_record_id=row.left_record_id, right_record_id=row.right_record_id, by=by
            )
            row.state = State.DIFFERENT
        elif answer == Answer.SAME and _is_enough(row):
            row.decision_id = _link(row, by)
            row.state = State.LINKED
        row.decided_at = timezone.now() if row.state != State.OPEN else None
        row.save()
        _record(row, str(answer), by)
        return row.state


def take_back(*, proposal: UUID, by: Actor) -> None:
    """Take the own side's answer back, and with it what followed.

    Raises NoSuchProposal, NothingToTakeBack, and DecisionOvertaken when later decisions rest on the link.
    """
    with _deciding(by):
        row = _locked(proposal, by)
        if not _own_answer(row, by) or row.state == State.OBSOLETE:
            raise NothingToTakeBack(str(proposal))
        if row.state != State.OPEN:
            if (
                row.decision_id is None
            ):  # one person by way of other records: no answer to this proposal did it
                raise NothingToTakeBack(str(proposal))
            identity.undo_decision(decision_id=row.decision_id, by=by)
        _withdraw(row, by)
        row.state, row.decision_id, row.decided_at = State.OPEN, None, None
        row.save()
        _record(row, "taken_back", by)


def split_client(*, record: UUID, by: Actor) -> UUID:
    """Part an own record from everybody it was linked to, for good; returns the decision.

    Proposals about these pairs say "different" from now on. Raises NoSuchRecord, NothingToSplit.
    """
    with _deciding(by):
        found = own_records.own_record(by, record)
        record_id = found.pk if found else 0
        standing = _touching(record_id)
        decision = identity.split_record(record_id=record_id, by=by)
        parted = own_records.parted_from(decision)
        institutions = comparing.institutions_of({one for pair in parted for one in pair})
        now = timezone.now()
        for pair in parted:
            row = standing.get(pair) or Proposal(
                left_record_id=pair[0],
                right_record_id=pair[1],
                left_institution_id=institutions[pair[0]],
                right_institution_id=institutions[pair[1]],
                rule=identity.BY_PEOPLE,
                strategy=STRATEGY,
                created_at=now,
            )
            row.state, row.decision_id, row.decided_at = State.DIFFERENT, decision, now
            row.save()
        return decision


def undo(*, decision: UUID, by: Actor) -> None:
    """Take an identity decision back; what rested on it waits for an answer again.

    A link that a rule made comes back as a proposal. Raises the refusals of identity.undo_decision.
    """
    with _deciding(by):
        row = own_records.decisions(by).filter(pk=decision).first()
        if row is None or not may_take_back(by, row):
            raise NoSuchDecision(str(decision))
        pair = [pk for pk in (row.left_record_id, row.right_record_id) if pk]
        rested = [one for one in _touching(*pair).values() if one.decision_id == decision]
        identity.undo_decision(decision_id=decision, by=by)
        for proposal in rested:
            if row.kind == DecisionKind.SPLIT:
                proposal.state = State.LINKED
            else:
                _withdraw(proposal, by)
                proposal.state, proposal.decided_at = State.OPEN, None
            proposal.decision_id = None
            proposal.save()
        if row.kind == DecisionKind.LINK and not rested:
            _propose_again(by, pair)


@contextmanager
def _deciding(by: Actor) -> Iterator[None]:
    with acting_for(by.institution_id, job="matching", user_id=by.user_id), transaction.atomic():
        yield


def _locked(proposal: UUID, by: Actor) -> Proposal:
    row = Proposal.objects.visible_to(by).select_for_update().filter(uuid=proposal).first()
    if row is None:
        raise NoSuchProposal(str(proposal))
    return row


def _touching(*records: int) -> dict[tuple[int, int], Proposal]:
    rows = (
        Proposal.objects.filter(Q(left_record__in=records) | Q(right_record__in=records))
        .select_for_update()
        .order_by("pk")
    )
    return {(row.left_record_id, row.right_record_id): row for row in rows}


def _is_shared(row: Proposal, by: Actor) -> bool:
    """Whether an agreement with the other institution is in force."""
    left, right = row.left_institution_id, row.right_institution_id
    other = right if left == by.institution_id else left
    return other in access.partners_of(by.institution_id, timezone.localdate())


def _is_enough(row: Proposal) -> bool:
    """Whether "same" of one side makes the link: nobody else is asked, the other says so too, or need not."""
    if row.is_duplicate or row.left_answer == row.right_answer == Answer.SAME:
        return True
    return access.one_side_links(row.left_institution_id, row.right_institution_id, timezone.localdate())


def _own_answer(row: Proposal, by: Actor) -> str:
    return row.left_answer if row.left_institution_id == by.institution_id else row.right_answer


def _set_own_answer(row: Proposal, answer: str, by: Actor) -> None:
    if row.left_institution_id == by.institution_id:
        row.left_answer = answer
    else:
        row.right_answer = answer


def _say(row: Proposal, answer: str, by: Actor) -> None:
    _withdraw(row, by)
    Opinion.objects.create(
        proposal=row,
        institution_id=by.institution_id,
        answer=answer,
        given_by_user_id=by.user_id,
        given_at=timezone.now(),
    )
    _set_own_answer(row, answer, by)


def _withdraw(row: Proposal, by: Actor) -> None:
    Opinion.objects.filter(proposal=row, institution_id=by.institution_id, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    _set_own_answer(row, "", by)


def _link(row: Proposal, by: Actor) -> UUID:
    numbers = sorted(
        grant.agreement_number
        for grant in (
            *access.grants_between(row.left_institution_id, row.right_institution_id, timezone.localdate()),
            *access.grants_between(row.right_institution_id, row.left_institution_id, timezone.localdate()),
        )
    )
    return identity.link_records(
        left_record_id=row.left_record_id,
        right_record_id=row.right_record_id,
        rule=row.rule,
        strategy=row.strategy,
        agreement="" if row.is_duplicate else numbers[0],
        by=by,
    )


def _record(row: Proposal, outcome: str, by: Actor) -> None:
    audit.append(
        Entry(
            institution_id=by.institution_id,
            action=Action.DECIDE_PROPOSAL,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=f"proposal:{row.uuid}",
            outcome=outcome,
        )
    )


def _propose_again(by: Actor, records: list[int]) -> None:
    held = comparing.values_of_records(records)
    own = [one.record for one in held if one.institution == by.institution_id]
    if own:  # not when the register no longer holds the record
        engine.settle_around(own, engine.scope_of(by.institution_id, day=timezone.localdate()))
