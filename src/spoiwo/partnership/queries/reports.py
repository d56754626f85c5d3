"""Annual reports: live figures of a year, frozen ones of an approved report."""

from spoiwo.partnership.models import Agreement, AnnualReport, Meeting
from spoiwo.partnership.queries.figures import figures_of_year, lists_of
from spoiwo.partnership.types import ReportFigure


def report_of(agreement: Agreement, year: int) -> AnnualReport | None:
    """The report of a year, when somebody has begun it."""
    return AnnualReport.objects.filter(agreement=agreement, year=year).first()


def years_of(agreement: Agreement) -> list[int]:
    """Years that something is known of, the newest first."""
    held = Meeting.objects.held().filter(body__agreement=agreement).dates("starts_on", "year")
    begun = AnnualReport.objects.filter(agreement=agreement).values_list("year", flat=True)
    return sorted({day.year for day in held} | set(begun), reverse=True)


def figures_shown(agreement: Agreement, year: int) -> tuple[ReportFigure, ...]:
    """The figures of a year: as they were frozen when the report is approved, as they are today otherwise."""
    report = report_of(agreement, year)
    if report is None or report.state == "draft":
        return figures_of_year(agreement, year)
    frozen = {one.key: one for one in report.figures.filter(by_hand=False)}
    return tuple(
        ReportFigure(one.key, frozen[one.key].value, tuple(frozen[one.key].rows))
        for one in figures_of_year(agreement, year)
        if one.key in frozen
    )


def lists_shown(agreement: Agreement, year: int) -> dict[str, list[tuple[str, str]]]:
    """What the report of a year lists, by key: as it was frozen, or as it is today while it is a draft."""
    report = report_of(agreement, year)
    if report is None or report.state == "draft":
        return lists_of(agreement, figures_of_year(agreement, year))
    return {
        one.key: [(day, words) for day, words in one.lines] for one in report.figures.filter(by_hand=False)
    }


def published_report(agreement_id: int, year: int) -> AnnualReport | None:
    """A report for everybody."""
    found = AnnualReport.objects.select_related("agreement").filter(agreement_id=agreement_id, year=year)
    return found.filter(state="published").first()


def published_reports() -> list[AnnualReport]:
    """All reports for everybody, the newest first."""
    found = AnnualReport.objects.filter(state="published").select_related("agreement")
    return list(found.order_by("-year", "pk"))
