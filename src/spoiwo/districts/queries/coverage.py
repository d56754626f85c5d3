"""Where districts leave ground out, claim it twice or differ from those of others; who carries how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from spoiwo.clients.queries import counts, residences
from spoiwo.districts.models import AddressRange, Assignment, District, HandOver
from spoiwo.districts.queries.listing import written
from spoiwo.districts.queries.registers import ranges_of
from spoiwo.districts.rules import cells as rules
from spoiwo.districts.rules.addresses import spot_of
from spoiwo.districts.rules.ranges import Register
from spoiwo.districts.types import Address, Cell, HandOverState, Range
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.territory import queries as territory


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the own districts cover. clients: own clients in the register; outside: those of no district."""

    gaps: Sequence[Cell]
    overlaps: Sequence[tuple[Cell, tuple[Range, ...]]]
    clients: int
    outside: Sequence[tuple[int, Address]]
    districts: dict[int, District]
    rows: Sequence[AddressRange]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one worker carries."""

    name: str
    user_id: int
    districts: int
    clients: int
    common: int
    to_give: int
    to_take: int


def coverage(actor: Actor, day: date) -> Coverage:
    """Gaps and overlaps of the own districts on the day."""
    known = ranges_of(actor.institution_id, since=day)
    in_force = [one for one in known if one.period.contains(day)]
    register = Register(in_force)
    answered = rules.answers(rules.cells_of(in_force, _communes(actor, day)), register, day)
    homes = [
        (record, Address(teryt=home[0], place=home[1], street=home[2], house=home[3]))
        for record, home in residences.addresses_of(actor.institution_id)
    ]
    outside = [
        (record, address) for record, address in homes if register.find(spot_of(address), day).range is None
    ]
    return Coverage(
        gaps=rules.gaps(answered),
        overlaps=rules.overlaps(answered),
        clients=len(homes),
        outside=outside,
        districts=District.objects.in_bulk({one.district for one in in_force}),
        rows=list(AddressRange.objects.filter(pk__in=[one.id for one in in_force])),
    )


def differences(
    actor: Actor, other_id: int, day: date
) -> list[tuple[tuple[District | None, District | None], list[Cell]]]:
    """Pairs of districts, own and other, that share ground although one of them meets several."""
    own, other = ranges_of(actor.institution_id, since=day), ranges_of(other_id, since=day)
    both = [one for one in {one.id: one for one in [*own, *other]}.values() if one.period.contains(day)]
    found = rules.differences(both, Register(own), Register(other), day)
    districts = District.objects.in_bulk({pk for pair, _cells in found for pk in pair if pk is not None})
    named = [
        ((districts.get(left or 0), districts.get(right or 0)), ground) for (left, right), ground in found
    ]
    return sorted(named, key=lambda each: tuple(str(one or "") for one in each[0]))


def others_with_districts(actor: Actor) -> list[tuple[int, str]]:
    """Other institutions that work by districts, by name."""
    owners = set(District.objects.values_list("institution_id", flat=True))
    owners |= set(
        District.objects.filter(partner_accepted_on__isnull=False).values_list("partner_id", flat=True)
    )
    owners -= {actor.institution_id}
    return sorted(
        ((pk, badge.name) for pk, badge in institutions.badges_of(owners).items()), key=lambda one: one[1]
    )


def workload(actor: Actor, day: date) -> list[Load]:
    """What every worker with clients or hand-overs carries, most clients first."""
    open_rows = Assignment.objects.visible_to(actor).filter(ends_on=None)
    common = counts.common_records(actor.institution_id, day)
    loads: dict[tuple[int, str], list[set[int]]] = {}
    for user, name, record, district in open_rows.values_list(
        "user_id", "worker_name", "record_id", "district_id"
    ):
        mine = loads.setdefault((user or 0, name), [set(), set()])
        mine[0].add(record)
        mine[1].add(district)
    give = _hand_overs(actor, "from_user_id", "from_worker", (HandOverState.OPEN,))
    take = _hand_overs(actor, "to_user_id", "to_worker", (HandOverState.OPEN, HandOverState.HANDED))
    found = [
        Load(
            name=name,
            user_id=user,
            districts=len(loads.get((user, name), ((), ()))[1]),
            clients=len(loads.get((user, name), ((), ()))[0]),
            common=len(common.intersection(loads.get((user, name), ((), ()))[0])),
            to_give=give.get((user, name), 0),
            to_take=take.get((user, name), 0),
        )
        for user, name in {*loads, *give, *take}
    ]
    return sorted(found, key=lambda one: (-one.clients, one.name))


def _hand_overs(
    actor: Actor, user: str, name: str, states: Sequence[HandOverState]
) -> dict[tuple[int, str], int]:
    rows = HandOver.objects.visible_to(actor).filter(state__in=states)
    return {(pk or 0, text): n for pk, text, n in rows.values_list(user, name).annotate(n=Count("pk"))}


def _communes(actor: Actor, day: date) -> list[str]:
    """Communes of the area that the institution serves."""
    office = institutions.institution_of(actor)
    area = office.area if office else ""
    if len(area) == 4:
        return [unit.code for unit in territory.communes_of(area, day)]
    return [area] if len(area) == 7 else []


def written_by(actor: Actor, other_id: int) -> dict[str, str]:
    """How places and streets are written in the districts of two institutions."""
    serving = District.objects.serving([actor.institution_id, other_id])
    return written(AddressRange.objects.filter(district__in=serving))
