"""Rejected rows of a sheet, on record before they are handed out."""

import json

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.exchange.models import RejectedSheetRow, SheetImport
from spoiwo.exchange.services.sheets import REJECTED
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.sealing import unseal
from spoiwo.toolkit.keys import key_ring

Rejected = tuple[int, list[str], list[tuple[str, str, str]]]  # row number, cells, (column, problem, detail)


def rejected_rows_of(sheet: SheetImport, *, request_id: str, by: Actor) -> list[Rejected]:
    """The rejected rows, cells as in the sheet and as many as it has headers; none when nothing is left."""
    rows = list(RejectedSheetRow.objects.visible_to(by).filter(sheet=sheet).order_by("row_number"))
    if not rows:
        return []
    key, width = key_ring().unwrap(bytes(sheet.wrapped_key)), len(sheet.headers)
    found: list[Rejected] = []
    for row in rows:
        cells = json.loads(unseal(key, bytes(row.cells_sealed), REJECTED))
        cells = (cells + [""] * width)[:width]
        found.append((row.row_number, cells, [(one[0], one[1], one[2]) for one in row.findings]))
    audit.append(
        Entry(
            institution_id=sheet.institution_id,
            institution_acting_id=by.institution_id,
            action=Action.EXPORT,
            actor_user_id=by.user_id,
            object_ref=f"rejected-sheet-rows:{sheet.uuid}",
            count=len(found),
            request_id=request_id,
        )
    )
    return found
