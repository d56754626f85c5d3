"""One process at a time may serve or replace what is in a data folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from spoiwo.cli.errors import Refused

LOCK = "serving.lock"


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Hold the data folder until the block ends. Raises Refused when another process holds it."""
    with (folder / LOCK).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Refused(
                f"The data folder {folder} is in use by a running platform. Stop it first.",
                f"Folder danych {folder} jest używany przez działającą platformę. Najpierw ją zatrzymaj.",
            ) from error
        yield
