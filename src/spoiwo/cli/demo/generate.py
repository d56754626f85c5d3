"""Invented people written as two offices would extract them, with a note that says so."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from spoiwo.cli.demo import codes, extracts
from spoiwo.cli.demo.communes import communes_of
from spoiwo.cli.demo.noise import PRESETS, NoiseRates
from spoiwo.cli.demo.people import households
from spoiwo.cli.demo.registers import (
    Quotas,
    Register,
    choose_clients,
    keep_register,
    repeated,
    same_person,
    unique_people,
)
from spoiwo.cli.demo.types import Commune

FORMATS = ("offices", "xlsx", "standard")
GORZOW_AND_AROUND = communes_of(("0801", "0861"))
"""The city and the county that one labour office serves."""

_NOTE = """DANE FIKCYJNE

Wszystkie osoby, numery, adresy i sprawy w tych plikach są wymyślone przez program
(ziarno {seed}, stan na {day}).
Zbieżność z osobami żyjącymi jest przypadkowa. Numery PESEL mają poprawną budowę, więc mogą przypadkiem
być czyimiś numerami: nie wolno ich używać do sprawdzania w rejestrach państwowych.

INVENTED DATA: every person, number, address and case in these files was made up by a program.

Pliki:
{files}
"""
_FILES = {
    "pup.csv": "wykaz urzędu pracy w układzie jego programu (CSV, średnik, cp1250)",
    "ops.csv": "wykaz ośrodka pomocy społecznej w układzie jego programu (CSV, przecinek, UTF-8)",
    "ops.xlsx": "ten sam wykaz ośrodka jako skoroszyt",
    "pup_standard.csv": "wykaz urzędu pracy w układzie standardowym",
    "ops_standard.csv": "wykaz ośrodka w układzie standardowym",
    "pup_facts.csv": "fakty znane urzędowi pracy",
    "ops_facts.csv": "fakty znane ośrodkowi",
    "truth.csv": "które wiersze są tą samą osobą (cross, within_pup, within_ops)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationReport:
    """What was written: files by name, rows and different people per register, pairs by kind."""

    seed: int
    files: tuple[Path, ...]
    pup_rows: int
    ops_rows: int
    pup_people: int
    ops_people: int
    common_people: int
    facts: int
    pairs: Mapping[str, int]


def generate(
    seed: int,
    out_dir: Path,
    *,
    day: date,
    pup: int = 6000,
    ops: int = 4000,
    common: int = 1500,
    noise: str = "realistic",
    formats: Collection[str] = ("offices", "standard"),
    communes: Sequence[Commune] = GORZOW_AND_AROUND,
    ops_communes: Collection[str] = (),
    with_truth: bool = True,
) -> GenerationReport:
    """Write the extracts of a labour office and a welfare centre into `out_dir`, made if missing.

    pup, ops: rows of each register, duplicates included; common: people in both.
    noise: a name in `noise.PRESETS`; formats: names in `FORMATS`.
    ops_communes: TERYT codes of the communes that the welfare centre serves, all when empty.
    Raises ValueError for numbers, names or communes that cannot be met, before anything is written.
    """
    _refuse_nonsense(noise, formats, communes, ops_communes)
    left, right = _registers(seed, pup, ops, common, PRESETS[noise], communes, ops_communes, day)
    pairs = {
        "cross": same_person(left, right),
        "within_pup": repeated(left),
        "within_ops": repeated(right),
    }
    out_dir.mkdir(parents=True, exist_ok=True)
    files = _write(out_dir, left, right, formats)
    if with_truth:
        files.append(out_dir / "truth.csv")
        extracts.write_truth(files[-1], [(kind, *pair) for kind, found in pairs.items() for pair in found])
    files.append(_write_note(out_dir, seed, day, files))
    return _report(seed, files, left, right, {kind: len(found) for kind, found in pairs.items()})


def _report(
    seed: int, files: Sequence[Path], left: Register, right: Register, pairs: Mapping[str, int]
) -> GenerationReport:
    return GenerationReport(
        seed=seed,
        files=tuple(files),
        pup_rows=len(left.rows),
        ops_rows=len(right.rows),
        pup_people=len(set(left.people)),
        ops_people=len(set(right.people)),
        common_people=len(set(left.people) & set(right.people)),
        facts=len(left.facts) + len(right.facts),
        pairs=pairs,
    )


def _refuse_nonsense(
    noise: str, formats: Collection[str], communes: Sequence[Commune], ops_communes: Collection[str]
) -> None:
    if noise not in PRESETS:
        raise ValueError(f"noise must be one of {', '.join(PRESETS)}, not {noise}")
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise ValueError(f"formats must be among {', '.join(FORMATS)}")
    if ops_communes and not {commune.teryt for commune in communes}.issuperset(ops_communes):
        raise ValueError("the welfare centre serves communes in which nobody lives")


def _registers(
    seed: int,
    pup: int,
    ops: int,
    common: int,
    rates: Mapping[str, NoiseRates],
    communes: Sequence[Commune],
    ops_communes: Collection[str],
    day: date,
) -> tuple[Register, Register]:
    quotas = Quotas(
        pup=unique_people(pup, rates[codes.PUP]), ops=unique_people(ops, rates[codes.OPS]), common=common
    )
    stream = households(seed, communes=communes, day=day)
    labour, welfare = choose_clients(Random(f"clients {seed}"), stream, quotas, ops_communes)
    return (
        keep_register(Random(f"PUP {seed}"), codes.PUP, labour, rows=pup, rates=rates[codes.PUP], day=day),
        keep_register(Random(f"OPS {seed}"), codes.OPS, welfare, rows=ops, rates=rates[codes.OPS], day=day),
    )


def _write(out_dir: Path, left: Register, right: Register, formats: Collection[str]) -> list[Path]:
    files: list[Path] = []

    def file(name: str) -> Path:
        files.append(out_dir / name)
        return files[-1]

    if "offices" in formats:
        extracts.write_pup(file("pup.csv"), left.rows)
        extracts.write_ops(file("ops.csv"), right.rows)
    if "xlsx" in formats:
        extracts.write_ops(file("ops.xlsx"), right.rows)
    if "standard" in formats:
        extracts.write_standard(file("pup_standard.csv"), left.rows)
        extracts.write_standard(file("ops_standard.csv"), right.rows)
    extracts.write_facts(file("pup_facts.csv"), left.facts)
    extracts.write_facts(file("ops_facts.csv"), right.facts)
    return files


def _write_note(out_dir: Path, seed: int, day: date, files: Sequence[Path]) -> Path:
    note = out_dir / "README.txt"
    listing = "\n".join(f"- {file.name}: {_FILES[file.name]}" for file in files)
    with note.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(_NOTE.format(seed=seed, day=day.isoformat(), files=listing))
    return note
