"""What would hold on paper too: what an institution's entry and an authorisation must look like."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from spoiwo.institutions.errors import BadDetails, Fault, Problem
from spoiwo.institutions.types import InstitutionDetails, Kind, KindPeriod, NewAuthorisation
from spoiwo.kernel.errors import DomainError
from spoiwo.kernel.identifiers import parse_krs, parse_nip, parse_regon
from spoiwo.kernel.teryt import NotTeryt, TerytCode
from spoiwo.kernel.text import polish_sort_key, search_key

LENGTHS = {
    "name": 250,
    "short_name": 80,
    "street": 120,
    "place": 80,
    "e_delivery": 40,
    "email": 254,
    "phone": 40,
    "website": 200,
}
REQUIRED = ("name", "short_name")
SEARCH_LENGTH = 400
SORT_LENGTH = 500
CODE_LENGTH = 40
NUMBER_LENGTH = 60
PERSON_LENGTH = 120
# Words that stand in addresses where the code of an institution may stand.
RESERVED_CODES = frozenset(
    {"nowa", "import", "eksport", "pracownicy", "upowaznienia", "stanowiska", "zaproszenie"},
)
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_POSTAL_CODE = re.compile(r"(\d{2})-?(\d{3})")
_E_DELIVERY = re.compile(r"AE:PL-\d{5}-\d{5}-[A-Z]{5}-\d{2}")
_EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>().]+(\.[^@\s,;<>().]+)+")
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


def checked_person(*, email: str, full_name: str) -> tuple[str, str]:
    """Address in small letters and name with single spaces. Raises BadDetails."""
    address, name = email.strip().lower(), " ".join(full_name.split())
    problems = []
    if not _EMAIL.fullmatch(address) or len(address) > LENGTHS["email"]:
        problems.append(Problem("email", Fault.EMAIL, address))
    if not name:
        problems.append(Problem("full_name", Fault.MISSING))
    elif len(name) > PERSON_LENGTH:
        problems.append(Problem("full_name", Fault.TOO_LONG, name[:40], PERSON_LENGTH))
    elif _has_controls(name):
        problems.append(Problem("full_name", Fault.CHARACTERS))
    if problems:
        raise BadDetails(problems)
    return address, name


def checked_authorisations(given: Iterable[NewAuthorisation]) -> tuple[NewAuthorisation, ...]:
    """Authorisations with tidy numbers. Raises BadDetails, the fields named after the role: number_iod."""
    tidy = tuple(replace(one, number=" ".join(one.number.split())) for one in given)
    problems = [problem for one in tidy for problem in _authorisation_problems(one)]
    roles = [one.role for one in tidy]
    problems += [
        Problem("roles", Fault.ROLE_TWICE, role) for role in dict.fromkeys(roles) if roles.count(role) > 1
    ]
    if not tidy:
        problems.append(Problem("roles", Fault.MISSING))
    if problems:
        raise BadDetails(problems)
    return tidy


def checked_territories(codes: Iterable[str]) -> list[str]:
    """TERYT codes of counties and communes, each once, in order. Raises BadDetails."""
    problems, found = [], set()
    for code in codes:
        try:
            parsed = TerytCode.parse(code).value
        except NotTeryt:
            problems.append(Problem("territories", Fault.TERYT, code))
            continue
        if len(parsed) == 2:
            problems.append(Problem("territories", Fault.TERYT, code))
        found.add(parsed)
    if problems:
        raise BadDetails(problems)
    return sorted(found)


def check_last_day(last_day: date, *, not_before: date) -> None:
    """Refuse to end something before it began or in the past. Raises BadDetails."""
    if last_day < not_before:
        raise BadDetails([Problem("last_day", Fault.ENDS_BEFORE_START, last_day.isoformat())])


def _authorisation_problems(one: NewAuthorisation) -> Iterator[Problem]:
    if not one.number:
        yield Problem(f"number_{one.role}", Fault.MISSING)
    elif len(one.number) > NUMBER_LENGTH:
        yield Problem(f"number_{one.role}", Fault.TOO_LONG, one.number[:40], NUMBER_LENGTH)
    if one.valid_to is not None and one.valid_to < one.valid_from:
        yield Problem(f"valid_to_{one.role}", Fault.ENDS_BEFORE_START, one.valid_to.isoformat())


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


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not pattern.fullmatch(text):
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
    "email": (_unless_empty(_matching(_EMAIL)), Fault.EMAIL),
    "website": (_unless_empty(_matching(_WEBSITE)), Fault.WEBSITE),
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
        elif _has_controls(value):
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


def _has_controls(text: str) -> bool:
    return any(ord(character) < 32 or ord(character) == 127 for character in text)
