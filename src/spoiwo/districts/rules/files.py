"""Files of districts: what columns may be called, and a row as a range."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from spoiwo.districts.types import Fault, Parity, RangeDetails
from spoiwo.kernel.text import search_key

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("rejon", "kod rejonu", "nr rejonu", "district"),
    "name": ("nazwa", "nazwa rejonu", "name"),
    "teryt": ("teryt", "kod teryt", "gmina teryt"),
    "place": ("miejscowosc", "place"),
    "street": ("ulica", "street"),
    "parity": ("strona", "numery", "side"),
    "first_house": ("od numeru", "nr od", "from number"),
    "last_house": ("do numeru", "nr do", "to number"),
    "worker": ("pracownik", "e mail pracownika", "worker"),
    "valid_from": ("wazne od", "od dnia", "valid from"),
    "valid_to": ("wazne do", "do dnia", "valid to"),
}
NEEDED = ("code", "teryt")
LONGEST = {"code": 20, "name": 120, "place": 80, "street": 120}
WITHOUT_NOUGHT = (1, 3, 6)  # digits; whole codes have 2, 4 or 7
_SIDES = {
    "": Parity.ALL,
    "wszystkie": Parity.ALL,
    "all": Parity.ALL,
    "nieparzyste": Parity.ODD,
    "odd": Parity.ODD,
    "parzyste": Parity.EVEN,
    "even": Parity.EVEN,
}
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y")


def places_of(header: Sequence[str]) -> dict[str, int]:
    """Field -> place of its column; those of other names are left out."""
    found: dict[str, int] = {}
    for place, name in enumerate(header):
        key = search_key(name)
        for field, names in COLUMNS.items():
            if key in names or key == search_key(field):
                found.setdefault(field, place)
    return found


def missing(places: Mapping[str, int]) -> list[str]:
    """The Polish names of needed columns that the file does not have."""
    return [COLUMNS[field][0] for field in NEEDED if field not in places]


def read_row(cells: Mapping[str, str], *, today: date) -> tuple[RangeDetails | None, list[tuple[str, Fault]]]:
    """The range a row tells of and what is wrong with it; without a first day it begins today."""
    faults: list[tuple[str, Fault]] = []
    code = cells.get("code", "")
    if not code or len(code) > LONGEST["code"]:
        faults.append(("code", Fault.DISTRICT))
    faults += [
        (field, Fault.TOO_LONG)
        for field in ("name", "place", "street")
        if len(cells.get(field, "")) > LONGEST[field]
    ]
    parity = _SIDES.get(search_key(cells.get("parity", "")))
    if parity is None:
        faults.append(("parity", Fault.SIDE))
    days: dict[str, date | None] = {}
    for field in ("valid_from", "valid_to"):
        try:
            days[field] = day_of(cells.get(field, ""))
        except ValueError:
            faults.append((field, Fault.DATE))
    if faults or parity is None:
        return None, faults
    return (
        RangeDetails(
            teryt=teryt_of(cells.get("teryt", "")),
            place=cells.get("place", ""),
            street=cells.get("street", ""),
            parity=parity,
            first_house=cells.get("first_house", ""),
            last_house=cells.get("last_house", ""),
            valid_from=days["valid_from"] or today,
            valid_to=days["valid_to"],
        ),
        [],
    )


def teryt_of(text: str) -> str:
    """A code as people write it; spreadsheets that take it for a number lose the nought at its beginning."""
    code = "".join(text.split())
    return f"0{code}" if code.isdigit() and len(code) in WITHOUT_NOUGHT else code


def day_of(text: str) -> date | None:
    """A day as people write it; None for nothing. Raises ValueError."""
    if not text:
        return None
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    raise ValueError(text)
