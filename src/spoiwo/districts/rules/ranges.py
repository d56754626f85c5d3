"""Ranges of addresses: what lies in one, which of several wins, finding the one of an address quickly."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from spoiwo.districts.types import (
    ANY_LETTER,
    NO_LETTER,
    Found,
    House,
    Level,
    Parity,
    Range,
    Spot,
)

_LETTERS = ANY_LETTER + 1
_WIDEST = 10**9
Closeness = tuple[int, int, int, int]
URBAN = "1"  # the last digit of the code of a commune that is one town


def level_of(one: Range) -> Level:
    """How closely the range says what it means."""
    if one.first is not None or one.last is not None:
        return Level.HOUSE if _is_one_number(one) else Level.NUMBERS
    if one.parity is not Parity.ALL:
        return Level.SIDE
    if one.street:
        return Level.STREET
    if one.place:
        return Level.PLACE
    return Level.COMMUNE if len(one.teryt) > 4 else Level.COUNTY


def closeness(one: Range) -> Closeness:
    """The greater, the closer: the level, then the fewer numbers, then a named place, then the smaller unit."""
    return level_of(one), -_width(one), bool(one.place), len(one.teryt)


def covers(one: Range, spot: Spot) -> bool:
    """Whether the spot lies in the range, whenever that is valid."""
    return (
        one.teryt in spot.units
        and _has_place(one, spot)
        and (not one.street or one.street in spot.streets)
        and _has_house(one, spot)
    )


def _has_place(one: Range, spot: Spot) -> bool:
    """An address without a place is taken by its street, or lies in a town that is one place anyway."""
    if not one.place or one.place == spot.place:
        return True
    return not spot.place and (bool(one.street) or one.teryt.endswith(URBAN))


def _has_house(one: Range, spot: Spot) -> bool:
    house = spot.house
    has_numbers = one.first is not None or one.last is not None
    if not has_numbers and one.parity is Parity.ALL:
        return True
    if house is None or (not one.street and spot.streets != ("",)):
        return False  # numbers without a street are those of a village without streets
    if one.parity is not Parity.ALL and (house.number % 2 == 1) is not (one.parity is Parity.ODD):
        return False
    return (one.first is None or house >= one.first) and (one.last is None or house <= one.last)


def _is_one_number(one: Range) -> bool:
    return one.first is not None and one.last is not None and one.first.number == one.last.number


def place_in_street(house: House) -> int:
    """House numbers as whole numbers in the order of the street."""
    return house.number * _LETTERS + house.letter


def _width(one: Range) -> int:
    first = place_in_street(one.first or House(0, NO_LETTER))
    last = place_in_street(one.last) if one.last is not None else _WIDEST
    return last - first


class Register:
    """Ranges of one institution, laid out so that an address is found without looking at them all."""

    def __init__(self, ranges: Iterable[Range]):
        by_street: dict[tuple[str, str], list[tuple[Closeness, Range]]] = defaultdict(list)
        for one in sorted(ranges, key=lambda each: each.id):
            by_street[one.teryt, one.street].append((closeness(one), one))
        self._closest_first = {
            key: sorted(rows, key=lambda row: row[0], reverse=True) for key, rows in by_street.items()
        }

    def find(self, spot: Spot, day: date) -> Found:
        """The closest range valid on the day; between equals the older row.

        Rivals are ranges of other districts that say so just as closely, unless this one is cut out of them.
        A street is looked for under its likeliest name first; another name counts when nothing names that one.
        """
        for street in spot.streets:
            level = self._of_closest_level(spot, street, day)
            if not level:
                continue
            best = max(level, key=lambda one: (closeness(one), -one.id))
            if best.street or street == spot.streets[-1]:
                rivals = (one for one in level if one.district != best.district and not _is_within(best, one))
                return Found(best, tuple(sorted(rivals, key=lambda one: one.id)))
        return Found(None)

    def _of_closest_level(self, spot: Spot, street: str, day: date) -> list[Range]:
        """All ranges of the closest level that hold the spot."""
        found: list[Range] = []
        level = 0
        for unit in spot.units:
            for key in (street, "") if street else ("",):
                for close, one in self._closest_first.get((unit, key), ()):
                    if close[0] < level:
                        break
                    if one.period.contains(day) and covers(one, spot):
                        found = [*found, one] if close[0] == level else [one]
                        level = close[0]
        return found


def _is_within(inner: Range, outer: Range) -> bool:
    """Whether the first range is a smaller part cut out of the second."""
    return (
        closeness(outer) < closeness(inner)
        and (outer.parity is Parity.ALL or outer.parity is inner.parity)
        and (outer.first is None or (inner.first is not None and outer.first <= inner.first))
        and (outer.last is None or (inner.last is not None and outer.last >= inner.last))
    )
