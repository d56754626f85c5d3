"""The registers of the demonstration region: one labour office and two small welfare centres in its area."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from spoiwo.cli.demo import codes, extracts
from spoiwo.cli.demo.generate import GORZOW_AND_AROUND
from spoiwo.cli.demo.mappings import OPS_MAPPING, PUP_MAPPING, OfficeMapping
from spoiwo.cli.demo.noise import PRESETS
from spoiwo.cli.demo.people import households
from spoiwo.cli.demo.region_data import OPS_DESZCZNO, OPS_LUBISZYN, PUP_GORZOW, staff
from spoiwo.cli.demo.registers import Quotas, Register, choose_clients, keep_register, unique_people
from spoiwo.cli.demo.types import Commune, Row
from spoiwo.institutions.types import Role

SEED = 2026
PUP_ROWS = 3000
OPS_ROWS = 1640
COMMON = 660
EARLIER_DAYS = 21
LATE_ROWS = 90  # of the labour office, not yet in its earlier extract
WELFARE = {"0801052": OPS_LUBISZYN, "0801032": OPS_DESZCZNO}
_BOOST = 12  # the two small communes, so that their people need not be searched among a whole region's
_DESKS = 12
_OWN_DESKS = 4  # desks of the worker with an account; the others belong to colleagues without one
_NOISE = "realistic"


@dataclass(frozen=True, slots=True)
class File:
    """A file to bring in, in the order of the list: whose, what, of which day, in which layout."""

    institution: str
    kind: str  # codes of clients.types.RegisterKind
    path: Path
    as_of: date
    mapping: OfficeMapping | None


def write_files(folder: Path, day: date) -> list[File]:
    """Write the extracts and facts files; the same day gives the same files."""
    registers = _registers(day)
    earlier = day - timedelta(days=EARLIER_DAYS)
    files = [
        _register_file(folder, PUP_GORZOW, _without_late(registers[PUP_GORZOW].rows), earlier, "pup-1.csv"),
        _register_file(folder, OPS_LUBISZYN, registers[OPS_LUBISZYN].rows, day, "lubiszyn.xlsx"),
        _register_file(folder, OPS_DESZCZNO, registers[OPS_DESZCZNO].rows, day, "deszczno.csv"),
        _register_file(folder, PUP_GORZOW, registers[PUP_GORZOW].rows, day, "pup-2.csv"),
    ]
    for code, register in registers.items():
        path = folder / f"{code}-fakty.csv"
        extracts.write_facts(path, register.facts)
        files.append(File(code, "facts", path, day, None))
    return files


def _register_file(folder: Path, code: str, rows: Sequence[Row], as_of: date, name: str) -> File:
    path = folder / name
    if code == PUP_GORZOW:
        extracts.write_pup(path, rows)
        return File(code, "register", path, as_of, PUP_MAPPING)
    extracts.write_ops(path, rows)
    return File(code, "register", path, as_of, OPS_MAPPING)


def _registers(day: date) -> Mapping[str, Register]:
    rates = PRESETS[_NOISE]
    quotas = Quotas(
        pup=unique_people(PUP_ROWS, rates[codes.PUP]),
        ops=unique_people(OPS_ROWS, rates[codes.OPS]),
        common=COMMON,
    )
    stream = households(SEED, communes=[_boosted(one) for one in GORZOW_AND_AROUND], day=day)
    labour, welfare = choose_clients(Random(f"region {SEED}"), stream, quotas, WELFARE)
    found = {
        PUP_GORZOW: keep_register(
            Random(f"{PUP_GORZOW} {SEED}"),
            codes.PUP,
            labour,
            rows=PUP_ROWS,
            rates=rates[codes.PUP],
            day=day,
        )
    }
    for teryt, code in WELFARE.items():
        clients = [one for one in welfare if one[1].address.teryt == teryt]
        rows = len(clients) + round(len(clients) * rates[codes.OPS].duplicate)
        found[code] = keep_register(
            Random(f"{code} {SEED}"),
            codes.OPS,
            clients,
            rows=rows,
            rates=rates[codes.OPS],
            day=day,
        )
    for code, register in found.items():
        _name_workers(code, register.rows)
    return found


def _boosted(commune: Commune) -> Commune:
    if commune.teryt not in WELFARE:
        return commune
    return replace(commune, places=tuple(replace(one, weight=one.weight * _BOOST) for one in commune.places))


def _name_workers(code: str, rows: Sequence[Row]) -> None:
    """Give some desks to the case worker with an account, so that "my clients" are somebody's."""
    name = next(one.name for one in staff() if one.institution == code and one.role is Role.CASE_WORKER)
    desks = {f"stanowisko {number}": name for number in range(1, _OWN_DESKS + 1)}
    for row in rows:
        row["worker"] = desks.get(row["worker"], row["worker"])


def _without_late(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows in their earlier state: the last ones had not come yet."""
    return rows[:-LATE_ROWS]
