"""A yes or no about a person, without values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from spoiwo.clients.types import Status
from spoiwo.enquiries.types import Address, Question, Verdict
from spoiwo.kernel.text import search_key

BY_USER_AN_HOUR = 60
BY_INSTITUTION_A_DAY = 1000
STATUSES = {
    Question.UNEMPLOYED: {Status.UNEMPLOYED_WITH_BENEFIT, Status.UNEMPLOYED_WITHOUT_BENEFIT},
    Question.BENEFIT_RIGHT: {Status.UNEMPLOYED_WITH_BENEFIT},
    Question.JOBSEEKER: {Status.JOBSEEKER},
    Question.SOCIAL_BENEFIT: {Status.LONG_TERM_BENEFIT, Status.TEMPORARY_BENEFIT, Status.TARGETED_BENEFIT},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the asked register says of a person that fits; status and its period, address."""

    status: str = ""
    since: date | None = None
    until: date | None = None
    address: Address = field(default_factory=Address)


def is_stale(as_of: date | None, *, day: date, limit: int) -> bool:
    """Whether data that tell of a day are older than the limit (days); data of no known day always are."""
    return as_of is None or (day - as_of).days > limit


def verdicts(
    questions: Iterable[Question], known: Iterable[Known], *, address: Address, stale: bool, day: date
) -> dict[Question, Verdict]:
    """The answer to each question.

    known: every record that fits the person. Stale data say nothing at all, not even that nobody was found.
    """
    found = list(known)
    answers = {}
    for question in questions:
        holds = [_holds(question, one, address, day) for one in found]
        said = Verdict.YES if any(holds) else Verdict.NO
        answers[question] = said if found else Verdict.NOBODY
    return dict.fromkeys(answers, Verdict.UNKNOWN) if stale else answers


def agrees(given: Address, known: Address) -> bool:
    """Whether an address is the known one, whatever the spelling; a flat is compared when one is given."""
    same = all(
        search_key(getattr(given, part)) == search_key(getattr(known, part))
        for part in ("place", "street", "house")
    )
    return same and (not given.flat or search_key(given.flat) == search_key(known.flat))


def _holds(question: Question, known: Known, address: Address, day: date) -> bool:
    served = known.status != Status.NO_LONGER_SERVED and _covers(known, day)
    if question is Question.ADDRESS:
        return agrees(address, known.address)
    if question is Question.SERVED:
        return served
    return served and known.status in STATUSES[question]


def _covers(known: Known, day: date) -> bool:
    return (known.since is None or known.since <= day) and (known.until is None or known.until >= day)


def within_limits(*, by_user: int, by_institution: int) -> bool:
    """Whether one more verification is allowed after so many in the hour and in the day."""
    return by_user < BY_USER_AN_HOUR and by_institution < BY_INSTITUTION_A_DAY
