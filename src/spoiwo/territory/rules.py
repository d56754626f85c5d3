"""How one state of the TERYT register follows another."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from spoiwo.kernel.teryt import CommuneKind, UnitLevel
from spoiwo.territory.errors import (
    EmptyTerc,
    OlderThanRegister,
    RepeatedTercUnit,
    StateBeforeFile,
    TercCutOff,
    TercUnitWithoutParent,
    UnitGoneTheDayItCame,
)
from spoiwo.territory.types import Changes, KnownUnit, TercRow

VOIVODESHIP_CODE, COUNTY_CODE, WHOLE_CODE = 2, 4, 7  # digits
CITY_COMMUNE = "011"
PARTS_OF_CITIES = {str(kind.value) for kind in (CommuneKind.WARSAW_DISTRICT, CommuneKind.DELEGATION)}
ORDER_OF_LEVELS = (UnitLevel.VOIVODESHIP, UnitLevel.COUNTY, UnitLevel.COMMUNE, UnitLevel.PART)


def rows_by_code(rows: Iterable[TercRow]) -> dict[str, TercRow]:
    """The rows of a file under their codes, in the order of the file.

    Raises EmptyTerc, RepeatedTercUnit, and TercUnitWithoutParent where the unit above is missing.
    """
    by_code: dict[str, TercRow] = {}
    for row in rows:
        first = by_code.setdefault(row.code.value, row)
        if first is not row:
            raise RepeatedTercUnit(line=row.line, first_line=first.line, code=row.code.value)
    if not by_code:
        raise EmptyTerc
    for row in by_code.values():
        parent = row.code.parent
        if parent is not None and parent.value not in by_code:
            raise TercUnitWithoutParent(line=row.line, code=row.code.value, parent=parent.value)
    return by_code


def state_of(rows: Iterable[TercRow], *, as_of: date | None, newest: date | None) -> date:
    """The day from which the file holds: the one given, otherwise the latest the rows declare.

    newest: the latest state the register has. Raises StateBeforeFile and OlderThanRegister.
    """
    stated_on = max(row.stated_on for row in rows)
    if as_of is not None and as_of < stated_on:
        raise StateBeforeFile(as_of=as_of, stated_on=stated_on)
    state = as_of or stated_on
    if newest is not None and state < newest:
        raise OlderThanRegister(as_of=state, newest=newest)
    return state


def check_not_cut_off(known: Mapping[str, KnownUnit], rows: Mapping[str, TercRow]) -> None:
    """Refuse a file that is only a piece of the country, which would close everything it leaves out.

    Voivodeships have not changed since 1999, and a unit that stays keeps some unit below it, if it had any.
    Raises TercCutOff.
    """
    known_below = Counter(parent.value for unit in known.values() if (parent := unit.code.parent))
    stated_below = Counter(parent.value for row in rows.values() if (parent := row.code.parent))
    for code, unit in known.items():
        is_gone = code not in rows
        if is_gone and unit.code.level is UnitLevel.VOIVODESHIP:
            raise TercCutOff(code=code, name=unit.name, known=known_below[code])
        if not is_gone and known_below[code] and not stated_below[code]:
            raise TercCutOff(code=code, name=unit.name, known=known_below[code])


def changes(known: Mapping[str, KnownUnit], rows: Mapping[str, TercRow], *, as_of: date) -> Changes:
    """What must change so that the register says from as_of on what the file says.

    known: the units in force, under their codes; rows: the whole file, under their codes.
    Raises UnitGoneTheDayItCame.
    """
    opened = tuple(row for code, row in rows.items() if code not in known)
    renamed, corrected = _renames(known, rows.values(), as_of=as_of)
    closed = tuple(unit for code, unit in known.items() if code not in rows)
    for unit in closed:
        if unit.valid_from >= as_of:
            raise UnitGoneTheDayItCame(code=unit.code.value, name=unit.name, as_of=as_of)
    return Changes(
        opened=opened,
        renamed=renamed,
        corrected=corrected,
        closed=closed,
        unchanged=len(rows) - len(opened) - len(renamed) - len(corrected),
    )


def present_code(code: str, communes: Collection[str], successors: Mapping[str, str]) -> str:
    """The code under which the place of a code lies now, so that figures of years before a change can be added up.

    communes: those in force of the voivodeship; of one of which the register knows none, codes stay as they are.
    successors: which commune took another one in. A part of a commune is its commune; a commune whose kind has
    changed (a village that became a town) keeps the number it had; of one that was split up only the county is known.
    """
    if len(code) < WHOLE_CODE or not communes or code in communes:
        return code
    if code in successors:
        rest = {gone: into for gone, into in successors.items() if gone != code}
        return present_code(successors[code], communes, rest)
    city = f"{code[:COUNTY_CODE]}{CITY_COMMUNE}"
    if code[-1] in PARTS_OF_CITIES and city in communes:
        return city
    same_number = next((other for other in sorted(communes) if other[:-1] == code[:-1]), "")
    return same_number or code[:COUNTY_CODE]


def by_level(rows: Sequence[TercRow]) -> list[list[TercRow]]:
    """The rows in four lists, voivodeships first, so that the unit above is always written before."""
    return [[row for row in rows if row.code.level is level] for level in ORDER_OF_LEVELS]


def _renames(
    known: Mapping[str, KnownUnit], rows: Iterable[TercRow], *, as_of: date
) -> tuple[tuple[TercRow, ...], tuple[TercRow, ...]]:
    """Rows whose name differs: those that end an earlier name, and those that correct one of the same day."""
    renamed: list[TercRow] = []
    corrected: list[TercRow] = []
    for row in rows:
        unit = known.get(row.code.value)
        if unit is not None and unit.name != row.name:
            (renamed if unit.valid_from < as_of else corrected).append(row)
    return tuple(renamed), tuple(corrected)
