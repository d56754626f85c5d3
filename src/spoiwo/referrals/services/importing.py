"""Bringing referrals of former years in from a file: good rows are taken, refused ones are kept with reasons.

A row that was taken before is known by its number and changes nothing, so a file may be read again.
"""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from spoiwo.access import services as access
from spoiwo.access.types import RelationKind
from spoiwo.catalogue.errors import NoFreePlace
from spoiwo.catalogue.queries import finding
from spoiwo.catalogue.services import capacity
from spoiwo.clients.queries.own_numbers import NumberedClient, clients_numbered
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.referrals import policies
from spoiwo.referrals.errors import NoSuchReferral, UnusableFile
from spoiwo.referrals.models import Referral, ReferralEvent, ReferralFile, RefusedReferral
from spoiwo.referrals.rules.deadlines import due_on
from spoiwo.referrals.rules.files import COLUMNS, MOST_ROWS, NEEDED, FileRow, read_row
from spoiwo.referrals.rules.steps import HOLDS_PLACE, OPEN
from spoiwo.referrals.services import packets
from spoiwo.referrals.services.log import record_file
from spoiwo.referrals.services.sending import keys_of
from spoiwo.referrals.types import Basis, RefusedRow, Side, Step
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.tables import UnusableTable, read_table

AT_ONCE = 1000


@dataclass(slots=True)
class _Reading:
    """What is known while a file is read."""

    clients: Mapping[str, NumberedClient]
    places: Mapping[tuple[str, str], finding.ListedPlace]
    known: set[str]
    open_pairs: set[tuple[int, UUID]]
    numbers: set[str] = field(default_factory=set)
    taken: int = 0
    repeated: int = 0
    refused: list[RefusedRow] = field(default_factory=list)


def import_referrals(name: str, content: bytes, *, today: date, at: datetime, by: Actor) -> ReferralFile:
    """Read a file. Raises NoSuchReferral for people without the task, UnusableFile."""
    if not policies.imports(by):
        raise NoSuchReferral("file")
    rows = _rows(content)
    reading = _reading(rows, by)
    good = [row for row in (_checked(one, reading, today, by) for one in rows) if row is not None]
    for first in range(0, len(good), AT_ONCE):
        _take(good[first : first + AT_ONCE], reading, at=at, today=today, by=by)
    return _keep(name, content, len(rows), reading, at=at, by=by)


