"""The annual report: every figure opens the rows it counts; approved ones are frozen."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.institutions import queries as institutions
from spoiwo.partnership import policies, queries, services
from spoiwo.partnership.forms.reports import FigureForm, ReportForm
from spoiwo.partnership.models import Agreement
from spoiwo.partnership.tables.reports import FIGURE_NAMES, report_paper
from spoiwo.partnership.views.acting import (
    Page,
    bound,
    do,
    do_with_form,
    document_answer,
    found_or_404,
    keeper_or_404,
)
from spoiwo.toolkit.documents import html_of
from spoiwo.toolkit.doors import ActorRequest, everyone, open_to, signed_in
from spoiwo.toolkit.formatted import html_of_markdown

ROW_PAGES = {"meeting": "meeting", "outcome": "outcome", "communique": "communique"}


@require_GET
@open_to(signed_in)
def reports(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Years that can be reported on."""
    agreement = _found(request, agreement_id)
    years = sorted({*queries.years_of(agreement), timezone.localdate().year}, reverse=True)
    return render(request, "partnership/reports.html", {"agreement": agreement, "years": years})


@require_GET
@open_to(signed_in)
def report(request: ActorRequest, agreement_id: int, year: int) -> HttpResponse:
    """The report of a year with its figures."""
    agreement = _found(request, agreement_id)
    row = queries.report_of(agreement, year)
    context = {
        "agreement": agreement,
        "year": year,
        "report": row,
        "narrative": html_of_markdown(row.narrative) if row else "",
        "effects": html_of_markdown(row.effects) if row else "",
        "figures": [
            {"figure": one, "name": FIGURE_NAMES[one.key]} for one in queries.figures_shown(agreement, year)
        ],
        "by_hand": [
            {"figure": one, "author": institutions.full_name(one.user_id)}
            for one in (row.figures.filter(by_hand=True).order_by("pk") if row else ())
        ],
        "keeps": policies.keeps(request.actor, agreement),
        "is_draft": row is None or row.state == services.DRAFT,
    }
    return render(request, "partnership/report.html", context)


@require_GET
@open_to(signed_in)
def rows(request: ActorRequest, agreement_id: int, year: int, key: str) -> HttpResponse:
    """The rows behind a figure."""
    agreement = _found(request, agreement_id)
    figure = next((one for one in queries.figures_shown(agreement, year) if one.key == key), None)
    if figure is None:
        raise Http404
    lines = [
        {"day": day, "title": title, "url": address_of_row(reference)}
        for day, title, reference in queries.rows_seen_by(request.actor, agreement, figure.rows)
    ]
    context = {
        "agreement": agreement,
        "year": year,
        "figure": figure,
        "name": FIGURE_NAMES[key],
        "lines": lines,
    }
    return render(request, "partnership/report_rows.html", context)


@require_GET
@open_to(signed_in)
def report_file(request: ActorRequest, agreement_id: int, year: int, shape: str) -> HttpResponse:
    """The report as PDF/UA or DOCX."""
    agreement = _found(request, agreement_id)
    row = queries.report_of(agreement, year)
    by_hand = list(row.figures.filter(by_hand=True).order_by("pk")) if row else []
    lists = queries.lists_shown(agreement, year)
    paper = report_paper(agreement, row, year, queries.figures_shown(agreement, year), by_hand, lists)
    return document_answer(paper, shape, f"sprawozdanie-{year}")


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def write(request: ActorRequest, agreement_id: int, year: int) -> HttpResponse:
    """Write the words of the report."""
    agreement = _kept(request, agreement_id)
    row = queries.report_of(agreement, year)
    form = bound(
        request,
        ReportForm,
        initial={"narrative": row.narrative if row else "", "effects": row.effects if row else ""},
    )
    page = Page(
        title=_("Activity report %(year)s") % {"year": year},
        button=_("Save"),
        back=_address(agreement, year),
        lede=_("The figures come from the registers by themselves."),
    )

    def service(sent: ReportForm) -> str:
        begun = services.begin_report(agreement_id=agreement.pk, year=year, by=request.actor)
        services.write_report(report_id=begun.pk, by=request.actor, **sent.cleaned_data)
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def figure(request: ActorRequest, agreement_id: int, year: int) -> HttpResponse:
    """Enter a figure that the registers do not hold."""
    agreement = _kept(request, agreement_id)
    form = bound(request, FigureForm)
    page = Page(
        title=_("Figure entered by hand"),
        button=_("Save the figure"),
        back=_address(agreement, year),
        lede=_("It is marked as entered by hand, with your reason."),
    )

    def service(sent: FigureForm) -> str:
        begun = services.begin_report(agreement_id=agreement.pk, year=year, by=request.actor)
        entered = sent.cleaned_data
        services.enter_figure(
            report_id=begun.pk, key=slugify(entered["label"])[:50] or "x", by=request.actor, **entered
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_POST
@open_to(policies.keeps_something)
def settle(request: ActorRequest, agreement_id: int, year: int, how: str) -> HttpResponse:
    """Approve (how "zatwierdzenie") or publish ("publikacja") the report."""
    agreement = _kept(request, agreement_id)

    def service() -> None:
        begun = services.begin_report(agreement_id=agreement.pk, year=year, by=request.actor)
        if how == "publikacja":
            services.publish_report(report_id=begun.pk, by=request.actor)
        else:
            services.approve_report(report_id=begun.pk, at=timezone.now(), by=request.actor)

    notice = _("The report is published.") if how == "publikacja" else _("The report is approved and frozen.")
    return do(request, service, notice=notice, back=_address(agreement, year))


@require_GET
@open_to(everyone)
def public_report(request: HttpRequest, agreement_id: int, year: int) -> HttpResponse:
    """A published report for everybody."""
    row = found_or_404(queries.published_report(agreement_id, year))
    by_hand = list(row.figures.filter(by_hand=True).order_by("pk"))
    figures, lists = queries.figures_shown(row.agreement, year), queries.lists_shown(row.agreement, year)
    paper = report_paper(row.agreement, row, year, figures, by_hand, lists)
    context = {"report": row, "paper": html_of(paper), "year": year}
    return render(request, "partnership/public_report.html", context)


def address_of_row(reference: str) -> str:
    """The page of a row that a figure counts, empty when the reader may not see it."""
    if not reference:
        return ""
    kind, _sign, key = reference.partition(":")
    if kind in ROW_PAGES:
        return reverse(f"partnership:{ROW_PAGES[kind]}", args=[key])
    return reverse("institutions:institution", args=[key])


def _found(request: ActorRequest, agreement_id: int) -> Agreement:
    row: Agreement = found_or_404(queries.agreement(request.actor, agreement_id))
    return row


def _kept(request: ActorRequest, agreement_id: int) -> Agreement:
    row = _found(request, agreement_id)
    keeper_or_404(request.actor, row)
    return row


def _address(agreement: Agreement, year: int) -> str:
    return reverse("partnership:report", args=[agreement.pk, year])
