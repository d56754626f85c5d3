"""Bringing many institutions in from a file."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from spoiwo.institutions import policies, rules
from spoiwo.institutions.errors import BadDetails, OutOfReach
from spoiwo.institutions.models import Institution
from spoiwo.institutions.queries import details_of
from spoiwo.institutions.services.directory import create_institution, edit_institution
from spoiwo.institutions.types import Fault, FileRow, ImportReport, Problem, RefusedRow
from spoiwo.kernel.actor import Actor


def import_institutions(*, rows: Sequence[FileRow], keep_good: bool, today: date, by: Actor) -> ImportReport:
    """Add and change institutions row by row; the same rows again change nothing.

    A row is known by its code, else its REGON, else its name and place. A running body is named by its code,
    REGON or full name and may come later in the file.
    keep_good: take the good rows even when others are refused; otherwise it is all rows or none.
    Raises OutOfReach when the actor does not run the platform.
    """
    if not policies.may_run_directory(by):
        raise OutOfReach
    with transaction.atomic():
        taking = _Taking(today, by)
        taking.take(rows)
        applied = keep_good or not taking.refused
        if not applied:
            transaction.set_rollback(True)
    return ImportReport(
        applied=applied,
        created=taking.created,
        changed=taking.changed,
        unchanged=taking.unchanged,
        refused=tuple(sorted(taking.refused, key=lambda row: row.number)),
    )


class _Taking:
    """One file being taken in."""

    def __init__(self, today: date, by: Actor):
        self._today = today
        self._by = by
        self._rows_of: dict[int, int] = {}  # institution to the row that spoke of it
        self.created = self.changed = self.unchanged = 0
        self.refused: list[RefusedRow] = []

    def take(self, rows: Sequence[FileRow]) -> None:
        """Rows whose running body is not known yet wait until the others are in."""
        waiting = list(rows)
        while waiting:
            ready = [
                row for row in waiting if self._body(row) is not None or not row.cells.get("running_body")
            ]
            if not ready:
                break
            for row in ready:
                self._take_row(row)
            taken = {row.number for row in ready}
            waiting = [row for row in waiting if row.number not in taken]
        for row in waiting:
            self._refuse(row, [Problem("running_body", Fault.RUNNING_BODY, row.cells["running_body"][:40])])

    def _take_row(self, row: FileRow) -> None:
        known = _find(row.cells)
        if known is not None and known.pk in self._rows_of:
            self._refuse(row, [Problem("name", Fault.ROW_TWICE, str(self._rows_of[known.pk]))])
            return
        body = self._body(row)
        try:
            details = rules.details_from(
                row.cells, details_of(known) if known else None, body.pk if body else None
            )
            if known is None:
                code = row.cells.get("code", "").lower()
                saved = create_institution(details=details, code=code, today=self._today, by=self._by)
                self.created += 1
            else:
                saved = edit_institution(
                    institution_id=known.pk, details=details, seen_version=0, today=self._today, by=self._by
                )
                self._count_change(known, saved)
        except BadDetails as error:
            self._refuse(row, error.problems)
        else:
            self._rows_of[saved.pk] = row.number

    def _count_change(self, before: Institution, after: Institution) -> None:
        if before.version == after.version:
            self.unchanged += 1
        else:
            self.changed += 1

    def _body(self, row: FileRow) -> Institution | None:
        text = row.cells.get("running_body", "")
        if not text:
            return None
        named = Institution.objects.active()
        for condition in ({"code": text.lower()}, {"regon": text}, {"name": text}):
            if body := named.filter(**condition).first():
                return body
        return None

    def _refuse(self, row: FileRow, problems: Sequence[Problem]) -> None:
        self.refused.append(RefusedRow(row.number, row.cells, tuple(problems)))


def _find(cells: dict[str, str]) -> Institution | None:
    if code := cells.get("code"):
        return Institution.objects.filter(code=code.lower()).first()
    if regon := "".join(cells.get("regon", "").split()):
        found = Institution.objects.filter(regon=regon).first()
        if found is not None:
            return found
    name, place = " ".join(cells["name"].split()), " ".join(cells.get("place", "").split())
    return Institution.objects.active().filter(name=name, place=place).order_by("pk").first()
