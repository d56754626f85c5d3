"""The data folder and its secrets, made once and never overwritten."""

import base64
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from spoiwo.config.environment import SECRETS_FILE, read_stored

FOLDERS = ("files", "uploads", "exports", "backups")
_FOLDER_MODE = 0o700
_FILE_MODE = 0o600
_HEAD = """# Secrets of this installation, written on first start. Keep a copy apart from the backups:
# without SPOIWO_MASTER_KEYS nobody can read identifiers and sensitive facts, in backups either.
# Sekrety tej instalacji, zapisane przy pierwszym uruchomieniu. Przechowuj ich odpis osobno od kopii:
# bez SPOIWO_MASTER_KEYS nikt nie odczyta identyfikatorów i faktów wrażliwych, także z kopii.
"""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the first start found or made: the folder, the secrets file, the names written into it."""

    folder: Path
    secrets_file: Path
    written: tuple[str, ...]


def prepare(folder: Path, given: frozenset[str] = frozenset()) -> Prepared:
    """Make the data folder (0700) and the secrets file (0600) as far as they are missing.

    given: names of settings that the environment gives; no secrets are written for those.
    Raises OSError when the folder cannot be written.
    """
    folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    folder.chmod(_FOLDER_MODE)
    for name in FOLDERS:
        (folder / name).mkdir(mode=_FOLDER_MODE, exist_ok=True)
    path = folder / SECRETS_FILE
    known = given | read_stored(path).keys()
    fresh = {name: value for name, value in _fresh_secrets().items() if name not in known}
    if fresh:
        _append(path, fresh)
    return Prepared(folder, path, tuple(fresh))


def _fresh_secrets() -> dict[str, str]:
    return {
        "SPOIWO_SECRET_KEY": secrets.token_urlsafe(50),
        "SPOIWO_MASTER_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
        "SPOIWO_INDEX_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "SPOIWO_SEAL_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
    }


def _append(path: Path, values: dict[str, str]) -> None:
    head = _HEAD
    if path.exists():  # a last line that somebody left open must not swallow ours
        stands = path.read_text(encoding="utf-8")
        head = "\n" if stands and not stands.endswith("\n") else ""
    lines = "".join(f"{name}={value}\n" for name, value in values.items())
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _FILE_MODE)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(head + lines)
        stream.flush()
        os.fsync(stream.fileno())
    path.chmod(_FILE_MODE)
