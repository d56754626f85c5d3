"""Addresses as registers write them, reduced to keys that can be compared."""

import re
from functools import lru_cache

from spoiwo.districts.types import ANY_LETTER, NO_LETTER, Address, House, Spot
from spoiwo.kernel.teryt import NotTeryt, TerytCode
from spoiwo.kernel.text import search_key

_STREET_WORDS = frozenset({"ul", "ulica", "al", "aleja", "aleje"})  # said or left out as people like
_KINDS = {"osiedle": "os", "os": "os", "plac": "pl", "pl": "pl", "rondo": "rondo", "skwer": "skwer"}
_HOUSE = re.compile(r"\s*(\d{1,5})\s*([A-Za-z])?(?![A-Za-z0-9])")
_TRAILING_HOUSE = re.compile(r"^(.*\D)\s+(\d{1,4}\s?[A-Za-z]?(?:\s?[/-].*|\s?m\.?\s?\d+.*)?)$")


@lru_cache(maxsize=50_000)
def street_key(text: str) -> str:
    """A street without "ul." and "al."; squares and estates keep their word, since they are other places."""
    words = search_key(text).split()
    while len(words) > 1 and words[0] in _STREET_WORDS:
        words = words[1:]
    if len(words) > 1 and words[0] in _KINDS:
        words[0] = _KINDS[words[0]]
    return " ".join(words)


@lru_cache(maxsize=50_000)
def streets_of(text: str) -> tuple[str, ...]:
    """Keys under which a range may name the street, the likeliest first: "pl wolnosci", then "wolnosci"."""
    key = street_key(text)
    kind, _, rest = key.partition(" ")
    return (key, rest) if rest and kind in _KINDS else (key,)


def house_of(text: str) -> House | None:
    """The number and letter a house number begins with: 12a/4 is 12A, 12-14 is 12; None without a number."""
    found = _HOUSE.match(text)
    if found is None:
        return None
    letter = found[2]
    return House(int(found[1]), ord(letter.upper()) - ord("A") + 1 if letter else NO_LETTER)


def last_house_of(text: str) -> House | None:
    """The last number of a range: without a letter it means the number with all its letters."""
    house = house_of(text)
    if house is not None and house.letter == NO_LETTER:
        return House(house.number, ANY_LETTER)
    return house


def is_house(text: str) -> bool:
    """Whether the whole text is one house number such as 7 or 12A."""
    return re.fullmatch(r"\s*\d{1,5}\s*[A-Za-z]?\s*", text) is not None


def in_words(house: House | None) -> str:
    """As in 12A; the number alone when all its letters are meant."""
    if house is None:
        return ""
    is_lettered = NO_LETTER < house.letter < ANY_LETTER
    return f"{house.number}{chr(ord('A') + house.letter - 1) if is_lettered else ''}"


@lru_cache(maxsize=5_000)
def units_of(teryt: str) -> tuple[str, ...]:
    """The code itself, the whole commune when it is a part of one, and the county; nothing of what is no code."""
    try:
        code = TerytCode(teryt)
    except NotTeryt:
        return ()
    units = [code.value, *(str(unit) for unit in (code.commune, code.county) if unit is not None)]
    return tuple(dict.fromkeys(unit for unit in units if len(unit) > 2))


def spot_of(address: Address) -> Spot:
    """What districts ask about an address; a house number at the end of the street is found there too."""
    street, house = address.street, address.house
    if not house.strip():
        found = _TRAILING_HOUSE.match(street)
        if found is not None:
            street, house = found[1], found[2]
    return Spot(
        units=units_of(address.teryt),
        place=_place_key(address.place),
        streets=streets_of(street),
        house=house_of(house),
    )


@lru_cache(maxsize=50_000)
def _place_key(text: str) -> str:
    return search_key(text)


place_key = _place_key
