"""Who looked at whom, and whether the log is whole."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spoiwo.audit.queries import verify
from spoiwo.oversight import messages, queries, services, tables
from spoiwo.oversight.forms import LogFilterForm
from spoiwo.oversight.policies import overseers
from spoiwo.toolkit import sheets
from spoiwo.toolkit.doors import ActorRequest, open_to

PAGE_SIZE = 50
MOST_EXPORTED = 50_000
CHECKED_AT_ONCE = 20_000  # longer chains are checked when asked for


@require_GET
@open_to(overseers)
def access_log(request: ActorRequest) -> HttpResponse:
    """Who looked at whom, when, why; reading it is on record before the page is answered."""
    form = _form(request)
    page = Paginator(queries.log_of(request.actor, form.wanted()), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    records = list(page.object_list)
    words = queries.vocabulary(request.actor, records)
    length = queries.chain_length(request.actor)
    context = {
        "filters": form,
        "page": page,
        "lines": tables.lines(records, words),
        "chain_length": length,
        "check_now": length <= CHECKED_AT_ONCE,
        "sealing": queries.sealing(timezone.now()),
    }
    template = (
        "oversight/_log.html" if request.htmx and not request.htmx.boosted else "oversight/access_log.html"
    )
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    _record(request, len(records), response.content, exported=False)
    return response


@require_GET
@open_to(overseers)
def export(request: ActorRequest) -> HttpResponse:
    """The same lines as a file: CSV, or XLSX when asked for; the newest ones when there are too many."""
    wanted = _form(request).wanted()
    records = list(queries.log_of(request.actor, wanted)[:MOST_EXPORTED])
    words = queries.vocabulary(request.actor, records)
    rows = [tables.cells(line) for line in tables.lines(records, words)]
    name = tables.file_name(records, wanted, today=timezone.localdate())
    if request.GET.get("format") == "xlsx":
        name, kind = f"{name}.xlsx", sheets.XLSX_TYPE
        content = sheets.xlsx_file(_("Access log"), tables.header(), rows)
    else:
        name, kind = f"{name}.csv", sheets.CSV_TYPE
        content = sheets.csv_file(tables.header(), rows)
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    _record(request, len(records), content, exported=True)
    return response


@require_GET
@open_to(overseers)
def chain(request: ActorRequest) -> HttpResponse:
    """Check the own chain from its first record to its head."""
    result = verify(institution_ids={request.actor.institution_id})
    context = {
        "records": result.records,
        "breaches": [messages.breach_in_words(breach) for breach in result.breaches],
    }
    template = "oversight/_chain.html" if request.htmx else "oversight/chain.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


def _form(request: ActorRequest) -> LogFilterForm:
    return LogFilterForm(
        request.GET,
        staff=list(queries.staff_names(request.actor).items()),
        purposes=list(queries.purposes().items()),
    )


def _record(request: ActorRequest, count: int, shown: bytes, *, exported: bool) -> None:
    services.record_reading(
        count=count, shown=shown, request_id=request.id, exported=exported, by=request.actor
    )
