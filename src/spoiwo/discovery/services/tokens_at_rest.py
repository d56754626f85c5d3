"""Tokens between arriving and being joined: sealed files that nobody but the joining reads."""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

from spoiwo.kernel.sealed_files import open_sealed, seal_file
from spoiwo.toolkit.keys import key_ring

FOLDER = "tokens"


def keep(uuid: UUID, content: bytes) -> bytes:
    """Store the file sealed; gives its wrapped key."""
    key = key_ring().new_data_key()
    seal_file(_path(uuid), [content], key.plain)
    return key.wrapped


def fetch(uuid: UUID, wrapped_key: bytes) -> bytes:
    """The file in the clear."""
    with open_sealed(_path(uuid), key_ring().unwrap(wrapped_key)) as stream:
        return stream.read()


def drop(uuids: Iterable[UUID]) -> None:
    """Delete files; quiet about those that are gone."""
    for uuid in uuids:
        _path(uuid).unlink(missing_ok=True)


def _path(uuid: UUID) -> Path:
    place = Path(settings.DATA_DIR) / FOLDER
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place / f"{uuid}.sealed"
