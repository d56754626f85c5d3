"""Districts: the list, one district, its ranges and workers."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.districts import messages, policies
from spoiwo.districts.errors import DistrictsError
from spoiwo.districts.forms import DistrictForm, EndForm, RangeForm, WorkerForm
from spoiwo.districts.models import District
from spoiwo.districts.queries import listing
from spoiwo.districts.services import drawing
from spoiwo.districts.views import frame
from spoiwo.institutions import queries as institutions
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_GET
@open_to(frame.seers)
def district_list(request: ActorRequest) -> HttpResponse:
    """Districts of the own institution and those shared with it."""
    rows = listing.districts(request.actor, timezone.localdate())
    page = frame.page_of(request, rows)
    shown = frame.Listing(
        title=_("Service districts"),
        lede=_(
            "Who serves which addresses. A client's district follows from where the register says they live."
        ),
        columns=[
            (_("Code"), False),
            (_("District"), False),
            (_("Our worker"), False),
            (_("Shared with"), False),
            (_("Ranges of addresses"), True),
            (_("Our clients"), True),
        ],
        empty_title=_("No districts yet"),
        empty_text=_("Add a district, or bring all of them in from a file."),
        count_words=ngettext("%(n)s district", "%(n)s districts", len(rows)) % {"n": len(rows)},
        actions=[
            (_("Add a district"), reverse("districts:add")),
            (_("Bring in a file"), reverse("districts:import")),
        ]
        if frame.keepers(request.actor)
        else (),
    )
    return frame.show_list(request, shown, page, [_cells(row) for row in page.object_list])


def _cells(row: listing.DistrictRow) -> list[Any]:
    worker = row.worker.name if row.worker else frame.tag(_("nobody yet"), "soon")
    partner = "–"
    if row.partner:
        partner = f"{row.partner.name}: {row.partner_worker.name if row.partner_worker else '–'}"
        if row.district.partner_accepted_on is None:
            partner = frame.tag(_("%(name)s has not agreed yet") % {"name": row.partner.name}, "soon")
    return [
        row.district.code,
        frame.link(row.district.name, "district", row.district.uuid),
        worker,
        partner,
        row.ranges,
        row.clients,
    ]


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def add(request: ActorRequest) -> HttpResponse:
    """A new district."""
    form = DistrictForm(request.POST or None, partners=_partners(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = drawing.add_district(**form.values(), by=request.actor)
        except DistrictsError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The district is there. Now say which addresses belong to it."))
            return redirect("districts:district", made.uuid)
    return frame.show_form(
        request,
        form,
        title=_("Add a district"),
        action_label=_("Add"),
        cancel_url=reverse("districts:list"),
        crumbs=frame.crumbs((_("Add a district"), "")),
    )


@require_GET
@open_to(frame.seers)
def district(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One district: addresses, workers of both institutions, and what can be done with it."""
    row = _in_sight(request, uuid)
    day = timezone.localdate()
    ranges, over = list(listing.ranges(row, day)), list(listing.ranges(row, day, over=True))
    units = listing.unit_names((one.teryt for one in [*ranges, *over]), day)
    context = {
        "district": row,
        "ranges": [(one, messages.range_in_words(one, units)) for one in ranges],
        "over": [(one, messages.range_in_words(one, units)) for one in over],
        "duties": listing.duties(row),
        "clients": listing.clients_by_district(request.actor).get(row.pk, 0),
        "may_draw": policies.may_draw(request.actor, row),
        "may_name": policies.may_name_worker(request.actor, row),
        "may_accept": _may_accept(request, row),
        "crumbs": frame.crumbs((row.name, "")),
    }
    return render(request, "districts/district.html", context)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def change(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Code, name and partner of a district; two people at once are told of each other."""
    row = _kept(request, uuid)
    initial = {"code": row.code, "name": row.name, "partner": row.partner_id}
    form = DistrictForm(request.POST or None, initial=initial, partners=_partners(request))
    if request.method == "POST" and form.is_valid():
        try:
            drawing.change_district(
                uuid,
                values=form.values(),
                version=_version(request),
                overwrite="overwrite" in request.POST,
                by=request.actor,
            )
        except Conflict as error:
            return _conflict(request, row, form, error)
        except DistrictsError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("Saved."))
            return redirect("districts:district", uuid)
    return frame.show_form(
        request,
        form,
        title=_("Change the district"),
        action_label=_("Save"),
        cancel_url=reverse("districts:district", args=[uuid]),
        crumbs=frame.crumbs((row.name, reverse("districts:district", args=[uuid])), (_("Change"), "")),
        version=_version(request) or row.version,
    )


@require_POST
@open_to(frame.keepers)
def accept(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Agree to work by another institution's district."""
    _in_sight(request, uuid)
    try:
        drawing.accept_district(uuid, on=timezone.localdate(), by=request.actor)
    except DistrictsError as error:
        notices.error(request, messages.message_for(error))
    else:
        notices.success(request, _("Your institution works by this district now. Name your worker."))
    return redirect("districts:district", uuid)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def add_range(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Give a district more addresses."""
    row = _kept(request, uuid)
    form = RangeForm(request.POST or None, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            drawing.add_range(uuid, form.details(), by=request.actor)
        except DistrictsError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The addresses belong to the district."))
            return redirect("districts:district", uuid)
    return frame.show_form(
        request,
        form,
        title=_("Add addresses"),
        lede=row.name,
        action_label=_("Add"),
        cancel_url=reverse("districts:district", args=[uuid]),
        units=frame.units(request),
        crumbs=frame.crumbs((row.name, reverse("districts:district", args=[uuid])), (_("Add addresses"), "")),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def end_range(request: ActorRequest, range_id: int) -> HttpResponse:
    """Take addresses out of a district after a day."""
    row = listing.range_of(request.actor, range_id)
    if row is None:
        raise Http404
    day = timezone.localdate()
    form = EndForm(request.POST or None, initial={"last_day": day})
    if request.method == "POST" and form.is_valid():
        try:
            drawing.end_range(range_id, **form.cleaned_data, by=request.actor)
        except DistrictsError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("Saved."))
            return redirect("districts:district", row.district.uuid)
    return frame.show_form(
        request,
        form,
        title=_("Take these addresses out of the district"),
        lede=messages.range_in_words(row, listing.unit_names([row.teryt], day)),
        action_label=_("Take out"),
        cancel_url=reverse("districts:district", args=[row.district.uuid]),
        crumbs=frame.crumbs(
            (row.district.name, reverse("districts:district", args=[row.district.uuid])), (_("Take out"), "")
        ),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def name_worker(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Who serves the district for the own institution from a day on."""
    row = _in_sight(request, uuid)
    if not policies.may_name_worker(request.actor, row):
        raise Http404
    staff = list(institutions.staff_of(request.actor.institution_id).items())
    form = WorkerForm(request.POST or None, staff=staff, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        entered = form.cleaned_data
        try:
            drawing.name_worker(
                uuid, user_id=entered["user"], name=entered["name"], since=entered["since"], by=request.actor
            )
        except DistrictsError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The worker is named."))
            return redirect("districts:district", uuid)
    return frame.show_form(
        request,
        form,
        title=_("Name our worker"),
        lede=row.name,
        action_label=_("Name the worker"),
        cancel_url=reverse("districts:district", args=[uuid]),
        crumbs=frame.crumbs((row.name, reverse("districts:district", args=[uuid])), (_("Worker"), "")),
    )


def _in_sight(request: ActorRequest, uuid: UUID) -> District:
    row = listing.district(request.actor, uuid)
    if row is None:
        raise Http404
    return row


def _kept(request: ActorRequest, uuid: UUID) -> District:
    row = _in_sight(request, uuid)
    if not policies.may_draw(request.actor, row):
        raise Http404
    return row


def _may_accept(request: ActorRequest, row: District) -> bool:
    asked = row.partner_id == request.actor.institution_id and row.partner_accepted_on is None
    return asked and frame.keepers(request.actor)


def _partners(request: ActorRequest) -> list[tuple[int, str]]:
    return [one for one in institutions.open_institutions() if one[0] != request.actor.institution_id]


def _version(request: ActorRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else 0


def _conflict(request: ActorRequest, row: District, form: DistrictForm, error: Conflict) -> HttpResponse:
    """Both values of every field that differs, to choose from."""
    partners = dict(_partners(request))

    def said(field: str, value: Any) -> object:
        return partners.get(value, "") if field == "partner_id" else value

    context = {
        "district": row,
        "conflicts": [
            {
                "label": form.fields[one.field.removesuffix("_id")].label,
                "yours": said(one.field, one.yours),
                "saved": said(one.field, one.saved),
            }
            for one in error.differences
        ],
        "kept": [(name, form.cleaned_data[name] or "") for name in form.fields],
        "version": error.version,
        "saved_by": institutions.full_name(error.saved_by_user_id) or _("Somebody"),
        "saved_at": error.saved_at,
        "reload_url": request.path,
    }
    return render(request, "districts/conflict.html", context, status=HTTPStatus.CONFLICT)
