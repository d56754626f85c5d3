"""All answers as a file: made by a job, page by page, with bounded memory and visible progress."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.sealed_files import open_sealed, seal_file
from spoiwo.surveys.errors import FileTooLarge, NotFound
from spoiwo.surveys.models import Answer, ResultsExport, Survey
from spoiwo.surveys.models.keys import key_of
from spoiwo.surveys.querysets import AnswerQuerySet
from spoiwo.surveys.rules.answering import parsed_number
from spoiwo.surveys.rules.documents import all_fields
from spoiwo.surveys.rules.sealing import opened
from spoiwo.surveys.types import UNKNOWN, Value
from spoiwo.toolkit import jobs
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.keys import key_ring
from spoiwo.toolkit.sheets import harmless, xlsx_book

MAKE = "surveys.make_export"
JOB = "export"
FOLDER = "exports"
AT_ONCE = 500  # answers read, opened and written before progress is noted
FIRST_COLUMNS = ("unit", "name", "kind", "territory", "source", "submitted_on")
MOST_XLSX_CELLS = 2_000_000  # a workbook is put together in memory
_CHUNK = 1 << 16
_RISKY = "=+-@\t\r"
Listener = Callable[[int], None]


@transaction.atomic
def ask_export(*, survey_id: int, form: str, by: Actor) -> ResultsExport:
    """Have a file made ("csv" or "xlsx"); one that is being made already is enough. Raises NotFound, FileTooLarge."""
    survey = Survey.objects.visible_to(by).filter(pk=survey_id).first()
    if survey is None or form not in {"csv", "xlsx"} or not by.has_any("analyst"):
        raise NotFound(str(survey_id))
    cells = _counted(survey).count() * (len(all_fields(survey.version.questions)) + len(FIRST_COLUMNS))
    if form == "xlsx" and cells > MOST_XLSX_CELLS:
        raise FileTooLarge
    there = ResultsExport.objects.visible_to(by).filter(
        survey=survey, format=form, state=ResultsExport.State.WAITING
    )
    waiting = there.first()
    if waiting is not None:
        return waiting
    asked = ResultsExport.objects.create(
        survey=survey, institution_id=survey.institution_id, format=form, asked_by_user_id=by.user_id
    )
    transaction.on_commit(lambda: jobs.enqueue(MAKE, export_uuid=str(asked.uuid)))
    return asked


def make_export(export_uuid: UUID, *, listener: Listener | None = None) -> None:
    """Write the file, sealed; called by the worker. Does nothing for one that is made already.

    listener: is told how many rows are done, as the row of the export is.
    """
    with acting_for(0, job=JOB):
        export = (
            ResultsExport.objects.select_related("survey__version")
            .filter(uuid=export_uuid, state=ResultsExport.State.WAITING)
            .first()
        )
    if export is None:
        return
    survey = export.survey
    key = key_ring().new_data_key()
    path = path_of(export.uuid)
    path.unlink(missing_ok=True)  # of an attempt that broke off
    _note(export, rows=_counted(survey).count())
    rows = rows_of(survey, lambda done: _tell(export, done, listener))
    chunks = _csv_chunks(rows) if export.format == "csv" else iter([xlsx_book([("answers", rows)])])
    seal_file(path, chunks, key.plain)
    _note(export, wrapped_key=key.wrapped, state=ResultsExport.State.READY, ready_at=timezone.now())


def fetch_export(*, export: ResultsExport, by: Actor) -> Iterator[bytes]:
    """The file in the clear, on record in the log before the first byte. Raises FileNotFoundError."""
    stream = open_sealed(path_of(export.uuid), key_ring().unwrap(bytes(export.wrapped_key)))
    audit.append(
        Entry(
            institution_id=export.institution_id,
            institution_acting_id=by.institution_id,
            action=Action.EXPORT,
            actor_user_id=by.user_id,
            object_ref=f"results_export:{export.uuid}",
            count=export.rows_done,
        )
    )
    return _read(stream)


def path_of(uuid: UUID) -> Path:
    """Where the sealed file lies; makes the folder on first use."""
    place = Path(settings.DATA_DIR) / FOLDER
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place / f"{uuid}.sealed"


def rows_of(survey: Survey, listener: Listener | None = None) -> Iterator[list[str]]:
    """Header and one row per counted answer. Anonymous answers come in the order of their random ids.

    listener: is told of progress. Read AT_ONCE by id, each page in a context of its own, so that no transaction stays
    open while a large file is written.
    """
    fields = [field.code for field in all_fields(survey.version.questions)]
    yield [*FIRST_COLUMNS, *fields]
    key = key_of(survey)
    last: UUID | None = None
    done = 0
    while page := _page(survey, last):
        for answer in page:
            values = opened(bytes(answer.sealed), key, answer.pk).values
            yield [*_first_cells(answer), *(_cell(values.get(code)) for code in fields)]
        last = page[-1].pk
        done += len(page)
        if listener is not None:
            listener(done)


def _page(survey: Survey, last: UUID | None) -> list[Answer]:
    rows = _counted(survey).select_related("unit").order_by("pk")
    with acting_for(survey.institution_id, job=JOB):
        return list((rows if last is None else rows.filter(pk__gt=last))[:AT_ONCE])


def _counted(survey: Survey) -> AnswerQuerySet:
    return Answer.objects.filter(survey=survey).counted()


def _first_cells(answer: Answer) -> list[str]:
    if answer.is_anonymous:
        return [""] * len(FIRST_COLUMNS)
    unit = answer.unit
    named = [unit.key, unit.name, unit.kind, unit.territory] if unit else [answer.subject_key, "", "", ""]
    day = timezone.localdate(answer.submitted_at).isoformat() if answer.submitted_at else ""
    return [*named, answer.source, day]


def _cell(value: Value | None) -> str:
    if value is None:
        return ""
    if value == UNKNOWN:
        return "?"
    return " ".join(value) if isinstance(value, list) else str(value)


def _safe(cell: str) -> str:
    """Numbers below zero are numbers; everything else that a spreadsheet might run is disarmed.

    Asked of every cell of a file, tens of millions of times: most are let through by their first character.
    """
    if not cell or cell[0] not in _RISKY:
        return cell
    return cell if cell[0] == "-" and parsed_number(cell) is not None else harmless(cell)


def _csv_chunks(rows: Iterator[list[str]]) -> Iterator[bytes]:
    out = io.StringIO("\ufeff")
    out.seek(0, io.SEEK_END)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
        if out.tell() > _CHUNK:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def _tell(export: ResultsExport, done: int, listener: Listener | None) -> None:
    _note(export, rows_done=done)
    if listener is not None:
        listener(done)


def _note(export: ResultsExport, **changes: object) -> None:
    with acting_for(export.institution_id, job=JOB):
        ResultsExport.objects.filter(pk=export.pk).update(**changes)


def _read(stream: IO[bytes]) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
