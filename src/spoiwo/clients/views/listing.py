"""The list of common clients and its export."""

import hashlib
from collections.abc import Sequence

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from spoiwo.audit.types import Action
from spoiwo.clients.forms import ListForm
from spoiwo.clients.queries import listing
from spoiwo.clients.queries.listing import ListRow
from spoiwo.clients.querysets import READERS
from spoiwo.clients.services import reading
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import polish_sort_key
from spoiwo.territory import queries as territory
from spoiwo.toolkit import sheets
from spoiwo.toolkit.doors import ActorRequest, holders_of, open_to

COMMUNES_KEPT_SECONDS = 60
readers = holders_of(*READERS)


@require_GET
@open_to(readers)
def common_clients(request: ActorRequest) -> HttpResponse:
    """Own clients whom other institutions serve too; on htmx only the table."""
    day = timezone.localdate()
    scope = listing.list_scope(request.actor, day=day)
    form = _form(request, scope)
    found = listing.common_clients(
        scope, form.wanted(), page=request.GET.get("page"), per_page=form.page_size()
    )
    template = "clients/_common_table.html" if request.htmx else "clients/common_list.html"
    response = render(request, template, {"listing": found, "form": form, "sort": found.filter.sort})
    response["Vary"] = "HX-Request"
    _record(request, Action.LIST_CLIENTS, found.rows, scope)
    return response


@require_GET
@open_to(readers)
def export(request: ActorRequest, file_type: str) -> HttpResponse:
    """The whole list, filtered and ordered as on screen, as a file."""
    day = timezone.localdate()
    scope = listing.list_scope(request.actor, day=day)
    rows = listing.export_rows(scope, _form(request, scope).wanted())
    cells = [_cells(row) for row in rows]
    subject = gettext("common-clients")
    if file_type == "csv":
        content, kind = sheets.csv_file(_header(), cells), sheets.CSV_TYPE
    elif file_type == "xlsx":
        content, kind = sheets.xlsx_file(gettext("Common clients"), _header(), cells), sheets.XLSX_TYPE
    else:
        raise Http404
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{subject}-{day.isoformat()}.{file_type}"'
    _record(request, Action.EXPORT, rows, scope)
    return response


def _form(request: ActorRequest, scope: listing.Scope) -> ListForm:
    return ListForm(request.GET, communes=_communes(request.actor, scope), others=scope.by_name())


def _communes(actor: Actor, scope: listing.Scope) -> list[tuple[str, str]]:
    """Communes to choose from, kept for a minute: the list of codes costs a walk over all common clients."""
    key = ":".join(
        ["communes", str(actor.institution_id), *sorted(actor.territories), *map(str, sorted(scope.badges))]
    )
    known: list[tuple[str, str]] | None = cache.get(key)
    if known is None:
        codes = listing.communes_in_list(scope)
        names = territory.names_of(codes, scope.day)
        known = sorted(
            ((code, names.get(code, code)) for code in codes),
            key=lambda pair: (polish_sort_key(pair[1]), pair[0]),
        )
        cache.set(key, known, COMMUNES_KEPT_SECONDS)
    return known


def _record(request: ActorRequest, action: Action, rows: Sequence[ListRow], scope: listing.Scope) -> None:
    """Nothing is recorded when nobody was named."""
    if not rows:
        return
    digest = hashlib.sha256(b"".join(row.uuid.bytes for row in rows)).digest()
    reading.record_list(
        action=action,
        served_by=[badge.id for row in rows for badge in row.others],
        people=len(rows),
        agreements=scope.agreements,
        digest=digest,
        request_id=request.id,
        by=request.actor,
    )


def _header() -> list[str]:
    return [
        gettext("Number in our register"),
        gettext("Last name"),
        gettext("First name"),
        gettext("Date of birth"),
        gettext("Address"),
        gettext("Status"),
        gettext("Status since"),
        gettext("Worker"),
        gettext("Also served by"),
        gettext("Common since"),
    ]


def _cells(row: ListRow) -> list[object]:
    return [
        row.local_id,
        row.last_name,
        row.first_name,
        row.birth_date,
        row.address,
        row.status,
        row.status_from,
        row.worker,
        ", ".join(badge.name for badge in row.others),
        timezone.localdate(row.since),
    ]
