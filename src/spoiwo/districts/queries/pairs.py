"""Who serves an address, and who serves a client."""

from datetime import date
from uuid import UUID

from spoiwo.clients.queries import own_records
from spoiwo.districts.models import District
from spoiwo.districts.queries.registers import registers_around, substitutes_on, workers_on
from spoiwo.districts.rules.addresses import spot_of
from spoiwo.districts.types import Address, Found, Pair, Side, Worker
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Badge, Kind
from spoiwo.kernel.actor import Actor

ORDER = {Kind.PUP: 0, Kind.OPS: 1, Kind.CUS: 1, Kind.PCPR: 2}
LAST = 9


def pair_for(actor: Actor, record: UUID, *, day: date) -> Pair | None:
    """Everybody who serves the address that the own register gives for a client today.

    record: public id of the own record. None when there is no such record within the actor's reach. Only the own
    register's address is looked at, so nothing of another institution's is told but whom it has for this address.
    """
    address = address_for(actor, record)
    return None if address is None else pair_at(address, day)


def address_for(actor: Actor, record: UUID) -> Address | None:
    """Where the own register says the client lives; None when the record is out of reach."""
    found = own_records.own_record(actor, record)
    version = own_records.own_version(actor, found.pk) if found else None
    if version is None:
        return None
    return Address(teryt=version.teryt, place=version.place, street=version.street, house=version.house)


def pair_at(address: Address, day: date) -> Pair:
    """Everybody who serves an address on the day, from the districts of every institution that has any there."""
    spot = spot_of(address)
    registers = registers_around(spot, day)
    found = {institution: register.find(spot, day) for institution, register in registers.items()}
    named = {one.range.district for one in found.values() if one.range}
    named |= {rival.district for one in found.values() for rival in one.rivals}
    districts = District.objects.in_bulk(named)
    workers = workers_on(day, districts=named)
    stand_ins = substitutes_on(day, [worker.user_id for worker in workers.values() if worker.user_id])
    badges = institutions.badges_of(found)
    sides = [
        _side(badges[institution], one, districts, workers.get((one.range.district, institution)), stand_ins)
        for institution, one in found.items()
        if one.range is not None
    ]
    return Pair(tuple(sorted(sides, key=_place_in_pair)))


def _place_in_pair(side: Side) -> tuple[int, str]:
    return ORDER.get(
        Kind(side.institution.kind), LAST
    ) if side.institution.kind else LAST, side.institution.name


def _side(
    badge: Badge,
    found: Found,
    districts: dict[int, District],
    worker: Worker | None,
    stand_ins: dict[tuple[int, int], tuple[Worker, date]],
) -> Side:
    assert found.range is not None
    district = districts[found.range.district]
    substitute, until = stand_ins.get((badge.id, worker.user_id if worker else 0), (None, None))
    return Side(
        institution=badge,
        district_id=district.pk,
        district_code=district.code,
        district_name=district.name,
        worker=worker,
        substitute=substitute,
        substitute_until=until,
        rivals=tuple(str(districts[rival.district]) for rival in found.rivals),
    )
