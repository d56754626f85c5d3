"""Two offices with registers in files and connectors, which agree on a key; a round of theirs on the platform."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from spoiwo.discovery.rules import envelopes
from spoiwo.discovery.services import connector, office
from spoiwo.discovery.services.office import Office
from spoiwo.kernel.pesel import Pesel

AGREEMENT = "P/2026/7"
TODAY = date(2026, 11, 20)
COLUMNS = ("local_id", "pesel", "first_name", "last_name", "birth_date", "place", "street", "house", "phone")


def person(local_id: str, **cells: str) -> dict[str, str]:
    """A row of an extract: Anna Nowak born 3 May 1980 without a PESEL unless told otherwise."""
    return {
        "local_id": local_id,
        "first_name": "Anna",
        "last_name": "Nowak",
        "birth_date": "1980-05-03",
        **cells,
    }


def number(stem: str) -> str:
    """A PESEL with a right checksum."""
    return next(one for digit in range(10) if Pesel(one := f"{stem}{digit}").checksum_ok)


def write_register(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """A register as an office exports it."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)


def offices(
    folder: Path,
    left: Sequence[Mapping[str, str]],
    right: Sequence[Mapping[str, str]],
    agreement: str = AGREEMENT,
) -> tuple[Office, Office]:
    """Two offices that know each other's keys."""
    made = []
    for name, rows in (("left", left), ("right", right)):
        office.begin(folder / name, agreement=agreement)
        write_register(folder / name / "register.csv", rows)
        made.append(folder / name)
    for own, other in (made, made[::-1]):
        path = own / office.CONFIGURATION
        public = envelopes.text_of(office.own_keys(other).public)
        path.write_text(path.read_text(encoding="utf-8").replace('partner = ""', f'partner = "{public}"'))
    left_folder, right_folder = made
    return office.load(left_folder / office.CONFIGURATION), office.load(right_folder / office.CONFIGURATION)


def tokens_of(one: Office, epoch: int = 1) -> bytes:
    """The office's envelope, remembered by the office."""
    made = connector.prepare(one, epoch=epoch, today=TODAY)
    office.remember(one, epoch, made.memory)
    return made.envelope
