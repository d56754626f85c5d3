"""Bringing many institutions in from a file."""

from collections.abc import Sequence
from datetime import date

from spoiwo.institutions import policies, rules
from spoiwo.institutions.errors import BadDetails, OutOfReach
from spoiwo.institutions.models import Institution
from spoiwo.institutions.queries import details_of
from spoiwo.institutions.services.directory import check_institution, create_institution, edit_institution
from spoiwo.institutions.types import Fault, FileRow, ImportReport, InstitutionDetails, Problem, RefusedRow
from spoiwo.kernel.actor import Actor

Key = tuple[str, ...]


def import_institutions(*, rows: Sequence[FileRow], keep_good: bool, today: date, by: Actor) -> ImportReport:
    """Add and change institutions row by row; the same rows again change nothing.

    A row is known by its code, else its REGON, else its name and place. A running body is named by its code,
    REGON or full name and may come later in the file.
    keep_good: take the good rows even when others are refused; otherwise nothing is written unless every row
    is good. All rows are checked first and then written one by one, so that other writers never wait long;
    after a crash in between, the same file again completes the rest.
    Raises OutOfReach when the actor does not run the platform.
    """
    if not policies.may_run_directory(by):
        raise OutOfReach
    checking = _Checking(today)
    checking.go_through(rows)
    if checking.refused and not keep_good:
        return ImportReport(applied=False, created=0, changed=0, unchanged=0, refused=checking.in_order())
    bad = {row.number for row in checking.refused}
    taking = _Taking(today, by)
    taking.go_through([row for row in rows if row.number not in bad])
    taking.refused += checking.refused
    return ImportReport(
        applied=True,
        created=taking.created,
        changed=taking.changed,
        unchanged=taking.unchanged,
        refused=taking.in_order(),
    )


class _Checking:
    """One file gone through without writing anything, so that no other writer waits for it."""

    def __init__(self, today: date):
        self._today = today
        self._rows_of: dict[Key, int] = {}  # what tells institutions apart, to the row that spoke of one
        self._names: set[str] = set()  # by which rows gone through may be named as running bodies
        self.refused: list[RefusedRow] = []

    def go_through(self, rows: Sequence[FileRow]) -> None:
        """Rows whose running body is not known yet wait until the others are through."""
        waiting = list(rows)
        while ready := [row for row in waiting if self._has_its_body(row)]:
            for row in ready:
                self._row(row)
            through = {row.number for row in ready}
            waiting = [row for row in waiting if row.number not in through]
        for row in waiting:
            self._refuse(row, [Problem("running_body", Fault.RUNNING_BODY, row.cells["running_body"][:40])])

    def in_order(self) -> tuple[RefusedRow, ...]:
        """Refused rows as they stand in the file."""
        return tuple(sorted(self.refused, key=lambda row: row.number))

    def _row(self, row: FileRow) -> None:
        known = _find(row.cells)
        keys = _looked_up_by(row.cells) + ([("pk", str(known.pk))] if known else [])
        earlier = next((self._rows_of[key] for key in keys if key in self._rows_of), None)
        if earlier is not None:
            self._refuse(row, [Problem("name", Fault.ROW_TWICE, str(earlier))])
            return
        body = _body(row.cells)
        try:
            details = rules.details_from(
                row.cells, details_of(known) if known else None, body.pk if body else None
            )
            self._take(row.cells.get("code", "").lower(), details, known)
        except BadDetails as error:
            self._refuse(row, error.problems)
            return
        self._rows_of.update(dict.fromkeys([*keys, *_told_by(row.cells)], row.number))
        self._names.update({row.cells.get("code", "").lower(), row.cells.get("regon", ""), row.cells["name"]})

    def _take(self, code: str, details: InstitutionDetails, known: Institution | None) -> None:
        check_institution(details=details, code="" if known else code, institution=known, today=self._today)

    def _has_its_body(self, row: FileRow) -> bool:
        text = row.cells.get("running_body", "")
        return not text or text in self._names or text.lower() in self._names or _body(row.cells) is not None

    def _refuse(self, row: FileRow, problems: Sequence[Problem]) -> None:
        self.refused.append(RefusedRow(row.number, row.cells, tuple(problems)))


class _Taking(_Checking):
    """One file taken in, each row in a transaction of its own."""

    def __init__(self, today: date, by: Actor):
        super().__init__(today)
        self._by = by
        self.created = self.changed = self.unchanged = 0

    def _take(self, code: str, details: InstitutionDetails, known: Institution | None) -> None:
        if known is None:
            create_institution(details=details, code=code, today=self._today, by=self._by)
            self.created += 1
            return
        saved = edit_institution(
            institution_id=known.pk, details=details, seen_version=0, today=self._today, by=self._by
        )
        if saved.version == known.version:
            self.unchanged += 1
        else:
            self.changed += 1


def _looked_up_by(cells: dict[str, str]) -> list[Key]:
    """By what `_find` looks, in its order."""
    if code := cells.get("code", "").lower():
        return [("code", code)]
    return [key for key in _told_by(cells) if key[0] != "code"]


def _told_by(cells: dict[str, str]) -> list[Key]:
    values = {field: "".join(cells.get(field, "").lower().split()) for field in ("regon", "code")}
    name = ("name", " ".join(cells["name"].split()), " ".join(cells.get("place", "").split()))
    return [name, *((field, value) for field, value in values.items() if value)]


def _body(cells: dict[str, str]) -> Institution | None:
    text = cells.get("running_body", "")
    if not text:
        return None
    named = Institution.objects.active()
    found = (
        named.filter(**condition).first()
        for condition in ({"code": text.lower()}, {"regon": text}, {"name": text})
    )
    return next((body for body in found if body is not None), None)


def _find(cells: dict[str, str]) -> Institution | None:
    if code := cells.get("code"):
        return Institution.objects.filter(code=code.lower()).first()
    if regon := "".join(cells.get("regon", "").split()):
        found = Institution.objects.filter(regon=regon).first()
        if found is not None:
            return found
    name, place = " ".join(cells["name"].split()), " ".join(cells.get("place", "").split())
    return Institution.objects.active().filter(name=name, place=place).order_by("pk").first()
