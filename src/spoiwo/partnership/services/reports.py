"""The annual report: figures worked out from the registers, frozen with their rows when it is approved."""

import hashlib
import json
from datetime import datetime

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies, queries
from spoiwo.partnership.errors import NotFound, NotYours, ReasonMissing, WrongState
from spoiwo.partnership.models import AnnualReport, FrozenFigure
from spoiwo.partnership.services.reaching import kept_agreement, record

DRAFT, APPROVED, PUBLISHED = "draft", "approved", "published"


@transaction.atomic
def begin_report(*, agreement_id: int, year: int, by: Actor) -> AnnualReport:
    """Begin the report of a year, or go on with it. Raises NotFound, NotYours."""
    agreement = kept_agreement(agreement_id, by)
    report, made = AnnualReport.objects.get_or_create(agreement=agreement, year=year)
    if made:
        record(agreement, report, "report_begun", by)
    return report


@transaction.atomic
def write_report(*, report_id: int, narrative: str, effects: str, by: Actor) -> AnnualReport:
    """Write the narrative of a draft. Raises NotFound, NotYours, WrongState."""
    report = _kept_draft(report_id, by)
    report.narrative, report.effects = narrative, effects
    report.save(update_fields=["narrative", "effects"])
    record(report.agreement, report, "report_written", by)
    return report


@transaction.atomic
def enter_figure(*, report_id: int, key: str, label: str, value: int, reason: str, by: Actor) -> FrozenFigure:
    """Enter a figure that the registers do not hold; it is marked as such with its author and reason.

    Raises NotFound, NotYours, WrongState, ReasonMissing.
    """
    report = _kept_draft(report_id, by)
    if not reason.strip():
        raise ReasonMissing(key)
    figure, _made = FrozenFigure.objects.update_or_create(
        report=report,
        key=f"hand:{key}"[:60],
        defaults={"label": label, "value": value, "by_hand": True, "user_id": by.user_id, "reason": reason},
    )
    record(report.agreement, figure, "figure_by_hand", by)
    return figure


@transaction.atomic
def approve_report(*, report_id: int, at: datetime, by: Actor) -> AnnualReport:
    """Freeze all figures with the rows they count, and the words, under one SHA-256.

    Raises NotFound, NotYours, WrongState.
    """
    report = _kept_draft(report_id, by)
    figures = queries.figures_of_year(report.agreement, report.year)
    lists = queries.lists_of(report.agreement, figures)
    FrozenFigure.objects.bulk_create(
        FrozenFigure(
            report=report,
            key=one.key,
            value=one.value,
            rows=list(one.rows),
            lines=[list(line) for line in lists.get(one.key, ())],
        )
        for one in figures
    )
    report.state, report.approved_at, report.approved_by_user_id = APPROVED, at, by.user_id
    report.sha256 = fingerprint_of(report)
    report.save(update_fields=["state", "approved_at", "approved_by_user_id", "sha256"])
    record(report.agreement, report, "report_approved", by)
    return report


@transaction.atomic
def publish_report(*, report_id: int, by: Actor) -> AnnualReport:
    """Let everybody read an approved report. Raises NotFound, NotYours, WrongState."""
    report = _kept(report_id, by)
    if report.state != APPROVED:
        raise WrongState(report.state)
    report.state = PUBLISHED
    report.save(update_fields=["state"])
    record(report.agreement, report, "report_published", by)
    return report


def fingerprint_of(report: AnnualReport) -> str:
    """SHA-256, in hexadecimal, over the frozen figures with their rows and the words of the report."""
    figures = [
        [one.key, one.value, list(one.rows), one.by_hand, one.reason, *([one.lines] if one.lines else [])]
        for one in report.figures.order_by("key")
    ]
    content = [report.year, report.narrative, report.effects, figures]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _kept(report_id: int, by: Actor) -> AnnualReport:
    report = AnnualReport.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=report_id).first()
    if report is None:
        raise NotFound(str(report_id))
    if not policies.keeps(by, report.agreement):
        raise NotYours(str(report_id))
    found: AnnualReport = report
    return found


def _kept_draft(report_id: int, by: Actor) -> AnnualReport:
    report = _kept(report_id, by)
    if report.state != DRAFT:
        raise WrongState(report.state)
    return report
