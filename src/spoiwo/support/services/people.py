"""Writing down whom the centre supports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from spoiwo.clients.services.people import new_people
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.ids import new_uuid
from spoiwo.kernel.sealing import seal
from spoiwo.kernel.text import polish_sort_key, search_key
from spoiwo.support.errors import KnownAlready, NoSuchRow, WrongStep
from spoiwo.support.models import Entity, Group, GroupMember, Participant
from spoiwo.support.services.log import record
from spoiwo.support.services.numbers import blind, checked, pesel_number
from spoiwo.support.services.turns import wait_for_turn
from spoiwo.support.types import EntityDetails, PersonDetails
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.context import counting
from spoiwo.toolkit.keys import PESEL, key_ring

LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class _Number:
    """A PESEL ready to be stored; both empty when there is none."""

    sealed: bytes
    index: bytes | None


@transaction.atomic
def add_people(people: Sequence[PersonDetails], *, by: Actor) -> list[Participant]:
    """Write people down, each with an index row of their own. Raises BadNumber, KnownAlready."""
    wait_for_turn(by.institution_id)
    with counting():
        first = Participant.objects.filter(institution_id=by.institution_id).count() + 1
    persons = new_people(len(people))
    rows = [
        _participant(one, number=f"U/{first + place}", person=person, institution_id=by.institution_id)
        for place, (one, person) in enumerate(zip(people, persons, strict=True))
    ]
    try:
        with transaction.atomic():
            made = Participant.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:
        raise KnownAlready from error
    record(by, "participants", made[0].uuid if len(made) == 1 else len(made), count=len(made))
    return list(made)


def add_person(person: PersonDetails, *, by: Actor) -> Participant:
    """Write a person down. Raises BadNumber, KnownAlready."""
    return add_people([person], by=by)[0]


@transaction.atomic
def change_person(uuid: UUID, person: PersonDetails, *, version: int, by: Actor) -> Participant:
    """Write down what is known now; an empty PESEL leaves the number as it is.

    version: of the row as the caller knows it. Raises NoSuchRow, BadNumber, KnownAlready, Conflict.
    """
    row: Participant | None = Participant.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    if row is None:
        raise NoSuchRow(str(uuid))
    if row.version != version:
        raise Conflict((), version=row.version)
    fresh = _participant(person, number=row.number, person=row.person_id, institution_id=by.institution_id)
    fields = [
        *("first_name", "last_name", "birth_date", "sex", "phone", "email", "teryt", "labour_status"),
        *("education", "supported_from", "sort_key", "search_key"),
    ]
    if person.pesel:
        fields += ["wrapped_key", "pesel_sealed", "pesel_index"]
    _take_over(row, fresh, fields)
    record(by, "participant", uuid)
    return row


@transaction.atomic
def add_entities(entities: Sequence[EntityDetails], *, by: Actor) -> list[Entity]:
    """Write organisations down. Raises BadNumber, KnownAlready."""
    rows = [_entity(one, uuid=new_uuid(), institution_id=by.institution_id) for one in entities]
    try:
        with transaction.atomic():
            made = Entity.objects.bulk_create(rows, batch_size=500)
    except IntegrityError as error:
        raise KnownAlready from error
    record(by, "entities", made[0].uuid if len(made) == 1 else len(made), count=len(made))
    return list(made)


def add_entity(entity: EntityDetails, *, by: Actor) -> Entity:
    """Write an organisation down. Raises BadNumber, KnownAlready."""
    return add_entities([entity], by=by)[0]


@transaction.atomic
def change_entity(uuid: UUID, entity: EntityDetails, *, version: int, by: Actor) -> Entity:
    """Write down what an organisation is called now and its numbers; a number makes it the same at every centre.

    version: of the row as the caller knows it. Raises NoSuchRow, BadNumber, KnownAlready, Conflict.
    """
    row: Entity | None = Entity.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    if row is None:
        raise NoSuchRow(str(uuid))
    if row.version != version:
        raise Conflict((), version=row.version)
    fresh = _entity(entity, uuid=row.uuid, institution_id=by.institution_id)
    fields = ["name", "is_social", "kind", "nip", "regon", "krs", "teryt", "directory_id", "identity"]
    _take_over(row, fresh, [*fields, "sort_key", "search_key"])
    record(by, "entity", uuid)
    return row


@transaction.atomic
def add_group(
    *, name: str, founded_on: date, by: Actor, teryt: str = "", members: Sequence[UUID] = ()
) -> Group:
    """Write an initiative group down, with its members. Raises NoSuchRow."""
    people = list(Participant.objects.visible_to(by).filter(uuid__in=members))
    if len(people) != len(set(members)):
        raise NoSuchRow("member")
    group = Group.objects.create(
        institution_id=by.institution_id,
        name=name,
        teryt=teryt,
        founded_on=founded_on,
        sort_key=polish_sort_key(name),
    )
    GroupMember.objects.bulk_create(
        GroupMember(institution_id=by.institution_id, group=group, participant=one) for one in people
    )
    record(by, "group", group.uuid)
    return group


@transaction.atomic
def become_entity(group: UUID, *, entity: UUID, on: date, by: Actor) -> Group:
    """Write down that a group founded an entity; from that day on it is that entity.

    Raises NoSuchRow, WrongStep when it has become one already or had not begun.
    """
    row: Group | None = Group.objects.visible_to(by).select_for_update().filter(uuid=group).first()
    founded = Entity.objects.visible_to(by).filter(uuid=entity).first()
    if row is None or founded is None:
        raise NoSuchRow(str(group))
    if row.became_id is not None or on < row.founded_on:
        raise WrongStep
    row.became, row.became_on = founded, on
    row.save(update_fields=["became", "became_on"])
    record(by, "group", group)
    return row


def _take_over(row: Participant | Entity, fresh: Participant | Entity, fields: list[str]) -> None:
    """Write the fields of one row into another, as its next version. Raises KnownAlready."""
    for field in fields:
        setattr(row, field, getattr(fresh, field))
    row.version += 1
    try:
        with transaction.atomic():
            row.save(update_fields=[*fields, "version"])
    except IntegrityError as error:
        raise KnownAlready from error


def _participant(one: PersonDetails, *, number: str, person: UUID, institution_id: int) -> Participant:
    ring = key_ring()
    key = ring.new_data_key()
    uuid = new_uuid()
    pesel_number = _pesel(one.pesel, key.plain)
    return Participant(
        uuid=uuid,
        institution_id=institution_id,
        number=number,
        person_id=person,
        wrapped_key=key.wrapped,
        pesel_sealed=pesel_number.sealed,
        pesel_index=pesel_number.index,
        first_name=one.first_name,
        last_name=one.last_name,
        birth_date=one.birth_date,
        sex=one.sex,
        phone=one.phone,
        email=one.email,
        teryt=one.teryt,
        labour_status=one.labour_status,
        education=one.education,
        supported_from=one.supported_from,
        sort_key=polish_sort_key(f"{one.last_name} {one.first_name}"),
        search_key=search_key(f"{one.last_name} {one.first_name}")[:LONGEST_SEARCH],
    )


def _pesel(text: str, key: bytes) -> _Number:
    if not text.strip():
        return _Number(b"", None)
    number = pesel_number(text)
    return _Number(seal(key, number, PESEL), blind(number))


def _entity(one: EntityDetails, *, uuid: UUID, institution_id: int) -> Entity:
    nip = checked("nip", one.nip)
    regon = checked("regon", one.regon)
    krs = checked("krs", one.krs)
    directory = institutions.by_regon(regon) if regon else None
    keys = (("r", regon[:9]), ("n", nip), ("k", krs))
    identity = next((f"{letter}:{number}" for letter, number in keys if number), f"u:{uuid}")
    return Entity(
        uuid=uuid,
        institution_id=institution_id,
        name=one.name,
        is_social=one.is_social,
        kind=one.kind,
        nip=nip,
        regon=regon,
        krs=krs,
        teryt=one.teryt,
        directory_id=directory.pk if directory else None,
        identity=identity,
        sort_key=polish_sort_key(one.name),
        search_key=search_key(one.name),
    )
