"""One name, street or place in the forms it is compared by, in Python; `normalising` says the same in SQL.

A test holds the two together, so whoever changes one changes the other.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from spoiwo.matching.strategy import given_names, letters

_POLISH = str.maketrans(letters.POLISH, letters.PLAIN)
_UNACCENTED = str.maketrans(*letters.UNACCENTED)
_COARSE = str.maketrans(*letters.COARSE)
_SOUNDLESS = letters.CYRILLIC[len(letters.LATIN) :]
_CYRILLIC = str.maketrans(letters.CYRILLIC[: len(letters.LATIN)], letters.LATIN, _SOUNDLESS)
_COMMON = re.compile(r"[a-z ąćęłńóśźż-]*")
_NO_LETTER = re.compile(r"[^a-z?]+")
_NO_BONE = re.compile(r"[^a-z]")
_WOMAN_SKI = re.compile(r"(s|c|dz)k(a|aa|aia|ii|i)( |$)")
_WOMAN_OV = re.compile(r"([oe]v)a( |$)")
_NO_CLASS = re.compile(r"[^bvstlmnr]")
_NO_BARE = re.compile(r"[^bdfghijkmprtuwyv0-9]")
_NUMBER = "[0-9]+ ?[a-z]?"
_REST = f"( ?(?:/|m|lok|m.|lok.) ?{_NUMBER})?$"
_PREFIX = re.compile(r"^(ul|ulica|al|aleja|os|osiedle|pl|plac|gen|ks|sw|im)[. ]+ *")
_TAIL = re.compile(f"[ ,]+(?:nr[. ]*)?{_NUMBER}{_REST}")
_HOUSE = re.compile(f"[^0-9 ,][ ,]+(?:nr[. ]*)?({_NUMBER}){_REST}")
_FLAT = re.compile(f"[0-9] ?[a-z]? ?(?:/|m|lok|m.|lok.) ?({_NUMBER})$")


@dataclass(frozen=True, slots=True)
class Word:
    """A name; the columns of the table `word`."""

    raw: str
    bones: str
    plain: str
    t1: str
    t2: str
    sound: str
    parts: frozenset[str]
    given: str
    c1: str
    c2: str | None


@dataclass(frozen=True, slots=True)
class Road:
    """A street, with the house and flat when they stand in the same field."""

    bare: str
    house: str | None
    flat: str | None


def _classes() -> dict[str, str]:
    forms: dict[str, str] = {}
    for line in given_names.CLASSES.strip().splitlines():
        first, *_ = words = line.split()
        for form in words:
            forms.setdefault(form, first)
    return forms


GIVEN = _classes()
"""Form of a given name -> the first form of its class."""


@lru_cache(maxsize=200_000)
def word(text: str) -> Word | None:
    """The forms of a name; None when no letter is left of it."""
    raw = text.strip(" ").lower()
    plain = _NO_LETTER.sub(" ", _plain(raw)).strip(" ")
    if not plain:
        return None
    tokens = _masculine(_sound(f"{plain} ")).strip(" ").split(" ")
    kin = GIVEN.get(plain.split(" ", 1)[0])
    return Word(
        raw=raw,
        bones=_NO_BONE.sub("", raw),
        plain=plain,
        t1=tokens[0],
        t2=tokens[1] if len(tokens) > 1 else "",
        sound=" ".join(tokens),
        parts=frozenset(token for token in tokens if len(token) > 2),
        given=f"={kin}" if kin else tokens[0],
        c1=_coarse(tokens[0]),
        c2=_coarse(tokens[-1]) if len(tokens) > 1 else None,
    )


def _plain(raw: str) -> str:
    if _COMMON.fullmatch(raw):
        return raw.translate(_POLISH)
    for seen, meant in letters.MOJIBAKE:
        raw = raw.replace(seen, meant)
    plain = raw.translate(letters.MISREAD).translate(_POLISH).translate(_UNACCENTED)
    for seen, meant in (*letters.WHOLE, *letters.CYRILLIC_LONG):
        plain = plain.replace(seen, meant)
    return plain.translate(_CYRILLIC)


def _sound(text: str) -> str:
    for spelling, sound in letters.SOUNDS:
        text = text.replace(spelling, sound)
    return text


def _masculine(text: str) -> str:
    return _WOMAN_OV.sub(r"\1\2", _WOMAN_SKI.sub(r"\1ki\3", text))


def _coarse(token: str) -> str:
    bare = _NO_CLASS.sub("", token.translate(_COARSE))
    for _ in range(2):
        for letter in "bvstlmnr":
            bare = bare.replace(letter * 2, letter)
    return bare or token[:1]


def bare(text: str) -> str:
    """Letters and digits that survive every way of losing Polish letters."""
    return f"{len(text) // 40}{_NO_BARE.sub('', text)}"


@lru_cache(maxsize=50_000)
def road(text: str) -> Road | None:
    """The street of a field; None for an empty one. text: in lower case, trimmed."""
    if not text:
        return None
    house, flat = _HOUSE.search(text), _FLAT.search(text)
    return Road(
        bare=bare(_TAIL.sub("", _PREFIX.sub("", text, count=1), count=1)),
        house=(house.group(1).replace(" ", "") or None) if house else None,
        flat=flat.group(1) if flat else None,
    )
