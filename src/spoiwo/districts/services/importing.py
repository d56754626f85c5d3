"""Taking districts in from a file, row by row; what is refused is kept to be corrected and sent again."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from typing import IO
from uuid import UUID

from django.db import transaction

from spoiwo.districts import policies
from spoiwo.districts.errors import BadRange, EndsBeforeStart, MissingColumns, NotYours, UnreadableFile
from spoiwo.districts.models import District, RangeImport, RefusedRange
from spoiwo.districts.rules import files as rules
from spoiwo.districts.services.drawing import write_duty, write_range
from spoiwo.districts.services.log import record
from spoiwo.districts.types import Fault, FileRow, ImportReport, RefusedRow
from spoiwo.institutions import queries as institutions
from spoiwo.kernel import workbooks
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key

MOST_BYTES = 10 * 1024 * 1024
ZIP = b"PK\x03\x04"
LONGEST_CELL = 300


def read_file(stream: IO[bytes]) -> list[FileRow]:
    """Rows below the header, empty ones left out, numbered as a spreadsheet numbers them.

    XLSX, or CSV in UTF-8 or cp1250, parted by semicolons, commas or tabs. Raises UnreadableFile, MissingColumns.
    """
    content = stream.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise UnreadableFile
    table = _workbook(content) if content.startswith(ZIP) else _csv(content)
    places = rules.places_of(table[0][1]) if table else {}
    if missing := rules.missing(places):
        raise MissingColumns(missing)
    return [
        FileRow(number, {field: _cell(row, place) for field, place in places.items()})
        for number, row in table[1:]
        if any(cell.strip() for cell in row)
    ]


def _workbook(content: bytes) -> list[tuple[int, list[str]]]:
    try:
        return list(workbooks.rows_of(io.BytesIO(content)))
    except workbooks.UnusableWorkbook:
        raise UnreadableFile from None


def _csv(content: bytes) -> list[tuple[int, list[str]]]:
    if b"\x00" in content:
        raise UnreadableFile
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1250", errors="replace")
    delimiter = max(";,\t", key=text.partition("\n")[0].count)
    try:
        return list(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1))
    except csv.Error:
        raise UnreadableFile from None


@transaction.atomic
def import_districts(rows: list[FileRow], *, file_name: str, today: date, by: Actor) -> RangeImport:
    """Take good rows in and keep the others. The same file again changes nothing. Raises NotYours."""
    if not policies.keeps_districts(by):
        raise NotYours
    report = _Taking(today, by).take(rows)
    made = RangeImport.objects.create(
        institution_id=by.institution_id,
        file_name=file_name[:200],
        made_by_id=by.user_id,
        districts=report.districts,
        taken=report.taken,
        unchanged=report.unchanged,
        refused=len(report.refused),
    )
    RefusedRange.objects.bulk_create(
        RefusedRange(source=made, number=one.number, cells=dict(one.cells), faults=list(one.faults))
        for one in report.refused
    )
    record(by, "district-file", made.uuid, count=report.taken)
    return made


def refused_rows(uuid: UUID, *, by: Actor) -> list[RefusedRow] | None:
    """Rows that a file's import did not take; None when there was no such import."""
    source = RangeImport.objects.visible_to(by).filter(uuid=uuid).first()
    if source is None or not policies.keeps_districts(by):
        return None
    return [
        RefusedRow(one.number, one.cells, [(field, Fault(fault)) for field, fault in one.faults])
        for one in source.rows.order_by("number")
    ]


class _Taking:
    """One file on its way in."""

    def __init__(self, today: date, by: Actor):
        self._today = today
        self._by = by
        self._districts = {
            one.code: one
            for one in District.objects.select_for_update().filter(institution_id=by.institution_id)
        }
        self._staff = {search_key(name): pk for pk, name in institutions.staff_of(by.institution_id).items()}
        self._new = 0

    def take(self, rows: list[FileRow]) -> ImportReport:
        taken = unchanged = 0
        refused = []
        for row in rows:
            try:
                is_new = self._take(row.cells)
            except BadRange as error:
                refused.append(RefusedRow(row.number, row.cells, error.faults))
                continue
            taken += is_new
            unchanged += not is_new
        return ImportReport(districts=self._new, taken=taken, unchanged=unchanged, refused=refused)

    def _take(self, cells: Mapping[str, str]) -> bool:
        """Whether the row told anything new. Raises BadRange."""
        details, faults = rules.read_row(cells, today=self._today)
        name = cells.get("worker", "")
        worker = self._staff.get(search_key(name))
        if name and worker is None:
            faults = [*faults, ("worker", Fault.WORKER)]
        if details is None or faults:
            raise BadRange(faults)
        with transaction.atomic():
            district = self._districts.get(cells["code"]) or self._added(cells)
            _row, is_new = write_range(district, details)
            if worker is not None:
                self._serve(district, worker, details.valid_from)
        self._new += cells["code"] not in self._districts
        self._districts[cells["code"]] = district
        return is_new

    def _added(self, cells: Mapping[str, str]) -> District:
        code = cells["code"]
        return District.objects.create(
            institution_id=self._by.institution_id,
            code=code,
            name=cells.get("name", "") or code,
            changed_by_user_id=self._by.user_id,
        )

    def _serve(self, district: District, worker: int, since: date) -> None:
        try:
            write_duty(district, self._by.institution_id, user_id=worker, name="", since=since)
        except EndsBeforeStart:
            raise BadRange([("worker", Fault.DATES)]) from None


def _cell(row: list[str], place: int) -> str:
    return row[place].strip()[:LONGEST_CELL].removeprefix("'") if place < len(row) else ""
