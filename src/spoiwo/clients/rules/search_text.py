"""What a worker typed into the search box: numbers, dates, words; and how well a client fits it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from spoiwo.kernel import pesel
from spoiwo.kernel.text import search_key

MOST_WORDS = 6
_NUMBER_DIGITS = range(pesel.LENGTH - 1, pesel.LENGTH + 2)  # a digit lost or typed twice is looked for too
_DATE = re.compile(
    r"(?<!\d)(?:(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})|(?P<D>\d{1,2})[-./](?P<M>\d{1,2})[-./](?P<Y>\d{4}))(?!\d)"
)
_NUMBER = re.compile(rf"(?<![0-9])[0-9]{{{_NUMBER_DIGITS[0]},{_NUMBER_DIGITS[-1]}}}(?![0-9])")  # among words
# Short for street, flat, born; and what stands before a number.
_BESIDE_THE_POINT = frozenset({"ul", "al", "os", "pl", "m", "lok", "nr", "ur", "pesel"})
_IN_WORDS = (
    "stycznia january", "lutego february", "marca march", "kwietnia april", "maja may", "czerwca june", "lipca july",
    "sierpnia august", "wrzesnia september", "pazdziernika october", "listopada november", "grudnia december",
)  # fmt: skip
_MONTHS = {name: month for month, names in enumerate(_IN_WORDS, start=1) for name in names.split()}
_YEAR_DIGITS = 4
_SHORTEST_TYPO = 3  # letters of a word that may differ in one
_TWO_TYPOS_FROM = 7  # letters of a word that may differ in two
EXACT, BEGINS, ONE_SLIP, TWO_SLIPS, ELSEWHERE = range(5)


class Names(NamedTuple):
    """The folded words of a client that may be searched for."""

    last: str
    first: str
    street: str
    place: str
    house: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A text taken apart. number: digits of what may be a PESEL, anywhere in it; days: the date, and with day and
    month swapped.

    words: folded, letters only. house: a number of a house, with its flat if given, folded.
    """

    text: str
    number: str = ""
    days: tuple[date, ...] = ()
    words: tuple[str, ...] = ()
    house: str = ""


def read(text: str) -> Typed:
    """Take a text apart."""
    bare = text.strip()
    digits = "".join(bare.split())
    if digits.isascii() and digits.isdigit() and len(digits) in _NUMBER_DIGITS:
        return Typed(text=bare, number=digits)
    numbered = _NUMBER.search(bare)
    rest = _without(bare, numbered)
    found = _DATE.search(rest)
    days = _days(found) if found else ()
    rest = _without(rest, found) if days else rest
    parts = [part for part in search_key(rest).split() if part not in _BESIDE_THE_POINT]
    if not days:
        days, parts = _day_in_words(parts)
    # A number before every word, or before a month, belongs to the name of a street: 3 Maja.
    named = [at == 0 or not part[0].isdigit() or _is_of_month(parts, at) for at, part in enumerate(parts)]
    words = [part for part, is_word in zip(parts, named, strict=True) if is_word]
    houses = [part for part, is_word in zip(parts, named, strict=True) if not is_word]
    if not any(part.isalpha() for part in words):
        words = []
    return Typed(
        text=bare,
        number=numbered.group() if numbered else "",
        days=days,
        words=tuple(words[:MOST_WORDS]),
        house=" ".join(houses),
    )


def _is_of_month(parts: Sequence[str], at: int) -> bool:
    return at + 1 < len(parts) and parts[at + 1] in _MONTHS


def _day_in_words(parts: list[str]) -> tuple[tuple[date, ...], list[str]]:
    """A date such as 3 maja 1980 and the other parts; all of them where there is none."""
    for at, (day, month, year) in enumerate(zip(parts, parts[1:], parts[2:], strict=False)):
        if month in _MONTHS and day.isdecimal() and year.isdecimal() and len(year) == _YEAR_DIGITS:
            found = _day(int(year), _MONTHS[month], int(day))
            if found is not None:
                return (found,), parts[:at] + parts[at + 3 :]
    return (), parts


def _without(text: str, found: re.Match[str] | None) -> str:
    """The text without a part of it."""
    return f"{text[: found.start()]} {text[found.end() :]}" if found else text


def neighbours(number: str) -> list[str]:
    """Valid numbers that one slip makes of the typed digits, the number itself first when it is valid.

    A digit changed, two neighbours swapped, a digit lost or typed twice. Only one of ten passes the checksum.
    """
    made = {number}
    if len(number) == pesel.LENGTH:
        for at in range(pesel.LENGTH):
            made.update(f"{number[:at]}{digit}{number[at + 1 :]}" for digit in "0123456789")
        made.update(
            f"{number[:at]}{number[at + 1]}{number[at]}{number[at + 2 :]}" for at in range(pesel.LENGTH - 1)
        )
    elif len(number) < pesel.LENGTH:
        made.update(
            f"{number[:at]}{digit}{number[at:]}" for at in range(pesel.LENGTH) for digit in "0123456789"
        )
    else:
        made.update(number[:at] + number[at + 1 :] for at in range(len(number)))
    valid = [one for one in made if len(one) == pesel.LENGTH and pesel.Pesel(one).checksum_ok]
    return sorted(valid, key=lambda one: (one != number, one))


def allowed_slips(word: str) -> int:
    """How many letters of a word may be wrong."""
    if len(word) < _SHORTEST_TYPO:
        return 0
    return 2 if len(word) >= _TWO_TYPOS_FROM else 1


def fit(typed: Typed, names: Names) -> int | None:
    """How well a client fits the words and the house: 0 is best; None when a word is not there at all."""
    total = 0
    for word in typed.words:
        named = min((_rank(word, one) for one in f"{names.last} {names.first}".split()), default=_FAR)
        located = min((_rank(word, one) for one in f"{names.street} {names.place}".split()), default=_FAR)
        best = min(named, located + ELSEWHERE if located < _FAR else _FAR)
        if best >= _FAR:
            return None
        total += best
    if typed.house:
        rest = names.house.removeprefix(typed.house)
        if not typed.words or not names.house.startswith(typed.house) or rest[:1].isdigit():
            return None
        total += names.house != typed.house
    return total


def forgives(typed: Typed, names: Names) -> bool:
    """Whether a word typed begins none of the client's words: a slip was forgiven."""
    own = f"{names.last} {names.first} {names.street} {names.place}".split()
    return not all(any(one.startswith(word) for one in own) for word in typed.words)


_FAR = 99


def _rank(word: str, other: str) -> int:
    if other == word:
        return EXACT
    if other.startswith(word):
        return BEGINS
    slips = allowed_slips(word)
    if not slips or abs(len(word) - len(other)) > slips:
        return _FAR
    distance = _distance()(word, other, score_cutoff=slips)
    return BEGINS + distance if distance <= slips else _FAR


@cache
def _distance() -> Callable[..., int]:
    from rapidfuzz.distance import OSA

    return OSA.distance


def _days(found: re.Match[str]) -> tuple[date, ...]:
    year, month, day = (int(found[low] or found[high]) for low, high in (("y", "Y"), ("m", "M"), ("d", "D")))
    made: Sequence[date | None] = (_day(year, month, day), _day(year, day, month))
    return tuple(dict.fromkeys(one for one in made if one is not None))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
