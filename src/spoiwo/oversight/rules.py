"""What is unusual about looks, and the clock of incidents. Pure functions."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from spoiwo.oversight.errors import ClosedAlready, ClosedWithoutRisk, ReasonNeeded
from spoiwo.oversight.types import Odd, Oddity, Risk, WatchedLook

NIGHT_FROM, NIGHT_TO = 22, 6  # hours
MANY_PEOPLE, TIMES_USUAL = 40, 3
RECENT = timedelta(days=30)
CLOCK = timedelta(hours=72)
LEAST_REASON = 10


def odd_looks(looks: Sequence[WatchedLook], *, staff: Collection[str]) -> list[Odd]:
    """What is unusual about single looks: at oneself, a namesake, a colleague, at night, at nobody we serve.

    staff: folded names ("first last") of everybody who works at the institution.
    """
    return [odd for look in looks for odd in (*_by_name(look, staff), *_by_time(look), *_by_relation(look))]


def odd_days(
    people: Mapping[tuple[UUID, date], int], firsts: Mapping[tuple[UUID, date], tuple[int, datetime]]
) -> list[Odd]:
    """Days on which somebody looked at far more people than on their ordinary days.

    people: (worker, day) -> how many people. firsts: the first record of the days to be judged. A day is unusual with
    40 people or more and three times the mean of the worker's other days in the 30 days before it.
    """
    by_worker: dict[UUID, dict[date, int]] = defaultdict(dict)
    for (worker, day), count in people.items():
        by_worker[worker][day] = count
    found = []
    for (worker, day), (seq, at) in sorted(firsts.items(), key=lambda one: one[1][0]):
        before = [count for other, count in by_worker[worker].items() if timedelta(0) < day - other <= RECENT]
        usual = round(sum(before) / len(before)) if before else 0
        count = by_worker[worker].get(day, 0)
        if count >= MANY_PEOPLE and count >= TIMES_USUAL * usual:
            found.append(
                Odd(oddity=Oddity.VOLUME, actor=worker, person=None, at=at, seq=seq, count=count, usual=usual)
            )
    return found


def _by_name(look: WatchedLook, staff: Collection[str]) -> Iterator[Odd]:
    if not look.client or not look.worker:
        return
    if _same_person(look.client, look.worker):
        yield _odd(Oddity.SELF, look)
    elif look.client.split()[-1] == look.worker.split()[-1]:
        yield _odd(Oddity.SURNAME, look)
    if any(_same_person(look.client, name) for name in staff if not _same_person(name, look.worker)):
        yield _odd(Oddity.COLLEAGUE, look)


def _same_person(one: str, other: str) -> bool:
    """Whether two names agree; a second first name may be missing on either side."""
    left, right = one.split(), other.split()
    return bool(left and right) and left[0] == right[0] and left[-1] == right[-1]


def _by_time(look: WatchedLook) -> Iterator[Odd]:
    if look.at.hour >= NIGHT_FROM or look.at.hour < NIGHT_TO:
        yield _odd(Oddity.NIGHT, look)


def _by_relation(look: WatchedLook) -> Iterator[Odd]:
    day = look.at.date()
    recent = any(since <= day and (until is None or until >= day - RECENT) for since, until in look.relations)
    if not recent:
        yield _odd(Oddity.NO_RELATION, look)


def _odd(oddity: Oddity, look: WatchedLook) -> Odd:
    return Odd(oddity=oddity, actor=look.actor, person=look.person, at=look.at, seq=look.seq)


def due_at(discovered_at: datetime) -> datetime:
    """By when the authority must be told of a breach with a risk (Article 33: 72 hours)."""
    return discovered_at + CLOCK


def is_running(*, risk: Risk, told_on: date | None, closed: bool) -> bool:
    """Whether the clock of 72 hours still matters."""
    return not closed and told_on is None and risk is not Risk.UNLIKELY


def check_reason(reason: str) -> None:
    """A decision is explained."""
    if len(reason.strip()) < LEAST_REASON:
        raise ReasonNeeded(LEAST_REASON)


def check_closing(*, risk: Risk, measures: str, told_on: date | None, closed: bool) -> None:
    """An incident ends when its risk was assessed, what was done is written, and whoever must be told was told."""
    if closed:
        raise ClosedAlready(risk.value)
    must_tell = risk in {Risk.RISK, Risk.HIGH}
    if risk is Risk.UNKNOWN or not measures.strip() or (must_tell and told_on is None):
        raise ClosedWithoutRisk(risk.value)


def quarter_of(day: date) -> str:
    """The quarter a day lies in, as "2026-4"."""
    return f"{day.year}-{(day.month + 2) // 3}"


def is_about_person(oddity: Oddity) -> bool:
    """Whether a finding names the person looked at, or a whole day of the worker."""
    return oddity not in {Oddity.VOLUME, Oddity.NIGHT}


def counted(so_far: int, more: Odd) -> int:
    """How many looks (volume: people) a finding rests on after another one of its kind and day."""
    return max(so_far, more.count) if more.oddity is Oddity.VOLUME else so_far + more.count
