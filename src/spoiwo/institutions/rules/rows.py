"""Rows of a file of institutions: which header is which field, what a cell says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from spoiwo.institutions.errors import BadDetails, EmptyFile, MissingColumns, TooManyRows
from spoiwo.institutions.types import Fault, InstitutionDetails, Kind, KindPeriod, Problem
from spoiwo.kernel.text import search_key

MOST_ROWS = 500  # a file is taken in while somebody waits for the page
POLISH_HEADERS = {
    "code": "kod",
    "name": "pełna nazwa",
    "short_name": "nazwa skrócona",
    "kinds": "rodzaje",
    "running_body": "podmiot prowadzący",
    "street": "ulica i numer",
    "postal_code": "kod pocztowy",
    "place": "miejscowość",
    "teryt": "TERYT siedziby",
    "area": "TERYT obszaru działania",
    "nip": "NIP",
    "regon": "REGON",
    "krs": "KRS",
    "e_delivery": "adres do e-Doręczeń",
    "email": "e-mail",
    "phone": "telefon",
    "website": "strona internetowa",
    "social_enterprise_from": "przedsiębiorstwo społeczne od",
    "social_enterprise_to": "przedsiębiorstwo społeczne do",
}
COLUMNS = tuple(POLISH_HEADERS)
NEEDED = ("name", "short_name", "kinds")
DATES = ("social_enterprise_from", "social_enterprise_to")
NOT_DETAILS = ("code", "kinds", "running_body", *DATES)
NOTHING_KNOWN = InstitutionDetails(name="", short_name="", kinds=())
_FIELDS = {search_key(header): field for field, header in POLISH_HEADERS.items()} | {
    search_key(field): field for field in COLUMNS
}


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Where each known field stands; headers may be Polish or the field's own name, in any order and case.

    Unknown columns are left aside; of two with one name the first counts. Raises MissingColumns.
    """
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        field = _FIELDS.get(search_key(title))
        if field is not None:
            places.setdefault(field, place)
    if missing := [POLISH_HEADERS[field] for field in NEEDED if field not in places]:
        raise MissingColumns(missing)
    return places


def check_size(rows: Sequence[object]) -> None:
    """Refuse a file without rows and one that is too long. Raises EmptyFile, TooManyRows."""
    if not rows:
        raise EmptyFile
    if len(rows) > MOST_ROWS:
        raise TooManyRows(MOST_ROWS)


def details_from(
    cells: Mapping[str, str], known: InstitutionDetails | None, running_body_id: int | None
) -> InstitutionDetails:
    """What a row says, on top of what is known: columns that the file lacks stay as they are.

    Dates of kinds that stay are kept. Raises BadDetails for kinds and dates that cannot be read.
    """
    problems: list[Problem] = []
    base = known or NOTHING_KNOWN
    values: dict[str, Any] = {field: text for field, text in cells.items() if field not in NOT_DETAILS}
    values["kinds"] = _kinds(cells["kinds"], base.kinds, problems)
    values |= {field: _day(field, cells[field], problems) for field in DATES if field in cells}
    if "running_body" in cells:
        values["running_body_id"] = running_body_id
    if problems:
        raise BadDetails(problems)
    return replace(base, **values)


def _kinds(text: str, known: Iterable[KindPeriod], problems: list[Problem]) -> tuple[KindPeriod, ...]:
    periods = {period.kind: period for period in known}
    found = []
    for part in text.replace(";", ",").split(","):
        code = part.strip().upper()
        if code in Kind.__members__:
            found.append(periods.get(Kind(code), KindPeriod(Kind(code))))
        elif code:
            problems.append(Problem("kinds", Fault.KIND, part.strip()[:40]))
    return tuple(found)


def _day(field: str, text: str, problems: list[Problem]) -> date | None:
    if not text:
        return None
    parts = text.removesuffix("r.").strip().split(".")
    try:
        if len(parts) == 3:
            day, month, year = (int(part) for part in parts)
            return date(year, month, day)
        return date.fromisoformat(text[:10])
    except ValueError:
        problems.append(Problem(field, Fault.DATE, text[:40]))
        return None
