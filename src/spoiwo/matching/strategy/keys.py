"""Keys of one record for a store that finds candidates by equal keys; `candidates` says the same in SQL.

Keys are plain text with personal data inside: blind them (HMAC) before they are stored. A key of one record is
stored; another record is its candidate when one of the keys the other seeks is among them. Both directions
find the same pairs. A key that hundreds of records share means nobody and is to be left out (candidates.KEYS).
"""

from collections.abc import Iterator
from typing import NamedTuple

from spoiwo.matching.strategy.known import Known

ONE_SIDED = frozenset({"serial", "names", "names_town"})
"""Kinds of key that count only where one record of the pair has a wrong PESEL, or no birth date."""


class Key(NamedTuple):
    """kind: as in candidates.KEYS; telling: whether it makes a pair with every record that has it, or with those
    alone in which it is telling.
    """

    kind: str
    value: str
    telling: bool = True


def stored_keys(one: Known) -> list[str]:
    """What the record is to be found by, sorted, each once."""
    return sorted({_text(key, telling=key.telling) for key in keys(one)})


def sought_keys(one: Known) -> list[str]:
    """Stored keys of others that make them candidates of this record, sorted, each once."""
    return sorted(
        {
            _text(key, telling=telling)
            for key in keys(one)
            for telling in ((True, False) if key.telling and key.kind in ONE_SIDED else (True,))
        }
    )


def _text(key: Key, *, telling: bool) -> str:
    return f"{key.kind}:{key.value}" if telling else f"{key.kind}~{key.value}"


def keys(one: Known) -> Iterator[Key]:
    """The keys of a record; a key may come twice."""
    for text in _keys(one):
        kind, _, value = text.partition(":")
        yield Key(kind, value)
    if one.pesel is not None:
        yield Key("serial", one.pesel[-5:], one.standing == 0)
    if one.first is not None and one.last is not None:
        yield Key("names", _names(one), one.day is None)
        if one.town is not None:
            yield Key("names_town", f"{_names(one)}:{one.town}", one.day is None)


def _keys(one: Known) -> Iterator[str]:
    if one.pesel is not None:
        yield f"number:{one.pesel}"
    yield from _document(one)
    yield from _names_and_day(one)
    yield from _contact(one)


def _names(one: Known) -> str:
    first, last = one.first, one.last
    return "|".join(sorted((first.t1, last.t1))) if first is not None and last is not None else ""


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
        coarse = "|".join(sorted((first.c1, last.c1)))
        yield f"names_year:{_names(one)}:{day // 10000}"
        yield f"names_month:{coarse}:{day // 100}"
        yield f"names_of_month:{coarse}:{day // 10000}:{day % 100}"
        if day % 10000 != 101:
            yield f"names_day:{coarse}:{day % 10000}"
        yield f"initials_day:{''.join(sorted((first.t1[:1], last.t1[:1])))}:{day}"
    parts = (first and first.c1, last and last.c1, last and last.c2, one.family and one.family.c1)
    for part in parts:
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
