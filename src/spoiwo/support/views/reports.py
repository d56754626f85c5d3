"""The report: figures of a period, the rows behind each, files, and closing."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from spoiwo.audit.types import Action as Recorded
from spoiwo.institutions import queries as institutions
from spoiwo.support import messages, policies, tables
from spoiwo.support.errors import SupportError
from spoiwo.support.forms.reports import ReportForm
from spoiwo.support.queries import finding, measures, places
from spoiwo.support.queries.report import Report, by_county
from spoiwo.support.queries.report import report as report_of
from spoiwo.support.queries.rows import Rows, Table, rows_of, seen_by
from spoiwo.support.rules import periods as rules
from spoiwo.support.services import log, periods
from spoiwo.support.types import Scope
from spoiwo.support.views import frame
from spoiwo.toolkit import documents
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.templatetags.spoiwo import pl_date, zloty

FORMATS = ("docx", "pdf", "xlsx", "csv")
SHOWN_BY_COUNTY = ("advice.count", "advice.hours", "advice.people", "people.supported", "entities.social")


@require_GET
@open_to(frame.readers)
def report(request: ActorRequest) -> HttpResponse:
    """Figures of a period; each opens its rows for those who keep the register."""
    form = _form(request)
    valid = form.is_valid()
    context: dict[str, Any] = {"filters": form, "form": form, "may_open": frame.keepers(request.actor)}
    if valid:
        scope = _scope(form, request)
        found = report_of(scope)
        query = urlencode({name: form[name].value() or "" for name in form.fields})
        context |= {
            "report": found,
            "scope": scope,
            "query": query,
            "sections": _sections(found, query),
            "counties": _by_county(found),
            "may_close": policies.may_close_periods(request.actor)
            and found.period is None
            and scope.last < timezone.localdate()
            and not scope.part,
        }
    return render(request, "support/report.html", context, status=200 if valid else 422)


@require_GET
@open_to(frame.readers)
def report_file(request: ActorRequest, form: str) -> HttpResponse:
    """The report as DOCX, PDF, XLSX or CSV."""
    asked = _form(request)
    if form not in FORMATS or not asked.is_valid():
        raise Http404
    scope = _scope(asked, request)
    found = report_of(scope)
    log.record(request.actor, "support-report", f"{scope.first}:{scope.last}", action=Recorded.EXPORT)
    name = f"sprawozdanie-{scope.first}-{scope.last}"
    if form in {"xlsx", "csv"}:
        header = [_("Key"), _("Part"), _("What is counted"), _("Figure")]
        rows = [
            [
                one.key,
                messages.section_name(messages.section_of(one.key)),
                messages.measure_name(one.key),
                f"{one.value:.2f}".rstrip("0").rstrip(".").replace(".", ","),
            ]
            for one in found.figures
        ]
        return frame.as_file(name, form, _("Report"), header, rows)
    seat = institutions.institution_of(request.actor)
    paper = tables.report(found, issuer=seat.name if seat else "")
    if form == "docx":
        return frame.sent(f"{name}.docx", documents.DOCX_TYPE, documents.docx_of(paper))
    return frame.sent(f"{name}.pdf", documents.PDF_TYPE, documents.pdf_of(paper))


@require_GET
@open_to(frame.keepers)
def report_rows(request: ActorRequest, key: str) -> HttpResponse:
    """What was counted for one figure."""
    form = _form(request)
    if not form.is_valid():
        raise Http404
    scope = _scope(form, request)
    found = rows_of(key, scope)
    if found is None or key not in {one.key for one in measures.figures(_empty(scope))}:
        raise Http404
    seen = seen_by(request.actor, found)
    page = Paginator(seen.rows, frame.PAGE_SIZE).get_page(request.GET.get("page"))
    columns, cells = _TABLES[found.table]
    shown = frame.Listing(
        title=messages.whole_name(key),
        lede=" ".join([tables.days(scope.first, scope.last), *_kept_back(seen)]),
        columns=[(str(label), numeric) for label, numeric in columns()],
        empty_title=_("Nothing was counted"),
        empty_text=_("No row stands behind this figure in these days."),
        count_words=ngettext("%(n)s row", "%(n)s rows", page.paginator.count) % {"n": page.paginator.count},
        crumbs=[
            (_("Report"), f"{reverse('support:report')}?{request.GET.urlencode()}"),
            (messages.measure_name(key), ""),
        ],
    )
    return frame.show_list(request, shown, page, [cells(one) for one in page.object_list])


def _kept_back(rows: Rows) -> list[str]:
    return [_("People hidden from you are counted, but not listed.")] if rows.kept_back else []


@require_POST
@open_to(frame.readers)
def close(request: ActorRequest) -> HttpResponse:
    """Close the period, so that its figures stand."""
    form = _form(request, request.POST)
    if not form.is_valid() or not policies.may_close_periods(request.actor):
        raise Http404
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    try:
        periods.close_period(first_day=first, last_day=last, today=timezone.localdate(), by=request.actor)
    except SupportError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("The period is closed. Its figures stand from now on."))
    return redirect(
        f"{reverse('support:report')}?{urlencode({'first': first.isoformat(), 'last': last.isoformat()})}"
    )


def _form(request: ActorRequest, data: Any = None) -> ReportForm:
    today = timezone.localdate()
    given = request.GET if data is None else data
    choices = places.places(request.actor, today)
    if "first" not in given:
        first, last = rules.last_whole_quarter(today)
        given = {"first": f"{first:%d.%m.%Y}", "last": f"{last:%d.%m.%Y}"}
    return ReportForm(given, places=choices)


def _scope(form: ReportForm, request: ActorRequest) -> Scope:
    counties = places.counties_of(form.cleaned_data["county"], form.cleaned_data["last"])
    return form.scope(request.actor.institution_id, counties)


def _empty(scope: Scope) -> Scope:
    return Scope(first=scope.first, last=scope.last, institutions=frozenset({0}))


def _sections(found: Report, query: str) -> list[dict[str, Any]]:
    return [
        {
            "name": messages.section_name(section),
            "rows": [
                {
                    "label": messages.measure_name(one.key),
                    "value": messages.figure_in_words(one),
                    "url": f"{reverse('support:report_rows', args=[one.key])}?{query}" if one.value else "",
                }
                for one in figures
            ],
        }
        for section, figures in tables.sections(found.figures).items()
        if any(one.value for one in figures)
    ]


def _by_county(report: Report) -> list[list[Any]]:
    found = by_county(report)
    names = places.county_names(frozenset(found), min(report.scope.last, timezone.localdate()))
    rows = []
    for county, figures in found.items():
        by_key = {one.key: one for one in figures}
        label = names.get(county, county) or _("not noted")
        rows.append([label, *(messages.figure_in_words(by_key[key]) for key in SHOWN_BY_COUNTY)])
    return sorted(rows, key=lambda row: row[0])


Columns = Callable[[], list[tuple[Any, bool]]]
Cells = Callable[[Any], list[Any]]


def _delivery(one: Any) -> list[Any]:
    return [
        frame.link(pl_date(one.day), "change", one.uuid),
        str(finding.recipient_row(one)),
        messages.DELIVERY_NAMES[one.kind],
        messages.minutes_in_words(one.minutes),
        one.anonymous_headcount,
    ]


def _person(one: Any) -> list[Any]:
    return [
        frame.link(one.participant, "person", one.participant.uuid),
        messages.LABOUR_NAMES["unemployed" if one.is_unemployed else one.participant.labour_status],
        one.times,
        messages.minutes_in_words(one.minutes),
    ]


def _finished(one: Any) -> list[Any]:
    event = one.registration.event
    return [
        frame.link(one.registration.participant, "person", one.registration.participant.uuid),
        frame.link(event.cycle or event.title, "event", event.uuid),
        event.place or "–",
        _("%(attended)s of %(planned)s") % {"attended": one.attended, "planned": one.planned},
    ]


_TABLES: dict[Table, tuple[Columns, Cells]] = {
    Table.DELIVERIES: (
        lambda: [
            (_("When"), False),
            (_("For whom"), False),
            (_("What"), False),
            (_("Time"), True),
            (_("People without names"), True),
        ],
        _delivery,
    ),
    Table.PEOPLE: (
        lambda: [(_("Name"), False), (_("Labour market"), False), (_("How often"), True), (_("Time"), True)],
        _person,
    ),
    Table.ENTITIES: (
        lambda: [(_("Name"), False), ("NIP", False)],
        lambda one: [frame.link(one.name, "entity", one.uuid), one.nip or "–"],
    ),
    Table.EVENTS: (
        lambda: [(_("When"), False), (_("Title"), False), (_("Place"), False)],
        lambda one: [pl_date(one.starts_on), frame.link(one.title, "event", one.uuid), one.place or "–"],
    ),
    Table.RESULTS: (
        lambda: [(_("When"), False), (_("Name"), False), (_("Who founded it"), False)],
        lambda one: [pl_date(one.day), one.name, one.founders or "–"],
    ),
    Table.PROMOTION: (
        lambda: [(_("When"), False), (_("Title"), False), (_("People reached"), True)],
        lambda one: [pl_date(one.day), one.title, "–" if one.reach is None else one.reach],
    ),
    Table.PARTNERSHIPS: (
        lambda: [(_("Name"), False), (_("What it is about"), False), (_("Standing"), False)],
        lambda one: [
            frame.link(one.name, "partnership", one.uuid),
            one.area,
            messages.PARTNERSHIP_NAMES[one.state],
        ],
    ),
    Table.CONTRACTS: (
        lambda: [(_("When"), False), (_("Group"), False), (_("Contract"), False), (_("Value"), True)],
        lambda one: [
            pl_date(one.day),
            frame.link(one.partnership.name, "partnership", one.partnership.uuid),
            one.text,
            zloty(one.value_pln),
        ],
    ),
    Table.PATHS: (
        lambda: [(_("Since"), False), (_("For whom"), False), (_("Standing"), False)],
        lambda one: [
            pl_date(one.opened_on),
            frame.link(finding.recipient_row(one), "path", one.uuid),
            messages.PATH_STATE_NAMES[one.state],
        ],
    ),
    Table.KFS: (
        lambda: [
            (_("Period"), False),
            (_("Priority"), False),
            (_("Employers"), True),
            (_("People"), True),
            (_("Amount"), True),
        ],
        lambda one: [
            f"{pl_date(one.first_day)} – {pl_date(one.last_day)}",
            one.priority,
            one.employers,
            one.people,
            zloty(one.amount_pln),
        ],
    ),
    Table.FINISHED: (
        lambda: [(_("Name"), False), (_("Meeting cycle"), False), (_("Where"), False), (_("Sessions"), True)],
        _finished,
    ),
}
