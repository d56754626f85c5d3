"""A file of figures: each row is an observation, or says what is wrong with it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from spoiwo.engines.indicators.periods import read_period
from spoiwo.kernel.teryt import NotTeryt, TerytCode
from spoiwo.monitoring.errors import FiguresUnusable
from spoiwo.monitoring.types import Answered, RefusedRow

HEADERS: Mapping[str, tuple[str, ...]] = {
    "measure": ("measure", "miara"),
    "unit": ("unit_id", "jednostka"),
    "territory": ("territory", "teryt"),
    "period": ("period", "okres"),
    "value": ("value", "wartość"),
    "status": ("status",),
    "confidential": ("confidential", "poufne"),
}
NEEDED = ("measure", "unit", "territory", "period", "value")
SIGNS = {  # as public statistics write them
    "": "missing",
    ".": "missing",
    "#": "missing",
    "-": "zero_reported",
    "–": "zero_reported",
    "x": "na",
}
CONFIDENTIAL = "#"
YES, NO = ("1", "tak", "yes"), ("", "0", "nie", "no")
STATUSES = ("ok", "missing", "zero_reported", "na")
MOST_ROWS = 20_000
LONGEST = 80
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
Cells = Mapping[str, str]
Numbered = tuple[int, Answered]


def read_figures(
    table: Sequence[Sequence[str]], catalogue: Mapping[str, Collection[str]]
) -> tuple[list[Numbered], list[RefusedRow]]:
    """Observations with the numbers of their rows, as a spreadsheet counts them, and the rows that cannot be taken.

    table: with its header; catalogue: what each measure can be broken down by. Raises FiguresUnusable.
    """
    if not table:
        raise FiguresUnusable("empty")
    if len(table) - 1 > MOST_ROWS:
        raise FiguresUnusable("too_many", str(MOST_ROWS))
    dimensions = {name for names in catalogue.values() for name in names}
    columns = _columns(table[0], dimensions)
    good: list[Numbered] = []
    refused: list[RefusedRow] = []
    seen: set[tuple[object, ...]] = set()
    for number, row in enumerate(table[1:], start=2):
        cells = {name: _tidy(cell) for name, cell in zip(columns, row, strict=False)}
        if not any(cells.values()):
            continue
        found = _observation(number, cells, catalogue, dimensions)
        if isinstance(found, RefusedRow):
            refused.append(found)
            continue
        key = (found.measure, found.unit, found.period, *sorted(found.cell.items()))
        if key in seen:
            refused.append(RefusedRow(number, "unit", "twice", found.unit))
        else:
            good.append((number, found))
        seen.add(key)
    return good, refused


def _columns(header: Sequence[str], dimensions: Collection[str]) -> list[str]:
    """What each column holds: a field of an observation, or a dimension."""
    fields = {name: field for field, names in HEADERS.items() for name in names}
    said = [_tidy(cell).lower() for cell in header]
    while said and not said[-1]:
        said.pop()
    unknown = [name for name in said if name not in fields and name not in dimensions]
    if unknown:
        raise FiguresUnusable("unknown_columns", ", ".join(unknown))
    columns = [fields.get(name, name) for name in said]
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        raise FiguresUnusable("column_twice", ", ".join(twice))
    missing = [HEADERS[field][0] for field in NEEDED if field not in columns]
    if missing:
        raise FiguresUnusable("missing_columns", ", ".join(missing))
    return columns


def _observation(
    number: int, cells: Cells, catalogue: Mapping[str, Collection[str]], dimensions: Iterable[str]
) -> Answered | RefusedRow:
    measure = cells.get("measure", "")
    if measure not in catalogue:
        return RefusedRow(number, "measure", "measure", measure)
    cell = {name: cells[name] for name in sorted(dimensions) if cells.get(name)}
    outside = [name for name in cell if name not in catalogue[measure]]
    if outside:
        return RefusedRow(number, outside[0], "dimension", cell[outside[0]])
    fault = _fault(cells)
    if fault:
        return RefusedRow(number, fault, fault, cells.get(fault, ""))
    value, status = _figure(cells.get("value", ""), cells.get("status", ""))
    if status not in STATUSES:
        return RefusedRow(number, "value", "value", cells.get("value", ""))
    return Answered(
        measure=measure,
        unit=cells["unit"],
        territory=cells["territory"],
        period=cells["period"],
        value=value,
        status=status,
        cell=cell,
        confidential=cells.get("confidential", "").lower() in YES or cells.get("value") == CONFIDENTIAL,
    )


def _fault(cells: Cells) -> str:
    """Which field cannot be what it says, empty when all can."""
    if not 0 < len(cells.get("unit", "")) <= LONGEST:
        return "unit"
    try:
        TerytCode(cells.get("territory", ""))
    except NotTeryt:
        return "territory"
    try:
        read_period(cells.get("period", ""))
    except ValueError:
        return "period"
    if cells.get("status", "") not in {"", *STATUSES}:
        return "status"
    return "" if cells.get("confidential", "").lower() in {*YES, *NO} else "confidential"


def _figure(text: str, status: str) -> tuple[float | None, str]:
    """The number and the status; an empty status when the text is neither a number nor a sign."""
    sign = SIGNS.get(text)
    if sign is not None:
        if status in {"", sign} or (not text and status != "ok"):
            return None, status or sign
        return None, ""
    plain = re.sub(r"\s", "", text).replace("\N{MINUS SIGN}", "-")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain) or status in {"missing", "na"}:
        return None, ""
    value = float(plain)
    return (None, "") if status == "zero_reported" and value else (value, status or "ok")


def _tidy(cell: str) -> str:
    return cell.strip().removeprefix("'").strip()
