"""What a backup says of itself."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

FORMAT = "spoiwo-backup-1"
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the archive: its size in bytes and its SHA-256 in hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the copied database holds.

    rows: table -> rows; migrations: `context.name`; master_keys: ids of the master keys that wrapped its
    data keys, in hexadecimal.
    """

    vendor: str
    rows: Mapping[str, int]
    migrations: tuple[str, ...]
    master_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The archive's table of contents; index_key tells two index keys apart without giving them away."""

    version: str
    made_at: str
    snapshot: Snapshot
    index_key: str
    parts: Mapping[str, Part]

    def to_json(self) -> str:
        """The manifest as the archive holds it."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, sort_keys=True)


class NoManifest(ValueError):
    """The text is no manifest of ours."""


def from_json(text: str | bytes) -> Manifest:
    """Read a manifest. Raises NoManifest."""
    try:
        data: dict[str, Any] = json.loads(text)
        if data.pop("format") != FORMAT:
            raise NoManifest("unknown format")
        snapshot = data.pop("snapshot")
        parts = {name: Part(**part) for name, part in data.pop("parts").items()}
        return Manifest(
            **data,
            parts=parts,
            snapshot=Snapshot(
                vendor=snapshot["vendor"],
                rows=snapshot["rows"],
                migrations=tuple(snapshot["migrations"]),
                master_keys=tuple(snapshot["master_keys"]),
            ),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise NoManifest(str(error)) from error
