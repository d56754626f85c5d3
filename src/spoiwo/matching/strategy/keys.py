"""Keys of one record for a store that finds candidates by equal keys; `candidates` says the same in SQL.

Keys are plain text with personal data inside: blind them (HMAC) before they are stored. A key of one record is
stored; another record is its candidate when one of the keys the other seeks is among them. Both directions
find the same pairs. A key that hundreds of records share means nobody and is to be left out (candidates.KEYS).
"""

from collections.abc import Iterator
from typing import NamedTuple

from spoiwo.matching.strategy.known import Known

UNTOLD = "~"  # after the kind: the key makes a pair only with records in which it is telling
ONE_SIDED = ("serial", "names", "names_town")
"""Kinds of key that are telling only where one record of the pair has a wrong PESEL, or no birth date."""


class Key(NamedTuple):
    """kind: as in candidates.KEYS; telling: whether it makes a pair with every record that has it, or with those
    alone in which it is telling.
    """

    kind: str
    value: str
    telling: bool = True


def stored_keys(one: Known) -> list[str]:
    """What the record is to be found by, each once: the kind, a colon and values."""
    keys = set(_keys(one))
    for kind, value, telling in _one_sided(one):
        keys.add(f"{kind}:{value}" if telling else f"{kind}{UNTOLD}:{value}")
    return list(keys)


def sought_keys(one: Known) -> list[str]:
    """Stored keys of others that make them candidates of this record, each once."""
    keys = set(_keys(one))
    for kind, value, telling in _one_sided(one):
        keys.add(f"{kind}:{value}")
        if telling:
            keys.add(f"{kind}{UNTOLD}:{value}")
    return list(keys)


def keys(one: Known) -> Iterator[Key]:
    """The keys of a record; a key may come twice."""
    for text in _keys(one):
        kind, _, value = text.partition(":")
        yield Key(kind, value)
    for kind, value, telling in _one_sided(one):
        yield Key(kind, value, telling)


def _one_sided(one: Known) -> Iterator[tuple[str, str, bool]]:
    """Kind, value, and whether the key is telling in this record."""
    if one.pesel is not None:
        yield "serial", one.pesel[-5:], one.standing == 0
    if one.first is not None and one.last is not None:
        names = _names(one)
        yield "names", names, one.day is None
        if one.town is not None:
            yield "names_town", f"{names}:{one.town}", one.day is None


def _keys(one: Known) -> Iterator[str]:
    if one.pesel is not None:
        yield f"number:{one.pesel}"
    yield from _document(one)
    yield from _names_and_day(one)
    yield from _contact(one)


def _names(one: Known) -> str:
    first, last = one.first, one.last
    if first is None or last is None:
        return ""
    return f"{first.t1}|{last.t1}" if first.t1 <= last.t1 else f"{last.t1}|{first.t1}"


def _document(one: Known) -> Iterator[str]:
    if one.document is None:
        return
    yield f"document:{one.document}"
    if len(one.document) < 6:
        return
    if one.day is not None:
        yield f"document_start:{one.document[:4]}:{one.day}"
        yield f"document_end:{one.document[-4:]}:{one.day}"
    if one.first is not None and one.last is not None:
        coarse = "|".join(sorted((one.first.c1, one.last.c1)))
        yield f"document_names:{one.document[:3]}:{coarse}"


def _names_and_day(one: Known) -> Iterator[str]:
    day, first, last = one.day, one.first, one.last
    if day is None:
        return
    if first is not None and last is not None:
        c1, c3 = first.c1, last.c1
        coarse = f"{c1}|{c3}" if c1 <= c3 else f"{c3}|{c1}"
        year, of_year = divmod(day, 10000)
        yield f"names_year:{_names(one)}:{year}"
        yield f"names_month:{coarse}:{day // 100}"
        yield f"names_of_month:{coarse}:{year}:{day % 100}"
        if of_year != 101:
            yield f"names_day:{coarse}:{of_year}"
        yield f"initials_day:{''.join(sorted((first.t1[:1], last.t1[:1])))}:{day}"
    for part in {first and first.c1, last and last.c1, last and last.c2, one.family and one.family.c1}:
        if part:
            yield f"part:{day}:{part}"


def _contact(one: Known) -> Iterator[str]:
    day = one.day
    if one.phone is not None:
        if one.first is not None:
            yield f"phone_given:{one.phone}:{one.first.c1}"
        if day is not None:
            yield f"phone_day:{one.phone}:{day}"
    home = "|".join(part or "" for part in one.home)
    if one.housed and one.first is not None:
        yield f"home_given:{home}:{one.first.c1}"
    if one.housed and day is not None:
        yield f"home_day:{home}:{day}"
        if one.last is not None:
            yield f"home_surname:{home}:{one.last.c1}:{day // 10000}"
