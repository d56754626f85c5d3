"""A support centre with its adviser, people, entities and events that are valid as they stand."""

from collections.abc import Mapping
from datetime import date, time
from itertools import count
from typing import Any
from uuid import UUID

from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Kind, Role
from spoiwo.kernel.actor import Actor
from spoiwo.support.models import Delivery, Entity, Event, Participant
from spoiwo.support.services import deliveries, people
from spoiwo.support.services import events as event_services
from spoiwo.support.types import (
    DeliveryDetails,
    DeliveryKind,
    EntityDetails,
    EventDetails,
    EventKind,
    PersonDetails,
    RecipientKind,
    RecipientRef,
    SessionDetails,
)
from spoiwo.toolkit.context import acting_for
from tests.makers import institutions

_numbers = count(1)
DAY = date(2024, 5, 14)
TODAY = date(2024, 12, 31)


def centre(name: str = "OWES Próbny", *roles: Role) -> Actor:
    """A new support centre and somebody who works in its register."""
    return adviser_of(institutions.institution("", Kind.OWES, short_name=name), *roles)


def adviser_of(office: Institution, *roles: Role) -> Actor:
    """Somebody who works in the register of the centre."""
    held = roles or (Role.SUPPORT_ADVISER,)
    return institutions.acting(institutions.member(office, *held))


def person(by: Actor, first_name: str = "Ewa", **details: Any) -> Participant:
    """A person of the centre."""
    values = {"first_name": first_name, "last_name": f"Próbna{next(_numbers)}", **details}
    with acting_for(by.institution_id):
        return people.add_person(PersonDetails(**values), by=by)


def entity(by: Actor, name: str = "", *, is_social: bool = True, **details: Any) -> Entity:
    """An organisation of the centre."""
    values = {"name": name or f"Spółdzielnia Próbna {next(_numbers)}", "is_social": is_social, **details}
    with acting_for(by.institution_id):
        return people.add_entity(EntityDetails(**values), by=by)


def details(recipient: object, **values: Any) -> DeliveryDetails:
    """An hour of general advice for a person, an entity or a group."""
    kinds = {
        "Participant": RecipientKind.PERSON,
        "Entity": RecipientKind.ENTITY,
        "Group": RecipientKind.GROUP,
    }
    ref = RecipientRef(kinds[type(recipient).__name__], recipient.uuid)  # type: ignore[attr-defined]
    given: dict[str, Any] = {
        "kind": DeliveryKind.GENERAL,
        "day": DAY,
        "minutes": 60,
        "recipient": ref,
        **values,
    }
    return DeliveryDetails(**given)


def delivered(by: Actor, recipient: object, **values: Any) -> Delivery:
    """The same, written down."""
    with acting_for(by.institution_id):
        return deliveries.record_delivery(details(recipient, **values), today=TODAY, by=by)


def event(by: Actor, *minutes: int, kind: EventKind = EventKind.TRAINING, **values: Any) -> Event:
    """An announced event with a session a day, each of so many minutes."""
    sessions = tuple(
        SessionDetails(day=date.fromordinal(DAY.toordinal() + place), minutes=long, starts_at=time(9))
        for place, long in enumerate(minutes or (240,))
    )
    given: dict[str, Any] = {"kind": kind, "title": f"Szkolenie próbne {next(_numbers)}", **values}
    with acting_for(by.institution_id):
        return event_services.plan_event(EventDetails(sessions=sessions, **given), announce=True, by=by)


def attended(
    by: Actor, happening: Event, whom: Participant, *minutes: int, entity: UUID | None = None
) -> Any:
    """A registration of the person, and how long they were at each session."""
    with acting_for(by.institution_id):
        registration = event_services.register(happening.uuid, participant=whom.uuid, entity=entity, by=by)
        sessions = list(happening.sessions.order_by("day", "pk"))
        presence: Mapping[tuple[UUID, UUID], int] = {
            (session.uuid, registration.uuid): long for session, long in zip(sessions, minutes, strict=True)
        }
        event_services.take_attendance(happening.uuid, presence, by=by)
    registration.refresh_from_db()
    return registration
