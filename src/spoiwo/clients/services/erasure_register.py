"""The register of erasures as a file beside the database: a restored backup must not bring anybody back.

One line a record: its random id, whose it was, when and on what basis it was erased. Nothing of the person is in it.
"""

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

NAME = "erasures.jsonl"
Line = tuple[UUID, int, datetime, str]  # record, institution, when, basis


def write_down(lines: Sequence[Line]) -> None:
    """Add lines at the end, on disk before it returns."""
    place = _path()
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a", encoding="utf-8") as file:
        for uuid, institution, at, basis in lines:
            said = {"record": str(uuid), "institution": institution, "at": at.isoformat(), "basis": basis}
            file.write(f"{json.dumps(said, ensure_ascii=False)}\n")
        file.flush()
        os.fsync(file.fileno())


def read() -> list[Line]:
    """All lines; none when nothing was ever erased."""
    place = _path()
    if not place.exists():
        return []
    with place.open(encoding="utf-8") as file:
        said = [json.loads(line) for line in file if line.strip()]
    return [
        (UUID(one["record"]), one["institution"], datetime.fromisoformat(one["at"]), one["basis"])
        for one in said
    ]


def _path() -> Path:
    return Path(settings.DATA_DIR) / NAME
