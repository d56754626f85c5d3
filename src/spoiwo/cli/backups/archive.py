"""The archive: a compressed tar of the database, the files of the data folder, and the manifest last."""

import hashlib
import io
import os
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import IO

from spoiwo.cli.backups.manifest import NAME, Manifest, NoManifest, Part, from_json
from spoiwo.cli.errors import Refused, Unusable

DATABASE = "database"
FOLDERS = ("files", "uploads")
_LEVEL = 3
_FILE_MODE = 0o600
_BLOCK = 1024 * 1024


def write(
    target: Path, *, database: Path, folder: Path, describe: Callable[[Mapping[str, Part]], Manifest]
) -> Manifest:
    """Write the archive, readable by its owner only; it takes its name once it is complete.

    database: the copy made before. folder: the data folder. describe: makes the manifest from the parts written.
    """
    unfinished = target.with_name(f"{target.name}.part")
    parts: dict[str, Part] = {}
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _FILE_MODE)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=_LEVEL) as archive:
                parts[DATABASE] = _add(archive, DATABASE, database)
                for name, path in _files(folder):
                    parts[name] = _add(archive, name, path)
                manifest = describe(parts)
                _add_text(archive, NAME, manifest.to_json())
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def unpack(source: Path, room: Path) -> Manifest:
    """Unpack into an empty folder and compare every part with the manifest.

    Raises Unusable when this is no backup of ours, Refused when parts are missing or altered.
    """
    try:
        with tarfile.open(source, mode="r:gz") as archive:
            archive.extractall(room, filter="data")
        manifest = from_json((room / NAME).read_bytes())
    except (OSError, EOFError, tarfile.TarError, NoManifest) as error:
        raise Unusable(
            f"{source} is no complete backup of Spoiwo.", f"{source} nie jest pełną kopią Spoiwo."
        ) from error
    altered = [name for name, part in manifest.parts.items() if _part(room / PurePosixPath(name)) != part]
    if altered:
        names = ", ".join(sorted(altered)[:5])
        raise Refused(f"The backup was altered: {names}.", f"Kopia została zmieniona: {names}.")
    return manifest


def _files(folder: Path) -> list[tuple[str, Path]]:
    found = [path for name in FOLDERS for path in sorted((folder / name).rglob("*")) if path.is_file()]
    return [(path.relative_to(folder).as_posix(), path) for path in found]


def _add(archive: tarfile.TarFile, name: str, path: Path) -> Part:
    with path.open("rb") as stream:
        info = tarfile.TarInfo(name)
        info.size = os.fstat(stream.fileno()).st_size
        info.mode = _FILE_MODE
        reader = _Hashing(stream)
        archive.addfile(info, reader)
    return Part(info.size, reader.digest.hexdigest())


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    raw = text.encode()
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(raw), _FILE_MODE
    archive.addfile(info, io.BytesIO(raw))


def _part(path: Path) -> Part | None:
    if not path.is_file():
        return None
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return Part(path.stat().st_size, digest.hexdigest())


class _Hashing(io.RawIOBase):
    """Hashes what is read through it."""

    def __init__(self, stream: IO[bytes]):
        super().__init__()
        self._stream = stream
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        """It can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """As the stream below."""
        block = self._stream.read(size)
        self.digest.update(block)
        return block
