"""What a range may say."""

from datetime import date

from spoiwo.districts.rules.addresses import (
    house_of,
    is_house,
    last_house_of,
    place_key,
    street_key,
    units_of,
)
from spoiwo.districts.types import Fault, Parity, RangeDetails

LEVELS = (4, 7)


def faults_of(one: RangeDetails) -> list[tuple[str, Fault]]:
    """What is wrong with a range, by field."""
    faults: list[tuple[str, Fault]] = []
    if len(one.teryt) not in LEVELS or not units_of(one.teryt):
        faults.append(("teryt", Fault.TERYT))
    has_numbers = bool(one.first_house or one.last_house or one.parity is not Parity.ALL)
    if has_numbers and not one.street and not one.place:
        faults.append(("parity", Fault.NUMBERS_NOWHERE))
    faults += [
        (field, Fault.NUMBER)
        for field in ("first_house", "last_house")
        if getattr(one, field) and not is_house(getattr(one, field))
    ]
    first, last = house_of(one.first_house), last_house_of(one.last_house)
    if first is not None and last is not None and last < first:
        faults.append(("last_house", Fault.ORDER))
    if one.valid_to is not None and one.valid_to < one.valid_from:
        faults.append(("valid_to", Fault.DATES))
    return faults


def key_of(one: RangeDetails) -> tuple[str, ...]:
    """What makes two ranges the same ground, however they are spelled."""
    first, last = house_of(one.first_house), last_house_of(one.last_house)
    return (
        one.teryt,
        place_key(one.place),
        street_key(one.street),
        one.parity,
        f"{first.number}/{first.letter}" if first else "",
        f"{last.number}/{last.letter}" if last else "",
    )


def is_same_time(start: date, end: date | None, other_start: date, other_end: date | None) -> bool:
    """Whether two periods share a day."""
    return (end is None or other_start <= end) and (other_end is None or start <= other_end)
