"""Purposes and terms of agreements, as they would hold on paper."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from spoiwo.access.errors import (
    AgreementIncomplete,
    ClauseOutsideParties,
    DocumentRefused,
    EndsBeforeStart,
    NotOverYet,
    OwnEmergency,
    PurposeNotAllowed,
    ReasonTooShort,
    ReviewedAlready,
    TooLong,
    TooManyEmergencies,
)
from spoiwo.access.types import (
    AgreementTerms,
    ChosenPurpose,
    Clause,
    Grant,
    OfferedPurpose,
    PurposeOption,
    RelationKind,
    Standing,
    TermChanges,
)

EVERYBODY = 0
LEAST_PARTIES = 2
PDF = b"%PDF-"
LEAST_REASON = 20  # characters
LEAST_NOTE = 5
MOST_MINUTES = 60
MOST_EMERGENCIES = 10  # of one account in 24 hours


def offered_purposes(grants: Iterable[Grant], kinds: Collection[RelationKind]) -> list[OfferedPurpose]:
    """Purposes the grants allow, each with its basis once; at most one is pre-selected, the first that fits.

    kinds: why the reader may know the person.
    """
    allowing: dict[tuple[str, str], list[tuple[Grant, PurposeOption]]] = defaultdict(list)
    for grant in grants:
        for option in grant.purposes:
            allowing[option.code, option.legal_basis_code].append((grant, option))
    fitting = [
        key for key, found in allowing.items() if any(one.preselected_for & set(kinds) for _, one in found)
    ]
    return [
        OfferedPurpose(
            code=code,
            name=found[0][1].name,
            legal_basis=basis,
            legal_basis_name=found[0][1].legal_basis_name,
            agreements=tuple(dict.fromkeys(grant.agreement_number for grant, _ in found)),
            giver_ids=frozenset(grant.giver_id for grant, _ in found),
            preselected=(code, basis) in fitting[:1],
        )
        for (code, basis), found in allowing.items()
    ]


def grants_for(chosen: ChosenPurpose, grants: Iterable[Grant]) -> list[Grant]:
    """The grants that allow what the reader stated; what others give for other purposes stays closed."""
    wanted = (chosen.purpose, chosen.legal_basis)
    return [
        grant
        for grant in grants
        if any((option.code, option.legal_basis_code) == wanted for option in grant.purposes)
    ]


def choose(grants: Iterable[Grant], *, purpose: str, legal_basis: str, day: date) -> ChosenPurpose:
    """What the reader stated, under the first agreement that allows it; raises PurposeNotAllowed."""
    wanted = ChosenPurpose(purpose=purpose, legal_basis=legal_basis, agreement="", stated_on=day)
    allowing = grants_for(wanted, grants)
    if not allowing:
        raise PurposeNotAllowed(f"{purpose} {legal_basis}")
    return ChosenPurpose(
        purpose=purpose, legal_basis=legal_basis, agreement=allowing[0].agreement_number, stated_on=day
    )


def still_good(chosen: ChosenPurpose, grants: Iterable[Grant], day: date) -> bool:
    """Whether a stated purpose may go on: stated the same day, and an agreement still allows it."""
    return chosen.stated_on == day and bool(grants_for(chosen, grants))


def check_terms(terms: AgreementTerms) -> None:
    """Refuse terms that contradict themselves, also in a draft: EndsBeforeStart, ClauseOutsideParties."""
    if terms.valid_to is not None and terms.valid_to < terms.valid_from:
        raise EndsBeforeStart(f"{terms.valid_from} {terms.valid_to}")
    named = {pk for clause in terms.clauses for pk in (clause.giver_id, clause.receiver_id)} - {EVERYBODY}
    if named - terms.parties:
        raise ClauseOutsideParties(", ".join(str(pk) for pk in sorted(named - terms.parties)))


def missing_terms(terms: AgreementTerms) -> tuple[str, ...]:
    """What an agreement still lacks to be signed: codes among parties, clauses, purposes; empty for a whole one."""
    lacking = {
        "parties": len(terms.parties) < LEAST_PARTIES,
        "clauses": not terms.clauses,
        "purposes": not terms.purposes,
    }
    return tuple(code for code, lacks in lacking.items() if lacks)


def check_complete(terms: AgreementTerms) -> None:
    """Refuse to sign what would share nothing, with nobody, or for nothing: AgreementIncomplete."""
    missing = missing_terms(terms)
    if missing:
        raise AgreementIncomplete(missing)


def digest_of(terms: AgreementTerms) -> bytes:
    """SHA-256 over all terms in a fixed order (32 bytes): what a signature was given for."""
    parts: list[object] = [
        terms.number, terms.title, terms.valid_from, terms.valid_to, terms.stale_after_days,
        sorted(terms.link_rules), sorted(terms.parties),
        [(one.giver_id, one.receiver_id, one.category.value) for one in sorted(terms.clauses)],
        sorted((one.purpose_id, one.legal_basis_id, sorted(one.preselected_for)) for one in terms.purposes),
    ]  # fmt: skip
    if terms.one_side_links:  # only then: signatures given before there was this term stay good
        parts.append("one_side_links")
    return hashlib.sha256("\x1f".join(repr(part) for part in parts).encode()).digest()


def last_day_before(first: date, *, not_before: date) -> date:
    """The day a former version ends when the next one starts, but never before its own first day."""
    return max(first - timedelta(days=1), not_before)


def check_document(content: bytes, *, limit: int) -> None:
    """Refuse a file that is empty, larger than limit bytes, or no PDF: DocumentRefused."""
    if not content:
        raise DocumentRefused("empty")
    if len(content) > limit:
        raise DocumentRefused("too_large")
    if not content.startswith(PDF):
        raise DocumentRefused("not_pdf")


def pairs_touched(parties: Collection[int]) -> list[tuple[int, int]]:
    """Every two parties once, in id order: whose records must be compared again."""
    ordered = sorted(parties)
    return [(left, right) for index, left in enumerate(ordered) for right in ordered[index + 1 :]]


def gives(clauses: Iterable[Clause], *, giver_id: int, receiver_id: int) -> list[str]:
    """Codes of the categories one party gives another, in a fixed order; nobody gives anything to itself."""
    if giver_id == receiver_id:
        return []
    return sorted(
        {
            clause.category.value
            for clause in clauses
            if clause.giver_id in {EVERYBODY, giver_id} and clause.receiver_id in {EVERYBODY, receiver_id}
        }
    )


def clause_rows(parties: Sequence[int], clauses: Iterable[Clause], *, most: int = 5) -> list[tuple[int, int]]:
    """Rows of the direction table (giver, receiver): everybody, each to everybody, each pair of up to `most`.

    Pairs that a clause names already have a row in any case.
    """
    rows = [(EVERYBODY, EVERYBODY)]
    rows += [(giver, EVERYBODY) for giver in parties]
    if len(parties) <= most:
        rows += [(giver, receiver) for giver in parties for receiver in parties if giver != receiver]
    else:
        rows += [(EVERYBODY, receiver) for receiver in parties]
    rows += sorted({(one.giver_id, one.receiver_id) for one in clauses} - set(rows))
    return rows


def standing(*, signed: bool, ended: bool, valid_from: date, valid_to: date | None, day: date) -> Standing:
    """Where an agreement stands on the day. signed: by all parties; ended: before its time, or replaced."""
    if ended or (signed and valid_to is not None and valid_to < day):
        return Standing.OVER
    if not signed:
        return Standing.DRAFT
    if valid_from > day:
        return Standing.COMING
    return Standing.LAST_DAY if valid_to == day else Standing.IN_FORCE


def changes(former: AgreementTerms, latter: AgreementTerms) -> TermChanges:
    """What the later terms say differently."""
    compared = ("title", "valid_from", "valid_to", "stale_after_days", "link_rules", "one_side_links")
    return TermChanges(
        fields=tuple(field for field in compared if getattr(former, field) != getattr(latter, field)),
        parties_added=latter.parties - former.parties,
        parties_removed=former.parties - latter.parties,
        clauses_added=latter.clauses - former.clauses,
        clauses_removed=former.clauses - latter.clauses,
        purposes_added=latter.purposes - former.purposes,
        purposes_removed=former.purposes - latter.purposes,
    )


def check_emergency(*, reason: str, minutes: int, asked_lately: int) -> None:
    """Emergency access needs a reason in words, lasts an hour at the most, and is no habit.

    asked_lately: how often the account asked in the last 24 hours.
    """
    if len(reason.strip()) < LEAST_REASON:
        raise ReasonTooShort(LEAST_REASON)
    if not 0 < minutes <= MOST_MINUTES:
        raise TooLong(MOST_MINUTES)
    if asked_lately >= MOST_EMERGENCIES:
        raise TooManyEmergencies(MOST_EMERGENCIES)


def check_review(*, whose: int, reviewer: int, ends: datetime, verdict: str, now: datetime) -> None:
    """A verdict is given once, by somebody else, when the access is over."""
    if whose == reviewer:
        raise OwnEmergency(str(reviewer))
    if verdict:
        raise ReviewedAlready(verdict)
    if ends > now:
        raise NotOverYet(ends.isoformat())


def check_note(note: str) -> None:
    """A verdict is explained."""
    if len(note.strip()) < LEAST_NOTE:
        raise ReasonTooShort(LEAST_NOTE)
