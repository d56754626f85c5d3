"""Texts of the report for the marshal."""

from datetime import datetime

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.errors import ProgrammeNotFound
from spoiwo.monitoring.models import Programme, ProgrammeReport
from spoiwo.toolkit.conflicts import Conflict, differences


@transaction.atomic
def save_report(
    *, programme_id: int, year: int, introduction: str, conclusions: str, edit_version: int, at: datetime, by: Actor
) -> ProgrammeReport:  # fmt: skip
    """Keep the texts. edit_version: that of the form, 0 for the first time. Raises ProgrammeNotFound, Conflict."""
    programme = Programme.objects.kept_by(by).select_for_update().filter(pk=programme_id).first()
    if programme is None or not programme.first_year <= year <= programme.last_year:
        raise ProgrammeNotFound
    report = ProgrammeReport.objects.filter(programme=programme, year=year).first()
    yours = {"introduction": introduction, "conclusions": conclusions}
    if report is not None and report.edit_version != edit_version:
        saved = {"introduction": report.introduction, "conclusions": report.conclusions}
        raise Conflict(
            differences(yours, saved),
            version=report.edit_version,
            saved_by_user_id=report.saved_by_user_id,
            saved_at=report.saved_at,
        )
    made = report or ProgrammeReport(programme=programme, year=year, edit_version=0)
    made.introduction, made.conclusions = introduction, conclusions
    made.edit_version += 1
    made.saved_by_user_id, made.saved_at = by.user_id, at
    made.save()
    return made
