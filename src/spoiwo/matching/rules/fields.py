"""How single fields of two records compare, the Polish way."""

from datetime import date
from functools import lru_cache

from spoiwo.kernel.text import fold, search_key
from spoiwo.matching.types import Mark, Subject

_FEMININE = ("ska", "cka", "dzka")
_SHORTEST_TYPO = 4  # in shorter names one letter makes another name: Ewa, Iwa; Jan, Jon
_PHONE_DIGITS = 9
_CACHED = 65536


def mark_given_names(left: Subject, right: Subject) -> Mark:
    """The first given name; standing second on the other side, or one typing error away, is similar."""
    mine, theirs = words(left.first_name), words(right.first_name)
    if not mine or not theirs:
        return Mark.MISSING
    if mine[0] == theirs[0]:
        return Mark.AGREES
    if mine[0] in (*theirs, *words(right.second_name)) or theirs[0] in (*mine, *words(left.second_name)):
        return Mark.SIMILAR
    return Mark.SIMILAR if is_typing_error(mine[0], theirs[0]) else Mark.CONTRADICTS


def mark_last_names(left: Subject, right: Subject) -> Mark:
    """Any part of a double-barrelled name, and the family name, agree with any part on the other side."""
    mine = surname_parts(left.last_name, left.family_name)
    theirs = surname_parts(right.last_name, right.family_name)
    if not mine or not theirs:
        return Mark.MISSING
    if not mine.isdisjoint(theirs):
        return Mark.AGREES
    close = any(is_typing_error(one, other) for one in mine for other in theirs)
    return Mark.SIMILAR if close else Mark.CONTRADICTS


def names_are_swapped(left: Subject, right: Subject) -> bool:
    """Whether one office wrote the given name where the other wrote the last name, and the other way round."""
    mine, theirs = words(left.first_name), words(right.first_name)
    return bool(
        mine
        and theirs
        and mine[0] != theirs[0]
        and mine[0] in words(right.last_name)
        and theirs[0] in words(left.last_name)
    )


def mark_birth_dates(left: date | None, right: date | None) -> Mark:
    """Day and month swapped, one wrong digit, or the first of January of the year for "unknown" are similar."""
    if left is None or right is None:
        return Mark.MISSING
    if left == right:
        return Mark.AGREES
    swapped = (left.year, left.month, left.day) == (right.year, right.day, right.month)
    digits = sum(a != b for a, b in zip(left.isoformat(), right.isoformat(), strict=True))
    unknown_day = left.year == right.year and (1, 1) in {(left.month, left.day), (right.month, right.day)}
    return Mark.SIMILAR if swapped or digits == 1 or unknown_day else Mark.CONTRADICTS


def mark_words(left: str, right: str) -> Mark:
    """Two texts compared as wholes, without diacritics."""
    mine, theirs = words(left), words(right)
    if not mine or not theirs:
        return Mark.MISSING
    if mine == theirs:
        return Mark.AGREES
    return Mark.SIMILAR if is_typing_error(" ".join(mine), " ".join(theirs)) else Mark.CONTRADICTS


def mark_codes(left: object, right: object) -> Mark:
    """Codes agree or contradict; nothing lies between."""
    if not left or not right:
        return Mark.MISSING
    return Mark.AGREES if left == right else Mark.CONTRADICTS


def mark_addresses(left: Subject, right: Subject) -> Mark:
    """The whole address agrees; the same commune or the same street alone is similar."""
    mine, theirs = _address(left), _address(right)
    if not any(mine) or not any(theirs):
        return Mark.MISSING
    if mine == theirs:
        return Mark.AGREES
    near = any(one and one == other for one, other in zip(mine[:2], theirs[:2], strict=True))
    return Mark.SIMILAR if near else Mark.CONTRADICTS


def mark_phones(left: str, right: str) -> Mark:
    """The last nine digits."""
    return mark_codes(_phone(left), _phone(right))


@lru_cache(maxsize=_CACHED)
def words(text: str) -> tuple[str, ...]:
    """Folded words of a name; a text in another script stays in its letters."""
    return tuple((search_key(text) or fold(text)).split())


@lru_cache(maxsize=_CACHED)
def surname_parts(last_name: str, family_name: str) -> frozenset[str]:
    """Parts of the last and the family name, women's endings as men's: Kowalska-Nowak -> kowalski, nowak."""
    return frozenset(_masculine(word) for word in (*words(last_name), *words(family_name)))


def is_typing_error(one: str, other: str) -> bool:
    """Whether one letter was left out, put in, changed, or two neighbours swapped, in names long enough."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORTEST_TYPO or one == other:
        return False
    if len(one) > len(other):
        one, other = other, one
    start = next((at for at, letter in enumerate(one) if letter != other[at]), len(one))
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    changed = one[start + 1 :] == other[start + 1 :]
    swapped = (
        one[start : start + 2] == other[start : start + 2][::-1] and one[start + 2 :] == other[start + 2 :]
    )
    return changed or swapped


def _masculine(word: str) -> str:
    return f"{word[:-1]}i" if word.endswith(_FEMININE) else word


def _address(subject: Subject) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return subject.teryt, words(subject.street), words(f"{subject.house} {subject.flat}")


def _phone(text: str) -> str:
    digits = "".join(character for character in text if character in "0123456789")
    return digits[-_PHONE_DIGITS:] if len(digits) >= _PHONE_DIGITS else ""
