"""Finding who serves an address or a client; the ground districts cover; who carries how much."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Page
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from spoiwo.clients.queries import own_records, residences
from spoiwo.districts import messages
from spoiwo.districts.forms import AddressForm
from spoiwo.districts.queries import coverage as ground
from spoiwo.districts.queries import listing, pairs
from spoiwo.districts.services import assigning
from spoiwo.districts.types import Address
from spoiwo.districts.views import frame
from spoiwo.toolkit.doors import ActorRequest, open_to

OUTSIDE_SHOWN = 100
HISTORY_SHOWN = 5


@require_GET
@open_to(frame.seers)
def find(request: ActorRequest) -> HttpResponse:
    """Look an address up."""
    form = AddressForm(request.GET if "teryt" in request.GET else None)
    pair = pairs.pair_at(form.address(), timezone.localdate()) if form.is_valid() else None
    context = {
        "form": form,
        "pair": pair,
        "units": frame.units(request),
        "may_keep": frame.keepers(request.actor),
    }
    return render(request, "districts/find.html", context, status=422 if form.errors else 200)


@require_GET
@open_to(frame.workers)
def of_client(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The pair of workers for a client's present and former homes; a part of the client's page, or a page."""
    day = timezone.localdate()
    history = residences.residence_history(request.actor, uuid)
    pair = pairs.pair_for(request.actor, uuid, day=day)
    if pair is None:
        raise Http404
    former = [
        {"until": history[place][0], "pair": pairs.pair_at(_address(home), history[place][0])}
        for place, (_since, home) in enumerate(history[1 : HISTORY_SHOWN + 1])
    ]
    context = {"pair": pair, "former": former, "uuid": uuid}
    template = "districts/_pair.html" if request.htmx else "districts/pair.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


@require_GET
@open_to(frame.seers)
def coverage(request: ActorRequest) -> HttpResponse:
    """Gaps and overlaps of the own districts, and clients who live outside all of them."""
    day = timezone.localdate()
    found = ground.coverage(request.actor, day)
    codes = [cell.teryt for cell in found.gaps] + [cell.teryt for cell, _both in found.overlaps]
    units, names = listing.unit_names(codes, day), listing.written(found.rows)
    outside = found.outside[:OUTSIDE_SHOWN]
    clients = own_records.own_names(request.actor, [record for record, _address in outside])
    context = {
        "found": found,
        "gaps": [messages.cell_in_words(cell, units, names) for cell in found.gaps],
        "overlaps": [
            (
                messages.cell_in_words(cell, units, names),
                [found.districts[one.district] for one in both],
            )
            for cell, both in found.overlaps
        ],
        "outside": [(clients[record], _line(address)) for record, address in outside if record in clients],
        "others": ground.others_with_districts(request.actor),
        "may_keep": frame.keepers(request.actor),
    }
    return render(request, "districts/coverage.html", context)


@require_GET
@open_to(frame.seers)
def differences(request: ActorRequest, other_id: int) -> HttpResponse:
    """Where the own districts and those of another institution divide the same ground differently."""
    others = dict(ground.others_with_districts(request.actor))
    if other_id not in others:
        raise Http404
    day = timezone.localdate()
    found = ground.differences(request.actor, other_id, day)
    units = listing.unit_names((cell.teryt for _pair, cells in found for cell in cells), day)
    names = ground.written_by(request.actor, other_id)
    page: Page[Any] = frame.page_of(request, found)
    shown = frame.Listing(
        title=_("Where districts differ: %(name)s") % {"name": others[other_id]},
        lede=_(
            "Pairs of districts that share ground although one of them meets several of the other institution."
        ),
        columns=[(_("Our district"), False), (_("Their district"), False), (_("Shared ground"), False)],
        empty_title=_("No differences"),
        empty_text=_("Every district of one institution is the same ground as one district of the other."),
        count_words=ngettext("%(n)s pair", "%(n)s pairs", len(found)) % {"n": len(found)},
    )
    rows = [
        [
            str(own or _("no district")),
            str(other or _("no district")),
            "; ".join(messages.cell_in_words(cell, units, names) for cell in cells),
        ]
        for (own, other), cells in page.object_list
    ]
    return frame.show_list(request, shown, page, rows)


@require_GET
@open_to(frame.seers)
def workload(request: ActorRequest) -> HttpResponse:
    """How many clients and hand-overs every worker has."""
    loads = ground.workload(request.actor, timezone.localdate())
    page = frame.page_of(request, loads)
    shown = frame.Listing(
        title=_("Workload"),
        lede=_("Clients by the worker of the district they live in, and hand-overs that are not finished."),
        columns=_columns(),
        empty_title=_("Nobody has clients yet"),
        empty_text=_("Once districts have addresses and workers, clients are counted here."),
        count_words=ngettext("%(n)s worker", "%(n)s workers", len(loads)) % {"n": len(loads)},
        exports=True,
    )
    return frame.show_list(request, shown, page, [_load(one) for one in page.object_list])


@require_GET
@open_to(frame.seers)
def workload_file(request: ActorRequest, file_type: str) -> HttpResponse:
    """The same as a file."""
    if file_type not in {"csv", "xlsx"}:
        raise Http404
    loads = ground.workload(request.actor, timezone.localdate())
    header = [label for label, _numeric in _columns()]
    return frame.as_file("obciazenie", file_type, header, [_load(one) for one in loads])


@require_POST
@open_to(frame.keepers)
def compare(request: ActorRequest) -> HttpResponse:
    """Compare the register with the districts now, rather than by night."""
    done = assigning.sweep(request.actor.institution_id, timezone.localdate())
    notices.success(
        request,
        ngettext("Compared. %(n)s hand-over began.", "Compared. %(n)s hand-overs began.", done.handed_over)
        % {"n": done.handed_over},
    )
    return redirect("districts:coverage")


def _columns() -> list[tuple[str, bool]]:
    return [
        (_("Worker"), False),
        (_("Districts"), True),
        (_("Clients"), True),
        (_("Common clients"), True),
        (_("To hand over"), True),
        (_("To take over"), True),
    ]


def _load(one: ground.Load) -> list[Any]:
    return [one.name or _("nobody yet"), one.districts, one.clients, one.common, one.to_give, one.to_take]


def _address(home: residences.AddressColumns) -> Address:
    return Address(teryt=home[0], place=home[1], street=home[2], house=home[3])


def _line(address: Address) -> str:
    parts = [f"{address.street} {address.house}".strip(), address.place]
    return ", ".join(part for part in parts if part) or _("no address")
