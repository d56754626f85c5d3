"""Writing entries down, confirming them, correcting them."""

from collections.abc import Callable, Mapping
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

from spoiwo.catalogue import messages, policies
from spoiwo.catalogue.errors import CatalogueError
from spoiwo.catalogue.forms.places import PlaceForm, PlaceForOthersForm, TakenForm
from spoiwo.catalogue.models import Place
from spoiwo.catalogue.queries import finding
from spoiwo.catalogue.services import places
from spoiwo.catalogue.types import PlaceDetails
from spoiwo.catalogue.views import frame
from spoiwo.institutions import queries as institutions
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to

NOT_KEPT = ("csrfmiddlewaretoken", "version", "overwrite")


@require_GET
@open_to(frame.keepers)
def own_list(request: ActorRequest) -> HttpResponse:
    """Entries the own institution answers for, with one button for all that are still right."""
    today = timezone.localdate()
    page = frame.page_of(request, finding.own_places(request.actor))
    context = {
        "page": page,
        "lines": frame.lines(page.object_list, today),
        "waiting": finding.count_to_decide(request.actor),
        "crumbs": [_home(), (_("Our places"), "")],
    }
    return render(request, "catalogue/own.html", context)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def add(request: ActorRequest) -> HttpResponse:
    """Write an entry down."""
    form = new_form(request)

    def save() -> Place:
        return places.add_place(
            form.details(),
            institution_id=form.cleaned_data.get("institution") or 0,
            today=timezone.localdate(),
            by=request.actor,
        )

    made = saved(form, save)
    if made is not None:
        notices.success(request, _("The place is in the catalogue."))
        return redirect("catalogue:place", made.uuid)
    return form_page(request, form, title=_("Add a place"), cancel_url=reverse("catalogue:own"))


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def change(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Correct an own entry; when somebody saved it meanwhile, both values are shown."""
    row = _kept(request, uuid)
    details = finding.details_of(row)
    form = PlaceForm(
        request.POST or None,
        initial={**_initial(details), "version": row.version},
        units=frame.units(request),
        areas=frame.area_units(request, details.areas),
    )

    def save() -> Place:
        return places.change_place(
            uuid,
            form.details(),
            seen_version=form.cleaned_data["version"] or 0,
            today=timezone.localdate(),
            by=request.actor,
        )

    try:
        written = saved(form, save)
    except Conflict as conflict:
        return _conflict_page(request, row, conflict)
    if written is not None:
        notices.success(request, _("The entry is saved and confirmed."))
        return redirect("catalogue:place", uuid)
    return form_page(request, form, title=row.name, cancel_url=reverse("catalogue:place", args=[uuid]))


@require_POST
@open_to(frame.keepers)
def confirm(request: ActorRequest) -> HttpResponse:
    """Say that entries are still right: one, or all of ours."""
    chosen = [UUID(text) for text in request.POST.getlist("place") if _is_uuid(text)]
    count = places.confirm_places(today=timezone.localdate(), by=request.actor, uuids=chosen)
    words = ngettext("%(n)s entry is confirmed.", "%(n)s entries are confirmed.", count) % {"n": count}
    notices.success(request, words)
    return redirect("catalogue:own")


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def taken(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say how many places are taken by people who came another way."""
    row = _kept(request, uuid)
    form = TakenForm(request.POST or None, initial={"taken_elsewhere": row.taken_elsewhere})

    def save() -> Place:
        figure = form.cleaned_data["taken_elsewhere"]
        return places.set_taken(uuid, taken_elsewhere=figure, today=timezone.localdate(), by=request.actor)

    if saved(form, save) is not None:
        notices.success(request, _("The places are counted anew, and the entry is confirmed."))
        return redirect("catalogue:own")
    return form_page(request, form, title=row.name, cancel_url=reverse("catalogue:own"))


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def withdraw(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take an entry out of the catalogue."""
    row = _kept(request, uuid)
    if request.method == "POST":
        places.withdraw_place(uuid, today=timezone.localdate(), by=request.actor)
        notices.success(request, _("The place is no longer in the catalogue."))
        return redirect("catalogue:own")
    return render(request, "catalogue/withdraw.html", {"place": row})


def _kept(request: ActorRequest, uuid: UUID) -> Place:
    row = finding.own_places(request.actor).filter(uuid=uuid).first()
    if row is None:
        raise Http404
    return row  # type: ignore[no-any-return]


def new_form(request: ActorRequest, initial: Mapping[str, Any] | None = None) -> PlaceForm:
    """The form of a new entry; with initial values of a suggestion, the owner has to be chosen if it says none."""
    given: dict[str, Any] = {"units": frame.units(request), "areas": frame.area_units(request)}
    given["initial"] = dict(initial) if initial else {"institution": request.actor.institution_id}
    if policies.may_keep_for_others(request.actor):
        owners: list[tuple[int | str, str]] = [*institutions.open_institutions()]
        if not given["initial"].get("institution"):
            owners.insert(0, ("", _("Choose")))
        return PlaceForOthersForm(request.POST or None, owners=owners, **given)
    return PlaceForm(request.POST or None, **given)


def saved(form: Any, save: Callable[[], Place]) -> Place | None:
    """What was saved; None when the form was not sent or says why not."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return save()
    except CatalogueError as error:
        form.add_error(None, messages.message_for(error))
        return None


def form_page(request: ActorRequest, form: Any, *, title: str, cancel_url: str, **more: Any) -> HttpResponse:
    """A form of the catalogue."""
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "title": title, "cancel_url": cancel_url, "crumbs": [_home(), (title, "")]}
    return render(request, "catalogue/form.html", {**context, **more}, status=status)


def _conflict_page(request: ActorRequest, row: Place, conflict: Conflict) -> HttpResponse:
    kept = [(key, value) for key, values in request.POST.lists() if key not in NOT_KEPT for value in values]
    context = {
        "place": row,
        "conflicts": [
            {"label": messages.FIELD_NAMES[one.field], "yours": _words(one.yours), "saved": _words(one.saved)}
            for one in conflict.differences
        ],
        "saved_by": institutions.full_name(conflict.saved_by_user_id) or _("Somebody else"),
        "saved_at": conflict.saved_at,
        "reload_url": reverse("catalogue:change", args=[row.uuid]),
        "version": conflict.version,
        "kept": kept,
    }
    return render(request, "catalogue/conflict.html", context, status=HTTPStatus.CONFLICT)


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(messages.GROUP_NAMES.get(one, one)) for one in value)
    for names in (messages.KIND_NAMES, messages.FUNDING_NAMES):
        if value in names:
            return str(names[value])
    return "" if value is None else str(value)


def _initial(details: PlaceDetails) -> dict[str, Any]:
    fields = [name for name in PlaceForm.base_fields if name != "version"]
    return {name: getattr(details, name) for name in fields} | {
        "groups": sorted(details.groups),
        "areas": sorted(details.areas),
    }


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _home() -> tuple[str, str]:
    return _("Places of support"), reverse("catalogue:list")
