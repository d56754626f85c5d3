"""Registrations, places, and who finished an event."""

from datetime import date

from spoiwo.support.types import RegistrationState

HOLDING_A_PLACE = frozenset(
    {RegistrationState.ACCEPTED, RegistrationState.CONFIRMED, RegistrationState.ATTENDED}
)
STEPS: dict[RegistrationState, frozenset[RegistrationState]] = {
    RegistrationState.APPLIED: frozenset(
        {RegistrationState.ACCEPTED, RegistrationState.WAITING, RegistrationState.CANCELLED}
    ),
    RegistrationState.WAITING: frozenset({RegistrationState.ACCEPTED, RegistrationState.CANCELLED}),
    RegistrationState.ACCEPTED: frozenset({RegistrationState.CONFIRMED, RegistrationState.CANCELLED}),
    RegistrationState.CONFIRMED: frozenset({RegistrationState.CANCELLED}),
    RegistrationState.CANCELLED: frozenset({RegistrationState.ACCEPTED}),
    RegistrationState.NO_SHOW: frozenset(),
    RegistrationState.ATTENDED: frozenset({RegistrationState.CANCELLED}),
}
"""Where a registration may go by hand; attended and did not come follow from attendance."""


def may_follow(before: RegistrationState, after: RegistrationState) -> bool:
    """Whether a registration may go from one state to the other by hand."""
    return after in STEPS[before]


def places_left(*, capacity: int | None, held: int) -> int | None:
    """Free places; None when there is no limit."""
    return None if capacity is None else max(capacity - held, 0)


def is_open(*, announced: bool, today: date, starts_on: date, until: date | None) -> bool:
    """Whether people can register: announced, not begun, and not after the last day for it."""
    return announced and today <= (until or starts_on) and today <= starts_on


def sessions_to_finish(*, planned: int, required: int | None) -> int:
    """How many sessions finish an event; all of them unless a rule asks for fewer."""
    return planned if required is None else min(required, planned)


def finished(*, attended: int, planned: int, required: int | None) -> bool:
    """Whether somebody who was at so many sessions finished the event."""
    return planned > 0 and attended >= sessions_to_finish(planned=planned, required=required)
