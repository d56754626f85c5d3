"""Registrations: by staff, or by people themselves through the public page."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.support.errors import EventLocked, EventNotOpen, NoSuchRow, RegisteredAlready, WrongStep
from spoiwo.support.models import Entity, Event, Participant, Registration
from spoiwo.support.rules import events as rules
from spoiwo.support.services import people
from spoiwo.support.services.log import record
from spoiwo.support.types import Applicant, EventState, PersonDetails, RegistrationState
from spoiwo.toolkit.context import counting

CLOSED = {EventState.REPORTED, EventState.CANCELLED}


@transaction.atomic
def register_many(event: UUID, pairs: Sequence[tuple[UUID, UUID | None]], *, by: Actor) -> list[Registration]:
    """Register people of the centre: (participant, the entity they represent or None).

    They are accepted while there are places, and wait after that. Raises NoSuchRow, EventLocked, RegisteredAlready.
    """
    row = _event(event, by)
    whom = {
        one.uuid: one for one in Participant.objects.visible_to(by).filter(uuid__in=[p for p, _ in pairs])
    }
    entities = {
        one.uuid: one for one in Entity.objects.visible_to(by).filter(uuid__in=[e for _, e in pairs if e])
    }
    left = rules.places_left(capacity=row.capacity, held=places_held(row))
    rows = []
    for place, (participant, entity) in enumerate(pairs):
        if participant not in whom or (entity is not None and entity not in entities):
            raise NoSuchRow(str(participant))
        person = whom[participant]
        free = left is None or place < left
        rows.append(
            Registration(
                institution_id=row.institution_id,
                event=row,
                participant=person,
                entity=entities[entity] if entity else None,
                first_name=person.first_name,
                last_name=person.last_name,
                email=person.email,
                phone=person.phone,
                state=RegistrationState.ACCEPTED if free else RegistrationState.WAITING,
            )
        )
    try:
        with transaction.atomic():
            made = Registration.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:
        raise RegisteredAlready from error
    record(by, "registrations", row.uuid, count=len(made))
    return list(made)


def register(event: UUID, *, participant: UUID, by: Actor, entity: UUID | None = None) -> Registration:
    """Register somebody of the centre; raises what register_many raises."""
    return register_many(event, [(participant, entity)], by=by)[0]


@transaction.atomic
def apply(event: Event, applicant: Applicant, *, today: date) -> Registration:
    """Somebody applies through the public page; to be called in the context of the event's centre.

    Raises EventNotOpen, RegisteredAlready when the same name and address applied before.
    """
    open_now = rules.is_open(
        announced=event.state == EventState.ANNOUNCED and event.is_public,
        today=today,
        starts_on=event.starts_on,
        until=event.registration_until,
    )
    if not open_now:
        raise EventNotOpen
    if _has_applied(event, applicant):
        raise RegisteredAlready
    return Registration.objects.create(
        institution_id=event.institution_id,
        event=event,
        first_name=applicant.first_name,
        last_name=applicant.last_name,
        email=applicant.email,
        phone=applicant.phone,
        represents=applicant.represents,
        needs=applicant.needs,
        is_from_public=True,
    )


@counting()
def _has_applied(event: Event, applicant: Applicant) -> bool:
    """Whether the same name and address applied before, also of somebody hidden."""
    applied = event.registrations.filter(email__iexact=applicant.email, last_name__iexact=applicant.last_name)
    return bool(applied.filter(first_name__iexact=applicant.first_name).exists())


@transaction.atomic
def settle(registration: UUID, *, state: RegistrationState, by: Actor) -> Registration:
    """Accept, put on the waiting list, confirm, or cancel a registration.

    Who is accepted becomes a person of the centre: the one of the same name and e-mail or telephone, or a new one.
    Raises NoSuchRow, EventLocked, WrongStep, RegisteredAlready.
    """
    row: Registration | None = (
        Registration.objects.visible_to(by).select_for_update().filter(uuid=registration).first()
    )
    if row is None:
        raise NoSuchRow(str(registration))
    if row.event.state in CLOSED:
        raise EventLocked
    if not rules.may_follow(RegistrationState(row.state), state):
        raise WrongStep
    if row.participant_id is None and state == RegistrationState.ACCEPTED:
        row.participant = _person_of(row, by)
    row.state = state
    try:
        with transaction.atomic():
            row.save(update_fields=["state", "participant"])
    except IntegrityError as error:
        raise RegisteredAlready from error
    record(by, "registration", registration)
    return row


@counting()
def places_held(event: Event) -> int:
    """How many places of an event are taken."""
    return event.registrations.filter(state__in=list(rules.HOLDING_A_PLACE)).count()


def _person_of(row: Registration, by: Actor) -> Participant:
    key = search_key(f"{row.last_name} {row.first_name}")
    for known in Participant.objects.visible_to(by).filter(search_key=key):
        if (row.email and known.email.lower() == row.email.lower()) or (
            row.phone and known.phone == row.phone
        ):
            return known  # type: ignore[no-any-return]
    return people.add_person(
        PersonDetails(first_name=row.first_name, last_name=row.last_name, email=row.email, phone=row.phone),
        by=by,
    )


def _event(uuid: UUID, by: Actor) -> Event:
    row: Event | None = Event.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    if row is None:
        raise NoSuchRow(str(uuid))
    if row.state in CLOSED:
        raise EventLocked
    return row
