"""Background jobs of the context."""

from uuid import UUID

from spoiwo.surveys.services import exporting, mailing
from spoiwo.toolkit.jobs import job


@job(exporting.MAKE)
def make_export(export_uuid: str) -> None:
    """Write all answers of a survey to a file."""
    exporting.make_export(UUID(export_uuid))


@job(mailing.SEND)
def send_letters(survey_id: int) -> None:
    """Send invitations and reminders that wait."""
    mailing.send_letters(survey_id)
