"""Levels of two records field by field, in Python; `comparing` says the same in SQL.

A test holds the two together, so whoever changes one changes the other. What the levels mean is told in `explaining`.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from spoiwo.matching.strategy.comparing import DECADE, NO_LIKENESS
from spoiwo.matching.strategy.forms import Word
from spoiwo.matching.strategy.known import Known
from spoiwo.matching.strategy.weighing import MISSING

Test = Callable[[Word, Word], bool]
_UNSURE_GIVEN = frozenset({7, 9, 4, 3})
_UNSURE_SURNAME = frozenset({5, 7, 2})


def levels_of(one: Known, other: Known) -> dict[str, int]:
    """The level of each field of comparing.FIELDS; the same whichever record comes first."""
    given, surname = _names(one, other)
    return {
        "given": given,
        "surname": surname,
        "born": _born(one, other),
        "number": _number(one, other),
        "address": _address(one, other),
        "phone": _equal(one.phone, other.phone),
        "second": _equal(one.second and one.second.raw, other.second and other.second.raw),
        "sex": _equal(one.sex, other.sex),
        "document": _document(one.document, other.document),
        "email": _equal(one.email, other.email),
        "woman": int("K" in {one.sex, other.sex}),
    }


def _equal(one: object, other: object) -> int:
    if one is None or other is None:
        return MISSING
    return 0 if one == other else 5


def _names(one: Known, other: Known) -> tuple[int, int]:
    """Given name and surname; then what is in the other's place, second names and family names."""
    if one.first is None or other.first is None:
        given = MISSING
    else:
        given = 0 if one.first.raw == other.first.raw else given_level(one.first, other.first)
    if one.last is None or other.last is None:
        surname = MISSING
    else:
        surname = 0 if one.last.raw == other.last.raw else surname_level(one.last, other.last)
    if given in _UNSURE_GIVEN and surname in _UNSURE_SURNAME and _swapped(one, other):
        return 6, 6
    if given in {7, 9} and _second(one, other):
        given = 3
    if surname in {5, 7} and _family(one, other):
        surname = 2
    return given, surname


@lru_cache(maxsize=200_000)
def given_level(x: Word, y: Word) -> int:
    """Level of two given names that are not written alike."""
    return next((level for level, holds in _GIVEN if holds(x, y)), 7)


@lru_cache(maxsize=200_000)
def surname_level(x: Word, y: Word) -> int:
    """Level of two surnames that are not written alike."""
    return next((level for level, holds in _SURNAME if holds(x, y)), 7)


def _alike(x: Word, y: Word, one: str, other: str, *, least: int, similarity: float) -> bool:
    return (x.c1 == y.c1 and len(x.c1) > least) or JaroWinkler.similarity(one, other) >= similarity


def _are_known(x: Word, y: Word) -> bool:
    """Whether both given names are in the list of names: two such names are two, however alike (Maria, Marta)."""
    return x.given.startswith("=") and y.given.startswith("=")


def _begins(x: Word, y: Word) -> bool:
    return x.plain.startswith(y.plain) or y.plain.startswith(x.plain)


def _broken(x: Word, y: Word) -> bool:
    """One form lost its Polish letters, or has question marks in their place."""
    return (
        (len(x.bones) >= 3 and x.bones == y.bones) or _masked(x.plain, y.plain) or _masked(y.plain, x.plain)
    )


def _masked(mask: str, text: str) -> bool:
    return (
        "?" in mask and len(mask) == len(text) and all(m in {"?", t} for m, t in zip(mask, text, strict=True))
    )


def _slip(x: str, y: str) -> bool:
    """One wrong, missing, added or transposed letter; two in a long word."""
    shorter = min(len(x), len(y))
    if abs(len(x) - len(y)) > 2 or shorter < 3:
        return False
    return 1 <= DamerauLevenshtein.distance(x, y, score_cutoff=2) <= (2 if shorter >= 7 else 1)


