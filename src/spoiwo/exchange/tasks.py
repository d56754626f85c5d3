"""Background jobs of the context."""

from uuid import UUID

from spoiwo.exchange.services import pipeline
from spoiwo.exchange.services.receiving import RUN
from spoiwo.toolkit.jobs import job


@job(RUN)
def run_import(import_uuid: str) -> None:
    """Take an import as far as it goes without a person."""
    pipeline.run_import(UUID(import_uuid))
