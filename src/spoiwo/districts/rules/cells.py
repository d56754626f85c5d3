"""The ground that districts cover, cut into cells that every range treats alike.

Asking about one address of each cell tells overlaps, gaps and differences exactly, without a list of all houses.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from spoiwo.districts.rules.addresses import units_of
from spoiwo.districts.rules.ranges import URBAN, Register, place_in_street
from spoiwo.districts.types import (
    ANY_LETTER,
    ELSEWHERE,
    NO_LETTER,
    Cell,
    Found,
    House,
    Parity,
    Range,
    Spot,
)

_SPAN = ANY_LETTER + 1
_FIRST = place_in_street(House(1, NO_LETTER))


def cells_of(ranges: Sequence[Range], communes: Iterable[str] = ()) -> Iterator[Cell]:
    """Cells of all communes that ranges name, and of those given, in order of place, street and number."""
    named = {one.teryt for one in ranges if len(one.teryt) > 4}
    for commune in sorted({*named, *communes}):
        here = [one for one in ranges if one.teryt in units_of(commune)]
        places = {one.place for one in here if one.place}
        if not (places and commune.endswith(URBAN)):  # a town is one place
            places.add(ELSEWHERE)
        for place in sorted(places):
            inside = [one for one in here if one.place in {"", place}]
            yield from _streets(commune, place, inside)


def answers(cells: Iterable[Cell], register: Register, day: date) -> list[tuple[Cell, Found]]:
    """What the register says about each cell on the day."""
    return [(cell, register.find(cell.sample, day)) for cell in cells]


def gaps(answered: Iterable[tuple[Cell, Found]]) -> list[Cell]:
    """Ground that belongs to no district, neighbouring cells of a street together."""
    return _joined(cell for cell, found in answered if found.range is None)


def overlaps(answered: Iterable[tuple[Cell, Found]]) -> list[tuple[Cell, tuple[Range, ...]]]:
    """Ground that several districts claim equally closely, with the ranges that do, the one that wins first."""
    return [(cell, (found.range, *found.rivals)) for cell, found in answered if found.range and found.rivals]


def differences(
    ranges: Sequence[Range], own: Register, other: Register, day: date
) -> list[tuple[tuple[int | None, int | None], list[Cell]]]:
    """Pairs of districts of two institutions, each with the ground they share, when a district meets several.

    ranges: those of both. A pair both of whose districts meet no other district is no difference.
    """
    shared: dict[tuple[int | None, int | None], list[Cell]] = defaultdict(list)
    for cell in cells_of(ranges):
        mine, theirs = own.find(cell.sample, day).range, other.find(cell.sample, day).range
        if mine is not None or theirs is not None:
            shared[mine.district if mine else None, theirs.district if theirs else None].append(cell)
    met: tuple[dict[int | None, set[int | None]], ...] = (defaultdict(set), defaultdict(set))
    for left, right in shared:
        met[0][left].add(right)
        met[1][right].add(left)
    return [
        (pair, _joined(cells))
        for pair, cells in shared.items()
        if None in pair or len(met[0][pair[0]]) > 1 or len(met[1][pair[1]]) > 1
    ]


def _streets(commune: str, place: str, ranges: Sequence[Range]) -> Iterator[Cell]:
    named = {one.street for one in ranges if one.street}
    has_village_numbers = any(_is_numbered(one) and not one.street for one in ranges)
    for street in sorted(named | {ELSEWHERE} | ({""} if has_village_numbers else set())):
        numbered = [one for one in ranges if one.street == ("" if street == ELSEWHERE else street)]
        if street == ELSEWHERE:
            numbered = []
        yield from _numbers(commune, place, street, [one for one in numbered if _is_numbered(one)])


def _is_numbered(one: Range) -> bool:
    return one.first is not None or one.last is not None or one.parity is not Parity.ALL


def _numbers(commune: str, place: str, street: str, numbered: Sequence[Range]) -> Iterator[Cell]:
    """One cell when nobody speaks of numbers, else the stretches between the limits, each side apart."""
    if not numbered:
        spot = _spot(commune, place, street, None)
        yield Cell(
            teryt=commune, place=place, street=street, parity=Parity.ALL, first=None, last=None, sample=spot
        )
        return
    for parity in (Parity.ODD, Parity.EVEN):
        for start, end in pairwise([*_limits(numbered), None]):
            house = _first_house(start or _FIRST, end, parity)
            if house is None:
                continue
            yield Cell(
                teryt=commune,
                place=place,
                street=street,
                parity=parity,
                first=house,
                last=_last_house(end, parity),
                sample=_spot(commune, place, street, house),
            )


def _limits(numbered: Iterable[Range]) -> list[int]:
    limits = {_FIRST}
    for one in numbered:
        if one.first is not None:
            limits.add(max(place_in_street(one.first), _FIRST))
        if one.last is not None:
            limits.add(place_in_street(one.last) + 1)
    return sorted(limits)


def _first_house(start: int, end: int | None, parity: Parity) -> House | None:
    """The first house of the side at or after the start; None when the stretch ends before it."""
    number, letter = divmod(start, _SPAN)
    if (number % 2 == 1) is not (parity is Parity.ODD):
        number, letter = number + 1, NO_LETTER
    house = House(number, letter)
    return None if end is not None and place_in_street(house) >= end else house


def _last_house(end: int | None, parity: Parity) -> House | None:
    """The last house of the side before the end of a stretch."""
    if end is None:
        return None
    number, letter = divmod(end - 1, _SPAN)
    if (number % 2 == 1) is not (parity is Parity.ODD):
        number, letter = number - 1, ANY_LETTER
    return House(number, letter)


def _spot(commune: str, place: str, street: str, house: House | None) -> Spot:
    return Spot(units=units_of(commune), place=place, streets=(street,), house=house)


def _joined(cells: Iterable[Cell]) -> list[Cell]:
    """Stretches of one side that follow each other as one."""
    joined: list[Cell] = []
    for cell in cells:
        before = joined[-1] if joined else None
        if before is not None and _follows(before, cell):
            joined[-1] = Cell(
                teryt=cell.teryt,
                place=cell.place,
                street=cell.street,
                parity=cell.parity,
                first=before.first,
                last=cell.last,
                sample=before.sample,
            )
        else:
            joined.append(cell)
    return joined


def _follows(before: Cell, cell: Cell) -> bool:
    side = (before.teryt, before.place, before.street, before.parity)
    if before.last is None or side != (cell.teryt, cell.place, cell.street, cell.parity):
        return False
    return _first_house(place_in_street(before.last) + 1, None, cell.parity) == cell.first
