"""Events: planning, registrations, what is printed."""

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

from spoiwo.support import messages
from spoiwo.support.errors import SupportError
from spoiwo.support.forms.events import (
    EventFilter,
    EventForm,
    ExhibitorForm,
    MaterialForm,
    RegistrationForm,
    session_line,
)
from spoiwo.support.models import Event
from spoiwo.support.queries import finding, happenings, listing
from spoiwo.support.rules import events as rules
from spoiwo.support.services import events, registering
from spoiwo.support.types import EventKind, EventState, RecipientKind, RegistrationState
from spoiwo.support.views import frame
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.context import counting
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.templatetags.spoiwo import pl_date


@require_GET
@open_to(frame.keepers)
def event_list(request: ActorRequest) -> HttpResponse:
    """Events of the centre."""
    form = EventFilter(request.GET)
    form.is_valid()
    kind, state = (form.cleaned_data.get(name, "") for name in ("kind", "state"))
    page = frame.page_of(request, happenings.events(request.actor, kind=kind, state=state))
    count = page.paginator.count
    with counting():  # how many registered, hidden people among them
        happening = list(page.object_list)
    shown = frame.Listing(
        title=_("Events"),
        lede=_("Trainings, study visits, seminars, conferences, fairs and meetings of your centre."),
        columns=[
            (_("When"), False),
            (_("Title"), False),
            (_("Kind"), False),
            (_("Registered"), True),
            (_("Standing"), False),
        ],
        empty_title=_("No events yet"),
        empty_text=_("Plan an event, announce it, and people can register through its page."),
        actions=[
            frame.Action(_("Plan an event"), reverse("support:plan_event")),
            frame.Action(_("Past years from a sheet"), f"{reverse('exchange:sheets')}?rodzaj=events"),
        ],
        filters=form,
        count_words=ngettext("%(n)s event", "%(n)s events", count) % {"n": count},
        crumbs=[frame.home_crumb(), (_("Events"), "")],
    )
    lines = [
        [
            pl_date(one.starts_on, "short"),
            frame.link(one.title, "event", one.uuid),
            messages.EVENT_NAMES[one.kind],
            one.registered,
            frame.tag(messages.EVENT_STATE_NAMES[one.state], messages.TONES[one.state]),
        ]
        for one in happening
    ]
    return frame.show_list(request, shown, page, lines)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def plan_event(request: ActorRequest) -> HttpResponse:
    """Write an event down."""
    form = _form(request, {"kind": request.GET.get("kind", EventKind.TRAINING)})
    if request.method == "POST" and form.is_valid():
        try:
            made = events.plan_event(form.details(), by=request.actor)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The event is planned. Announce it when it is ready."))
            return redirect("support:event", made.uuid)
    return _form_page(request, form, _("Plan an event"), reverse("support:events"))


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def change_event(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change how an event is planned."""
    row = found(request, uuid)
    names = [name for name in EventForm.base_fields if name not in {"sessions", "project", "cycle"}]
    initial = {name: getattr(row, name) for name in names} | {
        "sessions": "\n".join(session_line(one) for one in row.sessions.order_by("day", "starts_at", "pk")),
        "project": row.project.uuid if row.project else None,
        "cycle": row.cycle.uuid if row.cycle else None,
    }
    form = _form(request, initial)
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            events.change_event(uuid, form.details(), version=version, by=request.actor)
        except Conflict as conflict:
            return frame.show_conflict(request, form, conflict, row.title)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The change is saved."))
            return redirect("support:event", uuid)
    return _form_page(request, form, row.title, reverse("support:event", args=[uuid]))


@require_GET
@open_to(frame.keepers)
def event(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """An event with everything that belongs to it."""
    return _event_page(request, found(request, uuid))


@require_POST
@open_to(frame.keepers)
def step(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Announce an event, call it off, or report it."""
    row = found(request, uuid)
    steps: dict[str, tuple[Any, str]] = {
        "announce": (lambda: events.announce(uuid, by=request.actor), _("The event is announced.")),
        "cancel": (lambda: events.cancel(uuid, by=request.actor), _("The event is called off.")),
        "report": (
            lambda: events.report_event(uuid, today=timezone.localdate(), by=request.actor),
            _("The event is reported and its attendance locked."),
        ),
    }
    act, done = steps.get(request.POST.get("step", ""), (None, ""))
    if act is None:
        return redirect("support:event", uuid)
    try:
        act()
    except SupportError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, done)
    return redirect("support:event", row.uuid)


