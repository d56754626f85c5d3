"""Ranges and workers of districts as plain values, ready to be asked about addresses."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from spoiwo.districts.models import AddressRange, District, Duty, Substitution
from spoiwo.districts.rules.addresses import house_of, last_house_of
from spoiwo.districts.rules.ranges import Register
from spoiwo.districts.types import Parity, Range, Spot, Worker
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.periods import Period

COLUMNS = (
    "pk",
    "district_id",
    "teryt",
    "place_key",
    "street_key",
    "parity",
    "first_house",
    "last_house",
    "valid_from",
    "valid_to",
)


def as_range(row: tuple[Any, ...]) -> Range:
    """A row of COLUMNS as the rules take it."""
    pk, district, teryt, place, street, parity, first, last, valid_from, valid_to = row
    return Range(
        id=pk,
        district=district,
        teryt=teryt,
        place=place,
        street=street,
        parity=Parity(parity),
        first=house_of(first),
        last=last_house_of(last),
        period=Period(valid_from, valid_to),
    )


def ranges_of(institution_id: int, *, since: date | None = None) -> list[Range]:
    """Ranges by which an institution works, without those that were over before `since`."""
    rows = AddressRange.objects.filter(district__in=District.objects.serving([institution_id]))
    if since is not None:
        rows = rows.not_over(since)
    return [as_range(row) for row in rows.order_by("pk").values_list(*COLUMNS)]


def registers_around(spot: Spot, day: date) -> dict[int, Register]:
    """Per institution the ranges that could hold the address on the day."""
    rows = (
        AddressRange.objects.in_force(day)
        .filter(Q(street_key="") | Q(street_key__in=spot.streets), teryt__in=spot.units)
        .values_list(
            *COLUMNS, "district__institution_id", "district__partner_id", "district__partner_accepted_on"
        )
    )
    found: dict[int, list[Range]] = defaultdict(list)
    for *columns, owner, partner, accepted_on in rows:
        one = as_range(tuple(columns))
        found[owner].append(one)
        if partner is not None and accepted_on is not None:
            found[partner].append(one)
    return {institution: Register(ranges) for institution, ranges in found.items()}


def workers_on(
    day: date, *, districts: Iterable[int] = (), institution_id: int = 0
) -> dict[tuple[int, int], Worker]:
    """(district, institution) -> who serves it on the day; of some districts, or of one institution."""
    rows = Duty.objects.in_force(day).order_by("valid_from", "pk")
    rows = (
        rows.filter(institution_id=institution_id)
        if institution_id
        else rows.filter(district__in=list(districts))
    )
    return {
        (district, institution): Worker(name, user or 0)
        for district, institution, name, user in rows.values_list(
            "district_id", "institution_id", "worker_name", "user_id"
        )
    }


def substitutes_on(day: date, user_ids: Iterable[int]) -> dict[tuple[int, int], tuple[Worker, date]]:
    """(institution, absent account) -> who stands in on the day and until when."""
    rows = Substitution.objects.on(day).filter(absent__in=set(user_ids)).order_by("pk")
    return {
        (institution, absent): (Worker(institutions.full_name(substitute), substitute), ends_on)
        for institution, absent, substitute, ends_on in rows.values_list(
            "institution_id", "absent_id", "substitute_id", "ends_on"
        )
    }