# What is tried in turn; the first that holds gives the level.
_GIVEN: Sequence[tuple[int, Test]] = (
    (0, lambda x, y: x.t1 == y.t1),
    (1, lambda x, y: x.given == y.given),
    (3, lambda x, y: x.t2 + y.t2 != "" and y.t2 in {"", x.t1} and x.t2 in {"", y.t1}),
    (5, _broken),
    (4, lambda x, y: min(len(x.plain), len(y.plain)) not in {2, 3} and _begins(x, y)),
    (2, lambda x, y: not _are_known(x, y) and (_slip(x.t1, y.t1) or _slip(x.plain, y.plain))),
    (9, lambda x, y: _alike(x, y, x.t1, y.t1, least=1, similarity=0.87)),
)
_SURNAME: Sequence[tuple[int, Test]] = (
    (0, lambda x, y: x.sound == y.sound),
    (2, lambda x, y: x.t2 + y.t2 != "" and not x.parts.isdisjoint(y.parts)),
    (3, _broken),
    (4, lambda x, y: min(len(x.plain), len(y.plain)) >= 8 and _begins(x, y)),
    (7, lambda x, y: x.c1 != y.c1 and JaroWinkler.similarity(x.sound, y.sound) < NO_LIKENESS),
    (1, lambda x, y: _slip(x.sound, y.sound) or _slip(x.plain, y.plain)),
    (5, lambda x, y: _alike(x, y, x.sound, y.sound, least=2, similarity=0.9)),
)


def _swapped(one: Known, other: Known) -> bool:
    if one.first is None or other.first is None or one.last is None or other.last is None:
        return False
    return (_near(one.first, other.last) or one.first.t1 in other.last.parts) and (
        _near(one.last, other.first) or one.last.t1 in other.first.parts
    )


def _near(x: Word, y: Word) -> bool:
    return x.t1 == y.t1 or x.given == y.given or _slip(x.t1, y.t1)


def _second(one: Known, other: Known) -> bool:
    if one.first is None or other.first is None:
        return False
    if one.second is None and other.second is None:
        return False
    # Where both have second names, one alone may be that of a brother called after the other.
    return (one.second is None or one.second.given == other.first.given) and (
        other.second is None or other.second.given == one.first.given
    )


def _family(one: Known, other: Known) -> bool:
    if one.last is None or other.last is None:
        return False
    return (one.family is not None and bool(one.family.parts & other.last.parts)) or (
        other.family is not None and bool(other.family.parts & one.last.parts)
    )


def _born(one: Known, other: Known) -> int:
    x, y = one.day, other.day
    if x is None or y is None:
        return MISSING
    if x == y:
        return 0
    years, digits = abs(x // 10000 - y // 10000), _digits_apart(x, y)
    if years >= 12:
        return 9 if digits == 1 else 7
    turned = years == 0 and x // 100 % 100 == y % 100 and y // 100 % 100 == x % 100
    unknown_day = years == 0 and (_vague(one, x, y) or _vague(other, y, x))
    slip = digits == 1 or (digits == 2 and DamerauLevenshtein.distance(str(x), str(y)) == 1)
    near = (years <= 1 and x % 10000 == y % 10000) or abs(x - y) == 1
    decade = years <= DECADE and x % 10000 == y % 10000
    if (turned or slip or near or unknown_day or decade) and _confirmed(one, other):
        return 6
    for level, holds in ((1, turned), (3, unknown_day), (2, slip), (4, near)):
        if holds:
            return level
    return 5 if years == 0 or digits == 2 else 7


def _vague(one: Known, own: int, theirs: int) -> bool:
    """1 January stands for "unknown" unless the number beside it says another day than the other record."""
    return own % 10000 == 101 and one.coded in {None, theirs}


def _confirmed(one: Known, other: Known) -> bool:
    """Whether the number of one says the date of the other."""
    pairs = ((one.coded, other.born), (other.coded, one.born), (one.coded, other.coded))
    return any(x is not None and x == y for x, y in pairs)


def _digits_apart(x: int, y: int) -> int:
    return sum(x // 10**place % 10 != y // 10**place % 10 for place in range(8))


def _number(one: Known, other: Known) -> int:
    if one.pesel is None or other.pesel is None:
        return MISSING
    lowest = min(one.standing or 0, other.standing or 0)
    if one.pesel == other.pesel:
        return (2, 1, 0, 0)[lowest]
    slip = DamerauLevenshtein.distance(one.pesel, other.pesel, score_cutoff=2) == 1 and (
        sum(x != y for x, y in zip(one.pesel, other.pesel, strict=True)) <= 2
    )
    if lowest == 0:
        return 3 if slip else 7
    return 6 if slip else (4 if lowest == 1 else 5)


def _address(one: Known, other: Known) -> int:
    if one.town is None or other.town is None:
        return MISSING
    if one.housed and other.housed and one.building == other.building:
        if one.flat == other.flat:
            return 0
        return 2 if one.flat is not None and other.flat is not None else 1
    if one.road is not None and one.streets == other.streets:
        return 3
    return 4 if one.town == other.town else 5


def _document(one: str | None, other: str | None) -> int:
    level = _equal(one, other)
    if level == 5 and one and other and DamerauLevenshtein.distance(one, other, score_cutoff=2) == 1:
        return 2
    return level
