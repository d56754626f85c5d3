"""Files in the data folder, sealed: uploads and their rows until they are over, exports until they are fetched."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from io import BufferedReader
from pathlib import Path
from uuid import UUID

from django.conf import settings

from spoiwo.exchange.errors import UnusableFile
from spoiwo.exchange.types import FileProblem
from spoiwo.kernel.sealed_files import open_sealed, seal_file
from spoiwo.toolkit.keys import key_ring

UPLOADS = "uploads"
ROWS = "rows"  # of uploads, as the check read them
EXPORTS = "exports"
ORPHANED_AFTER = timedelta(days=1)


class Measured:
    """Passes chunks on while it counts and hashes them; stops a file that is larger than allowed."""

    def __init__(self, chunks: Iterable[bytes], limit: int):
        self._chunks = chunks
        self._limit = limit
        self._hash = hashlib.sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.size += len(chunk)
            if self.size > self._limit:
                raise UnusableFile(FileProblem.TOO_LARGE, details=[str(self._limit // 1024 // 1024)])
            self._hash.update(chunk)
            yield chunk

    @property
    def sha256(self) -> str:
        """Of what has passed so far."""
        return self._hash.hexdigest()


def path_of(folder: str, uuid: UUID) -> Path:
    """Where the file lies; makes the folder on first use."""
    place = Path(settings.DATA_DIR) / folder
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place / f"{uuid}.sealed"


def store(folder: str, uuid: UUID, chunks: Iterable[bytes], key: bytes) -> None:
    """Write a file sealed. Whatever goes wrong, no part of it stays."""
    path = path_of(folder, uuid)
    try:
        seal_file(path, chunks, key)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def open_stored(folder: str, uuid: UUID, wrapped_key: bytes) -> BufferedReader:
    """The file in the clear. Raises CannotUnseal, also while reading, and FileNotFoundError."""
    return open_sealed(path_of(folder, uuid), key_ring().unwrap(wrapped_key))


def remove(folder: str, uuid: UUID) -> None:
    """Delete a file; quiet when it is gone already."""
    path_of(folder, uuid).unlink(missing_ok=True)


def remove_all(folder: str, uuids: Iterable[UUID]) -> None:
    """Delete files; quiet about those that are gone already."""
    for uuid in uuids:
        remove(folder, uuid)


def forget_upload(uuid: UUID) -> None:
    """Delete an import's file and what was read from it."""
    remove(UPLOADS, uuid)
    remove(ROWS, uuid)


def remove_orphans(folder: str, known: set[UUID], now: datetime) -> int:
    """Delete files that belong to nothing known and are older than a day (cut off between file and row)."""
    removed = 0
    for path in path_of(folder, UUID(int=0)).parent.glob("*.sealed"):
        old = path.stat().st_mtime < (now - ORPHANED_AFTER).timestamp()
        if old and path.stem not in {str(uuid) for uuid in known}:
            path.unlink(missing_ok=True)
            removed += 1
    return removed
