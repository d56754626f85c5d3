"""What two offices may compare blindly: values that are equal for one person in spite of slips, and what follows.

Nobody who compares them sees anything but whether they are equal, so that every kind forgives one slip of its own.
The values are personal data: they leave an office under a key of the two offices alone.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import product
from typing import NamedTuple

from spoiwo.matching.strategy.known import Known


class Token(NamedTuple):
    """kind: of KINDS."""

    kind: str
    value: str


KINDS = (
    "number", "number_given", "serial", "names_day", "coarse_day", "part_day", "swapped_day", "names_month",
    "names_day_of_month", "given_phone", "given_home", "names_phone", "names_home", "day_phone", "day_home",
    "number_day", "document_day", "start_day", "end_day",
)  # fmt: skip
"""The order is part of the format: a token tells its kind by its place here."""
SURE, POSSIBLE = "sure", "possible"
_NUMBERED = (
    "number_day", "coarse_day", "part_day", "names_month", "names_day_of_month",
)  # fmt: skip
_DATED = ("coarse_day", "part_day", "start_day", "names_month", "names_day_of_month")
_ENOUGH = tuple(
    frozenset(kinds)
    for kinds in (
        ("names_day",), ("given_phone",), ("given_home",), ("number_day", "serial"),
        *product(("number_given",), _NUMBERED),
        *product(("number",), _DATED),
        *product(("coarse_day", "end_day"), ("day_phone", "day_home")),
        ("coarse_day", "part_day"), ("coarse_day", "start_day"), ("coarse_day", "end_day"), ("start_day", "end_day"),
        ("swapped_day", "names_phone"), ("swapped_day", "names_home"),
        ("names_day_of_month", "names_phone"), ("names_month", "names_phone"), ("names_month", "names_home"),
        ("number_given", "names_phone"), ("number_given", "swapped_day"),
    )
)  # fmt: skip
"""Kinds that together make two rows one person; measured on registers of two independent models."""
_ENOUGH_AGAINST_NUMBERS = (frozenset({"names_day", "given_phone"}), frozenset({"names_day", "given_home"}))
"""The same where both have a right number and the two differ: one of them is a relative's or was mistyped."""
_TOO_LITTLE = frozenset(
    {"names_home", "names_phone", "names_month", "names_day_of_month", "day_phone", "day_home"}
)
"""Kinds of which one alone is shared by relatives, neighbours and namesakes more often than by one person."""


def level(shared: Collection[int], left: Collection[int], right: Collection[int]) -> str | None:
    """SURE, POSSIBLE or None for two rows. shared: places in KINDS of tokens that both have; left, right: of all."""
    kinds = {KINDS[place] for place in shared if place < len(KINDS)}
    number = KINDS.index("number")
    contradicting = number in left and number in right and number not in shared
    enough = _ENOUGH_AGAINST_NUMBERS if contradicting else _ENOUGH
    if any(needed <= kinds for needed in enough):
        return SURE
    if not kinds or (len(kinds) == 1 and kinds <= _TOO_LITTLE) or (contradicting and kinds <= _TOO_LITTLE):
        return None
    return POSSIBLE


def tokens(one: Known) -> list[Token]:
    """The tokens of a record, each once. A number counts only when its checksum is right."""
    one = _in_order(one)
    made = {*_of_number(one), *_of_date(one), *_of_contact(one)}
    return sorted(made)


def _in_order(one: Known) -> Known:
    """The record with its names in their places, where the last name is a known given name and the first is none."""
    is_given = [name is not None and name.given.startswith("=") for name in (one.first, one.last)]
    if is_given != [False, True]:
        return one
    return replace(one, first=one.last, last=one.first)


def _of_number(one: Known) -> Iterator[Token]:
    if one.pesel is None or not one.standing:
        return
    yield Token("number", one.pesel)
    if one.first is not None:
        yield Token("number_given", f"{one.pesel}|{one.first.given}")
        yield Token("serial", f"{one.pesel[-5:]}|{one.first.c1}|{one.last.c1 if one.last else ''}")
    if one.born is not None:
        yield Token("number_day", f"{one.pesel}|{one.born}")


def _of_date(one: Known) -> Iterator[Token]:
    day, first, last = one.day, one.first, one.last
    if day is None or first is None:
        return
    if one.document is not None:
        yield Token("document_day", f"{one.document}|{day}")
    if last is None:
        return
    year, month, of_month = day // 10000, day // 100 % 100, day % 100
    names = "|".join(sorted((first.given, last.t1)))
    coarse = "|".join(sorted((first.c1, last.c1)))
    yield Token("names_day", f"{names}|{day}")
    yield Token("coarse_day", f"{coarse}|{day}")
    for part in {*last.parts, last.t1, *(one.family.parts if one.family else ())}:
        yield Token("part_day", f"{first.given}|{part}|{day}")
    yield Token("start_day", f"{'|'.join(sorted((first.t1[:3], last.t1[:4])))}|{day}")
    yield Token("end_day", f"{first.given}|{last.t1[-4:]}|{day}")
    if month <= 12 and of_month <= 12:
        yield Token("swapped_day", f"{names}|{year}|{min(month, of_month)}|{max(month, of_month)}")
    yield Token("names_month", f"{names}|{year}|{month}")
    yield Token("names_day_of_month", f"{names}|{year}|{of_month}")


def _of_contact(one: Known) -> Iterator[Token]:
    day, first, last = one.day, one.first, one.last
    home = "|".join(part or "" for part in one.home) if one.housed else ""
    for place, value in (("phone", str(one.phone or "")), ("home", home)):
        if not value:
            continue
        if first is not None and day is not None:
            yield Token(f"given_{place}", f"{value}|{first.given}|{day}")
        if first is not None and last is not None:
            yield Token(f"names_{place}", f"{value}|{'|'.join(sorted((first.given, last.t1)))}")
        if day is not None:
            yield Token(f"day_{place}", f"{value}|{day}")