def _rows(content: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        return list(read_table(content, columns=COLUMNS, needed=NEEDED, most_rows=MOST_ROWS))
    except UnusableTable as error:
        raise UnusableFile(error.problem) from error


def _reading(rows: list[tuple[int, dict[str, str]]], by: Actor) -> _Reading:
    own = Referral.objects.filter(sender_id=by.institution_id)
    return _Reading(
        clients=clients_numbered(by, {cells["numer_klienta"] for _, cells in rows}),
        places=finding.listed_by_name(),
        known=set(own.values_list("number", flat=True)),
        open_pairs=set(own.filter(state__in=OPEN).values_list("place_id", "person_id")),
    )


def _checked(one: tuple[int, dict[str, str]], reading: _Reading, today: date, by: Actor) -> FileRow | None:
    """The row when it can be taken; otherwise it is counted as known, or kept with its problems."""
    number, cells = one
    found = read_row(number, cells, today=today)
    if isinstance(found, FileRow) and found.reference in reading.known:
        reading.repeated += 1
        return None
    problems = found if isinstance(found, tuple) else _problems(found, reading, by)
    if isinstance(found, tuple) or problems:
        reading.refused.append(RefusedRow(number, cells, problems))
        return None
    reading.numbers.add(found.reference)
    return found


def _problems(row: FileRow, reading: _Reading, by: Actor) -> tuple[str, ...]:
    found = ["number_twice"] if row.reference in reading.numbers else []
    client = reading.clients.get(row.client)
    place = _place(row, reading)
    if client is None:
        found.append("client")
    if place is None:
        found.append("place")
    elif place.institution_id == by.institution_id:
        found.append("own_place")
    if client is None or place is None or found or row.state not in OPEN:
        return tuple(found)
    pair = (place.pk, client.person)
    if pair in reading.open_pairs:
        return ("open_already",)
    reading.open_pairs.add(pair)
    return ()


def _place(row: FileRow, reading: _Reading) -> finding.ListedPlace | None:
    return reading.places.get((row.receiver, search_key(row.place)))


@transaction.atomic
def _take(rows: list[FileRow], reading: _Reading, *, at: datetime, today: date, by: Actor) -> None:
    made = []
    for row in rows:
        place = _place(row, reading)
        assert place is not None, row.place
        if row.state in HOLDS_PLACE:
            try:
                capacity.take_place(place.pk)
            except NoFreePlace:
                reading.refused.append(RefusedRow(row.number, row.cells, ("no_free_place",)))
                continue
        made.append(_referral(row, place, reading.clients[row.client], at=at, today=today, by=by))
    Referral.objects.bulk_create(made)
    ReferralEvent.objects.bulk_create(
        ReferralEvent(
            referral=one,
            sender_id=one.sender_id,
            receiver_id=one.receiver_id,
            at=at,
            step=Step.SEND,
            side=Side.SENDER,
            state=one.state,
            outcome=one.outcome,
            by_id=by.user_id,
        )
        for one in made
    )
    _let_know([one for one in made if one.state in OPEN], today)
    reading.taken += len(made)


def _referral(
    row: FileRow, place: finding.ListedPlace, client: NumberedClient, *, at: datetime, today: date, by: Actor
) -> Referral:
    key, sealed = packets.packed({packets.REASON: row.cells["powod"]})
    is_open = row.state in OPEN
    made = Referral(
        number=row.reference,
        case_ref=row.cells["znak_sprawy"],
        sender_id=by.institution_id,
        receiver_id=place.institution_id,
        place=place,
        person_id=client.person,
        record_id=client.record,
        first_name=client.first_name,
        last_name=client.last_name,
        basis=Basis.AGREEMENT,
        wrapped_key=key.wrapped,
        packet_sealed=sealed,
        state=row.state,
        holds_place=row.state in HOLDS_PLACE,
        sent_on=row.sent_on,
        sent_by_id=by.user_id,
        due_on=due_on(row.state, today, respond_days=place.respond_days) if is_open else None,
        waiting_since=_noon(row.sent_on) if is_open else None,
        ended_on=row.ended_on,
        outcome=row.outcome,
        acknowledged_at=None if is_open else at,
        is_imported=True,
    )
    keys_of(made)
    return made


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time())) + timedelta(hours=12)


def _let_know(rows: list[Referral], today: date) -> None:
    by_receiver: dict[int, list[tuple[UUID, int]]] = defaultdict(list)
    for row in rows:
        by_receiver[row.receiver_id].append((row.person_id, row.receiver_id))
    for receiver_id, pairs in by_receiver.items():
        with acting_for(receiver_id):
            access.open_relations(pairs, kind=RelationKind.REFERRAL, since=today)


@transaction.atomic
def _keep(
    name: str, content: bytes, rows: int, reading: _Reading, *, at: datetime, by: Actor
) -> ReferralFile:
    file = ReferralFile.objects.create(
        institution_id=by.institution_id,
        name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        rows=rows,
        taken=reading.taken,
        known=reading.repeated,
        refused=len(reading.refused),
        read_at=at,
        read_by_id=by.user_id,
    )
    RefusedReferral.objects.bulk_create(
        RefusedReferral(
            file=file,
            institution_id=by.institution_id,
            number=one.number,
            cells=dict(one.cells),
            problems=list(one.problems),
        )
        for one in reading.refused
    )
    record_file(by, file.uuid, count=reading.taken)
    return file
