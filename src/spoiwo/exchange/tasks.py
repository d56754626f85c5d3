"""Background jobs of the context, and when they come back."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from spoiwo.clients.services.erasing import on_erased
from spoiwo.exchange.services import erasing, exporting, pipeline, sheets
from spoiwo.exchange.services.receiving import RUN
from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.schedule import repeat

RESUME = "exchange.resume_stale_imports"
RESUME_SHEETS = "exchange.resume_stale_sheets"
FORGET = "exchange.forget_rejected_rows"
FORGET_EXPORTS = "exchange.forget_exports"


@job(RUN)
def run_import(import_uuid: str) -> None:
    """Take an import as far as it goes without a person."""
    pipeline.run_import(UUID(import_uuid))


@job(RESUME)
def resume_stale_imports() -> None:
    """Take over imports whose worker died."""
    pipeline.resume_stale_imports(timezone.now())


@job(FORGET)
def forget_rejected_rows() -> None:
    """Delete rejected rows that nobody put right in a month."""
    pipeline.forget_rejected_rows(timezone.now())


@job(exporting.MAKE)
def make_export(export_uuid: str) -> None:
    """Make the archive with everything an institution put in."""
    exporting.make_export(UUID(export_uuid))


@job(FORGET_EXPORTS)
def forget_exports() -> None:
    """Delete archives that nobody needs any more."""
    exporting.forget_exports(timezone.now())


@job(sheets.RUN)
def take_sheet(sheet_uuid: str) -> None:
    """Write the rows of a sheet down."""
    sheets.run_sheet(UUID(sheet_uuid))


@job(RESUME_SHEETS)
def resume_stale_sheets() -> None:
    """Take over sheets whose worker died."""
    sheets.resume_stale_sheets(timezone.now())


repeat(RESUME_SHEETS, every=timedelta(minutes=1))
repeat(RESUME, every=timedelta(minutes=1))
repeat(FORGET, every=timedelta(days=1))
repeat(FORGET_EXPORTS, every=timedelta(days=1))
on_erased(erasing.forget)
