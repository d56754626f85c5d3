"""What an entry of the directory must look like."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from spoiwo.institutions.errors import BadDetails
from spoiwo.institutions.rules.texts import EMAIL_LENGTH, has_controls, is_email
from spoiwo.institutions.types import Fault, InstitutionDetails, Kind, KindPeriod, Problem
from spoiwo.kernel.errors import DomainError
from spoiwo.kernel.identifiers import parse_krs, parse_nip, parse_regon
from spoiwo.kernel.teryt import TerytCode
from spoiwo.kernel.text import polish_sort_key, search_key

LENGTHS = {
    "name": 250,
    "short_name": 80,
    "street": 120,
    "place": 80,
    "e_delivery": 40,
    "email": EMAIL_LENGTH,
    "phone": 40,
    "website": 200,
}
REQUIRED = ("name", "short_name")
SEARCH_LENGTH = 400
SORT_LENGTH = 500
CODE_LENGTH = 40
# Words that stand in addresses where the code of an institution may stand.
RESERVED_CODES = frozenset(
    {"nowa", "import", "pracownicy", "upowaznienia", "stanowiska", "zaproszenie"},
)
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_POSTAL_CODE = re.compile(r"(\d{2})-?(\d{3})")
_E_DELIVERY = re.compile(r"AE:PL-\d{5}-\d{5}-[A-Z]{5}-\d{2}")
_WEBSITE = re.compile(r"https?://[^\s/.]+(\.[^\s/.]+)+(/\S*)?")


def checked_details(details: InstitutionDetails) -> InstitutionDetails:
    """The details as they are kept: spaces tidied, numbers reduced to digits.

    Raises BadDetails with every problem found.
    """
    tidy = _tidied(details)
    problems = [
        *_text_problems(tidy),
        *_shape_problems(tidy),
        *_kind_problems(tidy.kinds),
        *_period_problems(tidy.social_enterprise_from, tidy.social_enterprise_to),
    ]
    if problems:
        raise BadDetails(problems)
    parsed: dict[str, Any] = {field: parse(getattr(tidy, field)) for field, (parse, _) in _NUMBERS.items()}
    return replace(tidy, kinds=in_order(tidy.kinds), **parsed)


def values_of(details: InstitutionDetails) -> dict[str, object]:
    """The details as field names and values."""
    return {field.name: getattr(details, field.name) for field in fields(details)}


def in_order(kinds: Iterable[KindPeriod]) -> tuple[KindPeriod, ...]:
    """Kinds in the order in which they are listed everywhere."""
    order = list(Kind)
    return tuple(sorted(kinds, key=lambda period: order.index(period.kind)))


def checked_code(code: str) -> str:
    """The code of an institution as given: small letters, digits and hyphens. Raises BadDetails."""
    if not _CODE.fullmatch(code) or len(code) > CODE_LENGTH or code in RESERVED_CODES:
        raise BadDetails([Problem("code", Fault.CODE, code)])
    return code


def code_from(short_name: str, taken: Callable[[str], bool]) -> str:
    """A free code made from the short name: "PUP Żagań" gives pup-zagan, and pup-zagan-2 when that is taken."""
    stem = search_key(short_name).replace(" ", "-")[: CODE_LENGTH - 5].strip("-") or "instytucja"
    code, number = stem, 1
    while code in RESERVED_CODES or taken(code):
        number += 1
        code = f"{stem}-{number}"
    return code


def directory_sort_key(name: str) -> str:
    """Byte-wise key of the Polish order of names."""
    return polish_sort_key(name)[:SORT_LENGTH]


def directory_search_key(name: str, short_name: str, place: str) -> str:
    """What a search in the directory looks through, without diacritics."""
    return search_key(f"{short_name} {place} {name}")[:SEARCH_LENGTH]


def _optional_postal_code(text: str) -> str:
    match = _POSTAL_CODE.fullmatch(text.replace(" ", ""))
    if match is None:
        raise ValueError(text)
    return f"{match[1]}-{match[2]}"


def _e_delivery(text: str) -> str:
    address = text.replace(" ", "").upper()
    if not _E_DELIVERY.fullmatch(address):
        raise ValueError(text)
    return address


def _if(fits: Callable[[str], bool]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not fits(text):
            raise ValueError(text)
        return text

    return parse


def _unless_empty(parse: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: parse(text) if text else ""


_NUMBERS: dict[str, tuple[Callable[[str], str], Fault]] = {
    "nip": (_unless_empty(parse_nip), Fault.NIP),
    "regon": (_unless_empty(parse_regon), Fault.REGON),
    "krs": (_unless_empty(parse_krs), Fault.KRS),
    "teryt": (_unless_empty(lambda text: TerytCode.parse(text).value), Fault.TERYT),
    "area": (_unless_empty(lambda text: TerytCode.parse(text).value), Fault.TERYT),
    "postal_code": (_unless_empty(_optional_postal_code), Fault.POSTAL_CODE),
    "e_delivery": (_unless_empty(_e_delivery), Fault.E_DELIVERY),
    "email": (_unless_empty(_if(is_email)), Fault.EMAIL),
    "website": (_unless_empty(_if(lambda text: bool(_WEBSITE.fullmatch(text)))), Fault.WEBSITE),
}
TEXT_FIELDS = tuple(
    field.name for field in fields(InstitutionDetails) if field.type is str and field.name != "kinds"
)


def _tidied(details: InstitutionDetails) -> InstitutionDetails:
    tidy: dict[str, Any] = {field: " ".join(getattr(details, field).split()) for field in TEXT_FIELDS}
    return replace(details, **tidy)


def _text_problems(details: InstitutionDetails) -> Iterator[Problem]:
    for field in TEXT_FIELDS:
        value: str = getattr(details, field)
        limit = LENGTHS.get(field, 0)
        if not value and field in REQUIRED:
            yield Problem(field, Fault.MISSING)
        elif has_controls(value):
            yield Problem(field, Fault.CHARACTERS)
        elif limit and len(value) > limit:
            yield Problem(field, Fault.TOO_LONG, value[:40], limit)


def _shape_problems(details: InstitutionDetails) -> Iterator[Problem]:
    for field, (parse, fault) in _NUMBERS.items():
        value: str = getattr(details, field)
        try:
            parse(value)
        except (DomainError, ValueError):
            yield Problem(field, fault, value[:40])


def _kind_problems(kinds: Sequence[KindPeriod]) -> Iterator[Problem]:
    if not kinds:
        yield Problem("kinds", Fault.MISSING)
    seen = set()
    for period in kinds:
        if period.kind in seen:
            yield Problem("kinds", Fault.KIND_TWICE, period.kind)
        seen.add(period.kind)
        if period.valid_from and period.valid_to and period.valid_to < period.valid_from:
            yield Problem("kinds", Fault.ENDS_BEFORE_START, period.kind)


def _period_problems(starts_on: date | None, ends_on: date | None) -> Iterator[Problem]:
    if ends_on is None:
        return
    if starts_on is None:
        yield Problem("social_enterprise_to", Fault.END_WITHOUT_START, ends_on.isoformat())
    elif ends_on < starts_on:
        yield Problem("social_enterprise_to", Fault.ENDS_BEFORE_START, ends_on.isoformat())
