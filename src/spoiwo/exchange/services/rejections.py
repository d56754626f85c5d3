"""Rejected rows as a file: the format and columns of the original, and the reasons."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.models import RegisterImport, RejectedRow
from spoiwo.exchange.services.checking import REJECTED
from spoiwo.exchange.types import FileFormat
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.sealing import unseal
from spoiwo.toolkit.keys import key_ring
from spoiwo.toolkit.sheets import CSV_TYPE, XLSX_TYPE, harmless, xlsx_file

Words = Callable[[RegisterKind, Sequence[tuple[str, str, str]]], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file to hand out."""

    name: str
    content_type: str
    content: bytes


def rejected_rows_file(*, import_uuid: UUID, request_id: str, by: Actor, words: Words) -> MadeFile | None:
    """The file, on record in the log; None when there is nothing to hand out, or not to this actor.

    words: gives (header of the column of reasons, reasons of a row) for (column, problem, detail) triples.
    """
    found = RegisterImport.objects.visible_to(by).filter(uuid=import_uuid).first()
    if found is None:
        return None
    rows = RejectedRow.objects.visible_to(by).filter(register_import=found).order_by("row_number")
    if not found.wrapped_key or not rows.exists():
        return None
    made = _make(found, list(_tables(found, rows.iterator(), words)), words)
    audit.append(
        Entry(
            institution_id=found.institution_id,
            institution_acting_id=by.institution_id,
            action=Action.EXPORT,
            actor_user_id=by.user_id,
            object_ref=f"rejected:{found.uuid}",
            count=found.rejected,
            request_id=request_id,
        )
    )
    return made


def _make(found: RegisterImport, rows: list[list[str]], words: Words) -> MadeFile:
    header = [*found.headers, words(RegisterKind(found.kind), ())[0]]
    stem = f"odrzucone-{found.as_of.isoformat()}"
    if found.format == FileFormat.XLSX:
        return MadeFile(f"{stem}.xlsx", XLSX_TYPE, xlsx_file(stem, header, rows))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=found.delimiter, lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    content = out.getvalue().encode(found.encoding, errors="replace")
    return MadeFile(f"{stem}.csv", CSV_TYPE if "utf" in found.encoding else "text/csv", content)


def _tables(found: RegisterImport, rows: Iterator[RejectedRow], words: Words) -> Iterator[list[str]]:
    key = key_ring().unwrap(bytes(found.wrapped_key))
    width = len(found.headers)
    for row in rows:
        cells = json.loads(unseal(key, bytes(row.cells_sealed), REJECTED))
        cells = (cells + [""] * width)[: max(width, len(cells))]
        findings = [(name, problem, detail) for name, problem, detail in row.findings]
        yield [*cells, words(RegisterKind(found.kind), findings)[1]]
