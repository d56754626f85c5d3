"""One part of a run: find pairs for some records, link what an agreement allows, propose the rest.

The result depends on the registers, on what they taught and on earlier decisions alone, so a part may be done
again at any time. Rows are locked in this order everywhere: proposals, people, heads of the audit chains.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from spoiwo.access import queries as access
from spoiwo.access.types import Category, LinkRule
from spoiwo.clients.queries import comparing
from spoiwo.clients.services import identity
from spoiwo.clients.services.common_clients import refresh_common
from spoiwo.clients.services.identity_effects import pairs_apart
from spoiwo.matching.models import Opinion, Proposal
from spoiwo.matching.services import evidence
from spoiwo.matching.strategy import STRATEGY, Judge
from spoiwo.matching.types import Evidence, Field, Mark, MatchCounts, Pair, Verdict
from spoiwo.toolkit.among import among

# A change in how these compare makes an answer void; the others only help to look.
TELLING = (Field.PESEL, Field.FIRST_NAME, Field.LAST_NAME, Field.BIRTH_DATE)
State = Proposal.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Between whom a run looks for pairs, and what may be linked without asking.

    unattended: (partner, rule) -> number of the agreement that allows it. alone: the run looks at these
    partners only and leaves proposals with others as they are.
    """

    institution_id: int
    partners: frozenset[int]
    unattended: Mapping[tuple[int, str], str]
    alone: bool = False

    @property
    def sought(self) -> frozenset[int]:
        """Where pairs are looked for: at the partners, and in the own register for its duplicates."""
        return self.partners if self.alone else self.partners | {self.institution_id}


def scope_of(institution_id: int, *, day: date, only: int | None = None) -> Scope:
    """Partners of an institution on a day and what their agreements allow; with `only`, just that partner."""
    partners = access.partners_of(institution_id, day)
    if only is not None:
        partners &= {only}
    unattended: dict[tuple[int, str], str] = {}
    for partner in sorted(partners):
        grants = [
            *access.grants_between(institution_id, partner, day),
            *access.grants_between(partner, institution_id, day),
        ]
        for grant in sorted(grants, key=lambda grant: grant.agreement_number):
            if Category.IDENTITY in grant.categories:
                for rule in grant.link_rules:
                    unattended.setdefault((partner, rule.value), grant.agreement_number)
    return Scope(
        institution_id=institution_id, partners=partners, unattended=unattended, alone=only is not None
    )


def match_part(own: Collection[int], scope: Scope, judges: Mapping[int, Judge]) -> MatchCounts:
    """Match these records (in force, of the scope's institution, a few hundred). Call inside a transaction.

    judges: see evidence.search; stored keys must be in line with the registers of these institutions.
    """
    search = evidence.search(own, scope.institution_id, judges)
    shared_before = comparing.people_served_elsewhere(own, scope.institution_id)
    counts = settle_around(search.touched, scope)
    counts.records, counts.capped = len(own), search.capped
    refresh_common(shared_before)
    return counts


def settle_around(records: Collection[int], scope: Scope) -> MatchCounts:
    """Bring links and proposals about these records in line with the evidence. Call inside a transaction."""
    found = evidence.evidence_about(records, scope.institution_id, scope.sought)
    counts = MatchCounts(pairs=sum(not one.is_duplicate for one in found.values()))
    standing = _locked_proposals(records, scope)
    linked = _link(found, scope, counts)
    _settle(found, standing, linked, counts)
    _close_within_people({record for pair in linked for record in pair})
    return counts


def close_vanished(records: Collection[int], scope: Scope) -> int:
    """Drop what was found about records that are gone, and settle their partners; how many proposals closed."""
    closed = _drop_open_proposals(records)
    settle_around(evidence.forget(records), scope)
    return closed


def _drop_open_proposals(records: Collection[int]) -> int:
    """Close what waits about records that are gone; how many."""
    return Proposal.objects.filter(
        Q(among("left_record", records)) | Q(among("right_record", records)), state=State.OPEN
    ).update(state=State.OBSOLETE, decided_at=timezone.now())


def drop_open_proposals_between(left_id: int, right_id: int) -> int:
    """Close what waits between two institutions whose agreement has ended; how many."""
    return (
        Proposal.objects.filter(state=State.OPEN)
        .filter(
            Q(left_institution=left_id, right_institution=right_id)
            | Q(left_institution=right_id, right_institution=left_id)
        )
        .update(state=State.OBSOLETE, decided_at=timezone.now())
    )


def _locked_proposals(records: Collection[int], scope: Scope) -> dict[Pair, Proposal]:
    """Proposals about these records between the institution and those sought among."""
    rows = (
        Proposal.objects.filter(Q(among("left_record", records)) | Q(among("right_record", records)))
        .select_for_update()
        .order_by("pk")
    )
    return {(one.left_record_id, one.right_record_id): one for one in rows if _is_between(one, scope)}


def _is_between(one: Proposal, scope: Scope) -> bool:
    """Whether a run judges the proposal anew. Without `alone` also those with institutions that are no partners
    any more, which close.
    """
    left, right = one.left_institution_id, one.right_institution_id
    if scope.institution_id not in {left, right}:
        return False
    other = right if left == scope.institution_id else left
    return other in scope.partners if scope.alone else True


