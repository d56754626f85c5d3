"""The rows of an import's file, read by its layout."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import timezone

from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.models import RegisterImport
from spoiwo.exchange.rules import tables
from spoiwo.exchange.rules.rows import Row, RowReader
from spoiwo.exchange.rules.tables import TableFormat
from spoiwo.exchange.services import files
from spoiwo.exchange.types import FileFormat, Finding, Layout


@dataclass(slots=True)
class ReadRow:
    """One row of the file. row: None when it has to be rejected, then findings say why."""

    number: int
    cells: list[str]
    local_id: str
    row: Row | None
    findings: list[Finding]


def table_of(register_import: RegisterImport) -> TableFormat:
    """How the file has to be read."""
    return TableFormat(
        FileFormat(register_import.format), register_import.encoding, register_import.delimiter
    )


@contextmanager
def open_rows(register_import: RegisterImport) -> Iterator[Iterator[ReadRow]]:
    """The file's rows as a stream. Raises UnusableFile and CannotUnseal, also while rows are read."""
    with files.open_stored(files.UPLOADS, register_import.uuid, bytes(register_import.wrapped_key)) as stream:
        headers, rows = tables.open_table(stream, table_of(register_import))
        layout = Layout(columns=register_import.columns, values=register_import.values)
        today = timezone.localdate(register_import.started_at)  # the same at every attempt
        yield _read(rows, RowReader(RegisterKind(register_import.kind), headers, layout, today))


def _read(rows: Iterator[tuple[int, list[str]]], reader: RowReader) -> Iterator[ReadRow]:
    for number, cells in rows:
        row, findings = reader.read(cells)
        local_id = row.local_id if row else reader.local_id(cells)
        yield ReadRow(number, cells, local_id, row, findings)
