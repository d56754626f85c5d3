"""Background jobs of the context, and when they come back."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from spoiwo.exchange.services import exporting, pipeline
from spoiwo.exchange.services.receiving import RUN
from spoiwo.toolkit.jobs import job
from spoiwo.toolkit.schedule import repeat

RESUME = "exchange.resume_stale_imports"
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


repeat(RESUME, every=timedelta(minutes=1))
repeat(FORGET, every=timedelta(days=1))
repeat(FORGET_EXPORTS, every=timedelta(days=1))