def _link(found: Mapping[Pair, Evidence], scope: Scope, counts: MatchCounts) -> dict[Pair, UUID]:
    """Link what may be linked unattended; the decisions by pair, those that stood before among them."""
    wishes = []
    for pair, one in found.items():
        agreement = scope.unattended.get((one.beside(scope.institution_id), one.rule))
        if one.verdict is Verdict.AUTO and agreement is not None and _keeps_its_word(one):
            wishes.append(
                identity.LinkWish(
                    left_record_id=pair[0],
                    right_record_id=pair[1],
                    rule=one.rule,
                    strategy=STRATEGY,
                    agreement=agreement,
                )
            )
    if not wishes:
        return {}
    outcome = identity.link_many(wishes, by=None, acting_institution_id=scope.institution_id)
    counts.linked += len(outcome.made) - len(outcome.standing)
    return outcome.made


def _close_within_people(records: Collection[int]) -> None:
    """Close what waits about two records that became one person by way of others, whosever they are."""
    together = comparing.records_beside(records)
    Proposal.objects.filter(
        among("left_record", together), among("right_record", together), state=State.OPEN
    ).filter(left_record__person=F("right_record__person")).update(
        state=State.LINKED, decided_at=timezone.now()
    )


def _keeps_its_word(one: Evidence) -> bool:
    """Whether what the agreement says of the rule is true to the letter; slips in every field are for people."""
    if one.rule != LinkRule.PESEL_ONE_FIELD:
        return True
    return any(one.marks[name.value] is Mark.AGREES for name in TELLING[1:])


class _Changes(NamedTuple):
    fresh: list[Proposal]
    changed: list[Proposal]
    voided: list[int]


def _settle(
    found: Mapping[Pair, Evidence],
    standing: Mapping[Pair, Proposal],
    linked: Mapping[Pair, UUID],
    counts: MatchCounts,
) -> None:
    """Bring proposals in line with what was found and what is linked now."""
    records = {record for pair in (*found, *standing) for record in pair}
    person_of = comparing.people_of(records)
    apart = set(pairs_apart(records))
    changes = _Changes([], [], [])
    for pair in sorted({*found, *standing}):
        one_person = person_of[pair[0]] == person_of[pair[1]]
        proposal = standing.get(pair)
        if proposal is None:
            if not one_person and pair not in apart:
                changes.fresh.append(_proposal(pair, found[pair]))
                counts.proposed += not found[pair].is_duplicate
                counts.duplicates += found[pair].is_duplicate
        elif one_person:
            _mark_linked(proposal, linked.get(pair), changes)
        elif pair in found and pair not in apart:
            _keep_waiting(proposal, found[pair], changes, counts)
        elif proposal.state == State.OPEN:
            _move(proposal, State.OBSOLETE, changes)
            counts.obsolete += 1
    _write(changes)


def _mark_linked(proposal: Proposal, decision: UUID | None, changes: _Changes) -> None:
    if proposal.state != State.LINKED:
        proposal.decision_id = decision
        _move(proposal, State.LINKED, changes)


def _keep_waiting(proposal: Proposal, found: Evidence, changes: _Changes, counts: MatchCounts) -> None:
    """Refresh what a reviewer sees; bring back what had been closed without people saying "different"."""
    marks = {name: mark.value for name, mark in found.marks.items()}
    back = proposal.state != State.OPEN
    if not back and (proposal.rule, proposal.marks) == (found.rule, marks):
        return
    telling = [proposal.marks.get(name) for name in TELLING] != [marks.get(name) for name in TELLING]
    if telling or back:
        proposal.left_answer = proposal.right_answer = ""
        changes.voided.append(proposal.pk)
    proposal.rule, proposal.strategy, proposal.marks = found.rule, STRATEGY, marks
    proposal.decided_at = proposal.decision_id = None
    proposal.state = State.OPEN
    counts.proposed += back and not found.is_duplicate
    counts.duplicates += back and found.is_duplicate
    changes.changed.append(proposal)


def _move(proposal: Proposal, state: str, changes: _Changes) -> None:
    proposal.state, proposal.decided_at = state, timezone.now()
    changes.changed.append(proposal)


def _proposal(pair: Pair, found: Evidence) -> Proposal:
    return Proposal(
        left_record_id=pair[0],
        right_record_id=pair[1],
        left_institution_id=found.left_institution,
        right_institution_id=found.right_institution,
        rule=found.rule,
        strategy=STRATEGY,
        marks={name: mark.value for name, mark in found.marks.items()},
        created_at=timezone.now(),
    )


def _write(changes: _Changes) -> None:
    Proposal.objects.bulk_create(changes.fresh, ignore_conflicts=True)
    Proposal.objects.bulk_update(
        changes.changed,
        ["rule", "strategy", "marks", "state", "left_answer", "right_answer", "decided_at", "decision_id"],
        batch_size=80,
    )
    if changes.voided:
        Opinion.objects.filter(proposal__in=changes.voided, withdrawn_at__isnull=True).update(
            withdrawn_at=timezone.now()
        )
