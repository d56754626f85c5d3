"""How somebody goes through a project, and what may be paid for twice."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from spoiwo.projects.errors import EndsBeforeStart, OutsideProject, ReasonMissing, WrongStep
from spoiwo.projects.types import LeavingReason, Paid, ParticipantState

INTERNSHIP_MONTHS = 6
NEXT: dict[ParticipantState, frozenset[ParticipantState]] = {
    ParticipantState.CANDIDATE: frozenset(
        {ParticipantState.TAKING_PART, ParticipantState.NOT_INTERESTED, ParticipantState.REFUSED}
    ),
    ParticipantState.TAKING_PART: frozenset({ParticipantState.FINISHED, ParticipantState.DROPPED_OUT}),
    ParticipantState.NOT_INTERESTED: frozenset({ParticipantState.CANDIDATE}),
    ParticipantState.REFUSED: frozenset({ParticipantState.CANDIDATE}),
    ParticipantState.FINISHED: frozenset(),
    ParticipantState.DROPPED_OUT: frozenset(),
}
LEAVING = frozenset({ParticipantState.NOT_INTERESTED, ParticipantState.REFUSED, ParticipantState.DROPPED_OUT})


def check_step(now: ParticipantState, to: ParticipantState, reason: LeavingReason | None) -> None:
    """Raises WrongStep for a step that cannot follow, ReasonMissing for leaving without a reason."""
    if to not in NEXT[now]:
        raise WrongStep(f"{now} to {to}")
    if to in LEAVING and reason is None:
        raise ReasonMissing


def check_days(first: date, last: date | None) -> None:
    """Raises EndsBeforeStart."""
    if last is not None and last < first:
        raise EndsBeforeStart


def check_within(day: date, *, starts_on: date, ends_on: date) -> None:
    """Raises OutsideProject for a day before or after the project."""
    if not starts_on <= day <= ends_on:
        raise OutsideProject(starts_on, ends_on)


def end_of_internship(starts_on: date, months: int = INTERNSHIP_MONTHS) -> date:
    """The last day of an internship of so many months: from 15 January to 14 July."""
    years, month = divmod(starts_on.month - 1 + months, 12)
    year, month = starts_on.year + years, month + 1
    return date(year, month, min(starts_on.day, monthrange(year, month)[1])) - timedelta(days=1)


def paid_twice(support: Iterable[Paid]) -> list[tuple[Paid, Paid]]:
    """Pairs of the same kind of support of one person that two projects pay for on the same day."""
    rows = sorted(support, key=lambda one: (one.starts_on, one.key))
    return [
        (one, other)
        for place, one in enumerate(rows)
        for other in rows[place + 1 :]
        if one.project != other.project and one.kind is other.kind and _meet(one, other)
    ]


def _meet(one: Paid, other: Paid) -> bool:
    return (one.ends_on is None or other.starts_on <= one.ends_on) and (
        other.ends_on is None or one.starts_on <= other.ends_on
    )
