"""Rows as the check read them, kept sealed beside the upload, so that staging need not read the file again.

They may go missing (they are in no backup): then the upload is read once more, with the same result.
"""

import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any

from spoiwo.access.types import Category
from spoiwo.clients.types import FactKind, FactRow, RegisterKind, RegisterRow
from spoiwo.exchange.models import RegisterImport
from spoiwo.exchange.rules.rows import Row
from spoiwo.exchange.services import files
from spoiwo.exchange.services.reading import ReadRow, open_rows
from spoiwo.kernel.sealed_files import open_sealed
from spoiwo.toolkit.keys import key_ring

_ROWS = {RegisterKind.REGISTER: RegisterRow, RegisterKind.FACTS: FactRow}
_NOT_TEXT: dict[Any, Any] = {date | None: date.fromisoformat, Category: Category, FactKind: FactKind}


def keep_rows(register_import: RegisterImport, batches: Iterable[Sequence[ReadRow]]) -> None:
    """Write batches of checked rows as they come, in place of what an earlier check kept."""
    names = [field.name for field in fields(_ROWS[RegisterKind(register_import.kind)])]
    values = attrgetter(*names)
    files.remove(files.ROWS, register_import.uuid)
    lines = (_line(batch, values) for batch in batches)
    files.store(files.ROWS, register_import.uuid, lines, _key(register_import))


@contextmanager
def open_checked_rows(register_import: RegisterImport) -> Iterator[Iterator[ReadRow]]:
    """The rows as the check left them; read from the file itself when they are gone.

    Rows from here hold neither cells nor findings. Raises UnusableFile and CannotUnseal, also while rows are read.
    """
    path = files.path_of(files.ROWS, register_import.uuid)
    if not path.exists():
        with open_rows(register_import) as rows:
            yield rows
        return
    with open_sealed(path, _key(register_import)) as stream:
        yield _read(stream, RegisterKind(register_import.kind))


def _key(register_import: RegisterImport) -> bytes:
    """A key of its own, so that no part of the upload can be put in the place of a part of this file."""
    return hmac.digest(key_ring().unwrap(bytes(register_import.wrapped_key)), b"rows", "sha256")


def _line(batch: Sequence[ReadRow], values: Any) -> bytes:
    kept = [(read.number, read.local_id, read.row and values(read.row)) for read in batch]
    return json.dumps(kept, default=date.isoformat, ensure_ascii=False).encode() + b"\n"


def _read(lines: Iterable[bytes], kind: RegisterKind) -> Iterator[ReadRow]:
    make: type[Row] = _ROWS[kind]
    names = [field.name for field in fields(make)]
    readers = [(field.name, _NOT_TEXT[field.type]) for field in fields(make) if field.type in _NOT_TEXT]
    for line in lines:
        for number, local_id, texts in json.loads(line):
            row = None
            if texts is not None:
                values: dict[str, Any] = dict(zip(names, texts, strict=True))
                for name, reader in readers:
                    if values[name] is not None:
                        values[name] = reader(values[name])
                row = make(**values)
            yield ReadRow(number, [], local_id, row, [])
