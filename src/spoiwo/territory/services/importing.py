"""Taking in a state of the TERYT register: all or nothing."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from spoiwo.territory import rules
from spoiwo.territory.models import Subregion, SubregionCounty, TercEdition, TerytUnit
from spoiwo.territory.queries import register_state
from spoiwo.territory.services.reading import read_terc
from spoiwo.territory.types import Changes, EditionSource, KnownUnit, TercReport, TercRow


def import_terc(source: Path | str | BinaryIO, *, as_of: date | None = None) -> TercReport:
    """Make the register say, from a day on, what an official TERC file says; all of it or nothing.

    source: path, or seekable binary stream; CSV or XML as published, unpacked from its ZIP.
    as_of: the day from which the file holds; by default the latest STAN_NA in it.
    Units missing from the file end on the day before, renamed units end and begin under the new name,
    the rest stays as it is, so that the same file twice changes nothing.
    Raises a TerritoryError with line, field and value; OSError when the path cannot be opened.
    """
    if isinstance(source, Path | str):
        with Path(source).open("rb") as stream:
            rows = rules.rows_by_code(read_terc(stream))
    else:
        rows = rules.rows_by_code(read_terc(source))
    return take_in(rows, as_of=as_of, source=EditionSource.OFFICIAL)


@transaction.atomic
def take_in(rows: dict[str, TercRow], *, as_of: date | None, source: EditionSource) -> TercReport:
    """Write what the rows change. rows: a whole file, under its codes."""
    in_force = {unit.code: unit for unit in TerytUnit.objects.in_force().select_for_update()}
    known = {code: KnownUnit(unit.teryt, unit.name, unit.valid_from) for code, unit in in_force.items()}
    state = rules.state_of(rows.values(), as_of=as_of, newest=register_state())
    rules.check_not_cut_off(known, rows)
    changes = rules.changes(known, rows, as_of=state)
    _write(changes, in_force, state=state)
    report = _report(changes, state=state)
    if report.changed_anything or register_state() != state:
        TercEdition.objects.update_or_create(as_of=state, defaults={"source": source, "units": len(rows)})
    return report


def _write(changes: Changes, in_force: dict[str, TerytUnit], *, state: date) -> None:
    """Carry the changes out. in_force: rows by code, kept up to date, so that children find their parents."""
    for row in changes.corrected:
        TerytUnit.objects.filter(pk=in_force[row.code.value].pk).update(name=row.name)
    _end([in_force[row.code.value] for row in changes.renamed], state=state)
    _end([in_force[unit.code.value] for unit in changes.closed], state=state)
    replaced = {row.code.value: in_force[row.code.value] for row in changes.renamed}
    for rows in rules.by_level([*changes.opened, *changes.renamed]):
        begun = [_unit(row, in_force, state=state) for row in rows]
        in_force.update({unit.code: unit for unit in TerytUnit.objects.bulk_create(begun)})
    for code, old in replaced.items():
        _move_pointers(old, in_force[code])


def _end(units: Iterable[TerytUnit], *, state: date) -> None:
    for unit in units:
        unit.valid_to = state - timedelta(days=1)
        unit.save(update_fields=["valid_to"])


def _unit(row: TercRow, in_force: dict[str, TerytUnit], *, state: date) -> TerytUnit:
    parent = row.code.parent
    return TerytUnit(
        code=row.code.value,
        level=row.code.level,
        name=row.name,
        commune_kind=row.code.kind,
        parent=in_force[parent.value] if parent else None,
        valid_from=state,
    )


def _move_pointers(old: TerytUnit, new: TerytUnit) -> None:
    """Let what is in force below a renamed unit point at its row in force."""
    TerytUnit.objects.in_force().filter(parent=old).update(parent=new)
    Subregion.objects.filter(voivodeship=old).update(voivodeship=new)
    SubregionCounty.objects.filter(county=old).update(county=new)


def _report(changes: Changes, *, state: date) -> TercReport:
    def codes(units: Sequence[TercRow] | Sequence[KnownUnit]) -> tuple[str, ...]:
        return tuple(unit.code.value for unit in units)

    return TercReport(
        as_of=state,
        opened=codes(changes.opened),
        renamed=codes(changes.renamed),
        corrected=codes(changes.corrected),
        closed=codes(changes.closed),
        unchanged=changes.unchanged,
    )