@require_POST
@open_to(frame.keepers)
def register(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Register people of the centre."""
    row = found(request, uuid)
    form = RegistrationForm(request.POST, actor=request.actor, prefix="register")
    if not form.is_valid():
        return _event_page(request, row, register_form=form)
    pairs = [(person, form.cleaned_data["entity"]) for person in form.cleaned_data["people"]]
    try:
        made = registering.register_many(uuid, pairs, by=request.actor)
    except SupportError as error:
        frame.refuse(form, error)
        return _event_page(request, row, register_form=form)
    notices.success(
        request,
        ngettext("%(n)s person registered.", "%(n)s people registered.", len(made)) % {"n": len(made)},
    )
    return redirect("support:event", uuid)


@require_POST
@open_to(frame.keepers)
def settle(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Accept, put on the waiting list, confirm or cancel a registration."""
    row = registering_row(request, uuid)
    wanted = request.POST.get("state", "")
    if wanted in set(RegistrationState):
        try:
            registering.settle(uuid, state=RegistrationState(wanted), by=request.actor)
        except SupportError as error:
            notices.warning(request, messages.message_for(error))
        else:
            notices.success(request, _("The registration is changed."))
    return redirect("support:event", row.event.uuid)


@require_POST
@open_to(frame.keepers)
def add_exhibitor(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write down who shows what at a fair."""
    row = found(request, uuid)
    form = ExhibitorForm(request.POST, actor=request.actor, prefix="exhibitor")
    if form.is_valid():
        entered = form.cleaned_data
        try:
            events.add_exhibitors(
                uuid, [entered["entity"]], stand=entered["stand"], shows=entered["shows"], by=request.actor
            )
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The exhibitor is on the list."))
            return redirect("support:event", uuid)
    return _event_page(request, row, exhibitor_form=form)


@require_POST
@open_to(frame.keepers)
def add_material(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Put something to read beside an event."""
    row = found(request, uuid)
    form = MaterialForm(request.POST, prefix="material")
    if form.is_valid():
        events.add_material(uuid, **form.cleaned_data, by=request.actor)
        notices.success(request, _("The material is on the event's page."))
        return redirect("support:event", uuid)
    return _event_page(request, row, material_form=form)


def found(request: ActorRequest, uuid: UUID) -> Event:
    """The event of an address."""
    row = happenings.event(request.actor, uuid)
    if row is None:
        raise Http404
    return row


def registering_row(request: ActorRequest, uuid: UUID) -> Any:
    """The registration of an address."""
    row = happenings.registration(request.actor, uuid)
    if row is None:
        raise Http404
    return row


def _event_page(
    request: ActorRequest,
    row: Event,
    *,
    register_form: RegistrationForm | None = None,
    exhibitor_form: ExhibitorForm | None = None,
    material_form: MaterialForm | None = None,
) -> HttpResponse:
    given = [form for form in (register_form, exhibitor_form, material_form) if form is not None]
    held = registering.places_held(row)
    context = {
        "event": row,
        "kind": messages.EVENT_NAMES[row.kind],
        "sessions": row.sessions.order_by("day", "starts_at", "pk"),
        "registrations": [
            {"row": one, "state": messages.REGISTRATION_NAMES[one.state], "steps": _steps(one)}
            for one in happenings.registrations(row, request.actor)
        ],
        "exhibitors": row.exhibitors.select_related("entity").order_by("entity__sort_key"),
        "materials": row.materials.order_by("pk"),
        "held": held,
        "places_left": rules.places_left(capacity=row.capacity, held=held),
        "is_open": row.state in {EventState.DRAFT, EventState.ANNOUNCED},
        "public_url": request.build_absolute_uri(reverse("support:apply", args=[row.code])),
        "is_fair": row.kind == EventKind.FAIR,
        "register_form": register_form or RegistrationForm(actor=request.actor, prefix="register"),
        "exhibitor_form": exhibitor_form or ExhibitorForm(actor=request.actor, prefix="exhibitor"),
        "material_form": material_form or MaterialForm(prefix="material"),
        "form": given[0] if given else None,
        "suggestions": finding.suggestions(request.actor, kinds=(RecipientKind.PERSON, RecipientKind.ENTITY)),
        "crumbs": [(_("Events"), reverse("support:events")), (row.title, "")],
    }
    return render(request, "support/event.html", context, status=422 if given else 200)


def _steps(one: Any) -> list[dict[str, str]]:
    after = rules.STEPS[RegistrationState(one.state)]
    words = {
        RegistrationState.ACCEPTED: _("Accept"),
        RegistrationState.WAITING: _("Put on the waiting list"),
        RegistrationState.CONFIRMED: _("Confirm"),
        RegistrationState.CANCELLED: _("Cancel the registration"),
    }
    return [{"state": state.value, "label": words[state]} for state in words if state in after]


def _form(request: ActorRequest, initial: dict[str, Any]) -> EventForm:
    return EventForm(
        request.POST or None,
        initial=initial,
        projects=[(one.uuid, one.name) for one in listing.projects(request.actor)],
        cycles=[(one.uuid, one.name) for one in listing.cycles(request.actor)],
    )


def _form_page(request: ActorRequest, form: EventForm, title: str, cancel_url: str) -> HttpResponse:
    return frame.show_form(
        request,
        form,
        title=title,
        action_label=_("Save"),
        cancel_url=cancel_url,
        crumbs=[(_("Events"), reverse("support:events")), (title, "")],
        units=frame.units(request),
    )
