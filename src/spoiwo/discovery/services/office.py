"""The office's own folder: its key, its configuration, and what it remembers of a round. No database, no Django."""

import csv
import json
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spoiwo.discovery.errors import BadConfiguration, Unreadable
from spoiwo.discovery.rules import envelopes
from spoiwo.discovery.rules.pair_keys import PUBLIC_BYTES, SEED_BYTES, OfficeKeys, new_seed
from spoiwo.matching.services.files import layout

CONFIGURATION, KEY = "connector.toml", "office.key"
TEMPLATE = """# Plik connectora Spoiwo / configuration of the Spoiwo connector
agreement = "{agreement}"    # numer porozumienia / number of the agreement
partner = ""                 # klucz publiczny drugiego urzędu / public key of the other office
register = "register.csv"    # wyciąg z rejestru / extract of the register
fields = ["first_name", "last_name", "phone"]  # przekazywane o wspólnych klientach / given of people in common
platform = ""                # adres platformy dla „sync” / address of the platform for "sync": https://...
institution = ""             # drugi urząd, gdy porozumienie ma ich kilka / the other office, when there are several
psi_python = ""              # Python z openmined-psi, gdy inny niż ten / Python that has openmined-psi, if not this one
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Everything the connector is told. partner: public key of the other office; platform: its address, where the
    connector asks it itself; institution: short name of the other office, where the agreement has several;
    psi_python: interpreter that has the library of private set intersection, where it is another one.
    """

    folder: Path
    agreement: str
    partner: bytes
    register: Path
    fields: Sequence[str]
    keys: OfficeKeys
    platform: str = ""
    institution: str = ""
    psi_python: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What the office remembers of a round: whose row an alias is, and rows of people who do not exist."""

    rows: Mapping[str, str]  # alias -> local_id
    canaries: frozenset[str]  # aliases


def begin(folder: Path, *, agreement: str) -> OfficeKeys:
    """Make a key and a configuration to fill in. Raises FileExistsError: a key is never written over."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    seed = new_seed()
    _write_private(folder / KEY, envelopes.text_of(seed).encode(), fresh=True)
    _write_private(folder / CONFIGURATION, TEMPLATE.format(agreement=agreement).encode())
    return OfficeKeys(seed)


def load(path: Path) -> Office:
    """The office of a configuration. Raises BadConfiguration naming the entry that is wrong."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadConfiguration(path.name) from error
    return Office(
        folder=path.parent,
        agreement=_text(told, "agreement"),
        partner=_key(told, "partner", PUBLIC_BYTES),
        register=path.parent / _text(told, "register"),
        fields=_fields(told),
        keys=own_keys(path.parent),
        platform=_optional(told, "platform"),
        institution=_optional(told, "institution"),
        psi_python=_optional(told, "psi_python"),
    )


def own_keys(folder: Path) -> OfficeKeys:
    """The key of the office that keeps its things in the folder. Raises BadConfiguration."""
    try:
        text = (folder / KEY).read_text(encoding="ascii")
        seed = envelopes.bytes_of(text.strip())
    except (OSError, ValueError, Unreadable) as error:
        raise BadConfiguration(KEY) from error
    if len(seed) != SEED_BYTES:
        raise BadConfiguration(KEY)
    return OfficeKeys(seed)


def records(path: Path) -> Iterator[dict[str, str]]:
    """Rows of the extract by column. Raises RegisterUnusable."""
    found = layout(path)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream, delimiter=found.delimiter)
        next(reader)
        for cells in reader:
            yield {name: cell.strip() for name, cell in zip(found.names, cells, strict=False) if cell.strip()}


def remember(office: Office, epoch: int, memory: Memory) -> None:
    """Keep what answers will be read with; readable by the owner only."""
    text = json.dumps({"rows": dict(memory.rows), "canaries": sorted(memory.canaries)})
    _write_private(round_folder(office, epoch) / "memory.json", text.encode())


def recall(office: Office, epoch: int) -> Memory:
    """What the office remembers of a round. Raises BadConfiguration when it made no tokens for it."""
    try:
        told = json.loads((round_folder(office, epoch) / "memory.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise BadConfiguration(f"memory.json ({epoch})") from error
    return Memory(rows=told["rows"], canaries=frozenset(told["canaries"]))


def round_folder(office: Office, epoch: int) -> Path:
    """Where files of a round lie; made on first use."""
    place = office.folder / f"round-{epoch}"
    place.mkdir(mode=0o700, exist_ok=True)
    return place


def write_table(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> None:
    """Write a CSV that only the owner can read."""
    _write_private(path, b"")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def write_file(path: Path, content: bytes) -> None:
    """Write a file that only the owner can read."""
    _write_private(path, content)


def _write_private(path: Path, content: bytes, *, fresh: bool = False) -> None:
    flags = os.O_WRONLY | os.O_CREAT | (os.O_EXCL if fresh else os.O_TRUNC)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as stream:
        stream.write(content)


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadConfiguration(name)
    return value.strip()


def _optional(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str):
        raise BadConfiguration(name)
    return value.strip()


def _key(told: Mapping[str, Any], name: str, size: int) -> bytes:
    try:
        value = envelopes.bytes_of(_text(told, name))
    except Unreadable as error:
        raise BadConfiguration(name) from error
    if len(value) != size:
        raise BadConfiguration(name)
    return value


def _fields(told: Mapping[str, Any]) -> Sequence[str]:
    fields = told.get("fields", [])
    if not isinstance(fields, list) or not all(isinstance(one, str) for one in fields):
        raise BadConfiguration("fields")
    return fields
