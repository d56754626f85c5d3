"""People, entities and initiative groups of the centre."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.support import messages
from spoiwo.support.errors import SupportError
from spoiwo.support.forms.people import (
    BecomeForm,
    EntityForm,
    ErasureForm,
    GroupForm,
    JoinForm,
    NameFilter,
    PersonForm,
)
from spoiwo.support.models import Group, Participant
from spoiwo.support.queries import finding, histories, listing
from spoiwo.support.services import forgetting, identity, people
from spoiwo.support.types import RecipientKind
from spoiwo.support.views import frame
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.templatetags.spoiwo import pl_date


@require_GET
@open_to(frame.keepers)
def person_list(request: ActorRequest) -> HttpResponse:
    """People of the centre."""
    form = NameFilter(request.GET)
    page = frame.page_of(request, listing.people(request.actor, request.GET.get("q", "")))
    shown = frame.Listing(
        title=_("People"),
        lede=_("People whom your centre supports. Nobody else sees them."),
        columns=[
            (_("Name"), False),
            (_("Number"), False),
            (_("Labour market"), False),
            (_("Supported since"), False),
        ],
        empty_title=_("Nobody yet"),
        empty_text=_("People appear here once you write down support for them, or add them."),
        actions=[frame.Action(_("Add a person"), reverse("support:add_person"))],
        filters=form,
        count_words=ngettext("%(n)s person", "%(n)s people", page.paginator.count)
        % {"n": page.paginator.count},
    )
    rows = [
        [
            frame.link(one, "person", one.uuid),
            one.number,
            messages.LABOUR_NAMES[one.labour_status],
            pl_date(one.supported_from),
        ]
        for one in page.object_list
    ]
    return frame.show_list(request, shown, page, rows)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def add_person(request: ActorRequest) -> HttpResponse:
    """Write a person down."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = people.add_person(form.details(), by=request.actor)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The person is on your list."))
            return redirect("support:person", made.uuid)
    return frame.show_form(
        request,
        form,
        title=_("Add a person"),
        action_label=_("Add"),
        cancel_url=reverse("support:people"),
        crumbs=[(_("People"), reverse("support:people")), (_("Add a person"), "")],
        units=frame.units(request),
    )


@require_GET
@open_to(frame.keepers)
def person(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Everything the centre did for somebody."""
    row = _person(request, uuid)
    found = finding.found_of(row)
    context = {
        "person": row,
        "labour": messages.LABOUR_NAMES[row.labour_status],
        "history": histories.of_person(row, request.actor),
        "recipient": found.label,
        "join_form": JoinForm(actor=request.actor),
        "joined": row.moves.filter(undone_at__isnull=True).exists(),
        "suggestions": finding.suggestions(request.actor, kinds=(RecipientKind.PERSON,)),
        "crumbs": [(_("People"), reverse("support:people")), (str(row), "")],
    }
    return render(request, "support/person.html", context)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def change_person(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Correct what is known of a person."""
    row = _person(request, uuid)
    fields = [name for name in PersonForm.base_fields if name != "pesel"]
    form = PersonForm(request.POST or None, initial={name: getattr(row, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            people.change_person(uuid, form.details(), version=version, by=request.actor)
        except Conflict as conflict:
            return frame.show_conflict(request, form, conflict, str(row))
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The change is saved."))
            return redirect("support:person", uuid)
    return frame.show_form(
        request,
        form,
        title=str(row),
        action_label=_("Save"),
        cancel_url=reverse("support:person", args=[uuid]),
        crumbs=[(_("People"), reverse("support:people")), (str(row), reverse("support:person", args=[uuid]))],
        units=frame.units(request),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def erase_person(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Erase somebody for good, after a question."""
    row = _person(request, uuid)
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            forgetting.erase_person(uuid, basis=form.cleaned_data["basis"], by=request.actor)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The person is erased. What was given stays counted."))
            return redirect("support:people")
    context = {
        "form": form,
        "question": _("Erase this person's data"),
        "about": f"{row.first_name} {row.last_name}".strip(),
        "consequence": _(
            "Name, PESEL number, contact data, applications for events and notes about the person go and cannot be "
            "brought back, not even from a backup. Figures stay."
        ),
        "action_label": _("Erase for good"),
        "cancel_url": reverse("support:person", args=[uuid]),
        "danger": True,
    }
    return render(request, "support/confirm.html", context, status=422 if form.errors else 200)


@require_POST
@open_to(frame.keepers)
def join(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say that two rows are one person, so that they are counted once."""
    _person(request, uuid)
    form = JoinForm(request.POST, actor=request.actor)
    if not form.is_valid():
        notices.warning(request, _("Choose a person from your list."))
        return redirect("support:person", uuid)
    try:
        identity.join_participants(form.cleaned_data["other"], uuid, by=request.actor)
    except SupportError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("Both are one person now and are counted once."))
    return redirect("support:person", uuid)


@require_POST
@open_to(frame.keepers)
def part(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take the newest join back."""
    _person(request, uuid)
    try:
        identity.undo_join(uuid, by=request.actor)
    except SupportError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("They are different people again."))
    return redirect("support:person", uuid)


@require_GET
@open_to(frame.keepers)
def entity_list(request: ActorRequest) -> HttpResponse:
    """Entities and groups of the centre."""
    form = NameFilter(request.GET)
    page = frame.page_of(request, listing.entities(request.actor, request.GET.get("q", "")))
    shown = frame.Listing(
        title=_("Entities and groups"),
        lede=_("Organisations your centre supports, and groups of people who may found one."),
        columns=[(_("Name"), False), (_("Kind"), False), ("NIP", False), ("REGON", False)],
        empty_title=_("No entities yet"),
        empty_text=_("Entities appear here once you write down support for them, or add them."),
        actions=[
            frame.Action(_("Add an entity"), reverse("support:add_entity")),
            frame.Action(_("Add a group"), reverse("support:add_group")),
            frame.Action(_("Initiative groups"), reverse("support:groups")),
        ],
        filters=form,
        count_words=ngettext("%(n)s entity", "%(n)s entities", page.paginator.count)
        % {"n": page.paginator.count},
    )
    rows = [
        [
            frame.link(one.name, "entity", one.uuid),
            _("Social economy entity") if one.is_social else _("Other institution"),
            one.nip or "–",
            one.regon or "–",
        ]
        for one in page.object_list
    ]
    return frame.show_list(request, shown, page, rows)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def add_entity(request: ActorRequest) -> HttpResponse:
    """Write an organisation down."""
    form = EntityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = people.add_entity(form.details(), by=request.actor)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The entity is on your list."))
            return redirect("support:entity", made.uuid)
    return frame.show_form(
        request,
        form,
        title=_("Add an entity"),
        action_label=_("Add"),
        cancel_url=reverse("support:entities"),
        units=frame.units(request),
    )


@require_GET
@open_to(frame.keepers)
def entity(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Everything the centre did for an organisation."""
    row = listing.entities(request.actor).filter(uuid=uuid).first()
    if row is None:
        raise Http404
    context = {
        "entity": row,
        "history": histories.of_entity(row, request.actor),
        "recipient": finding.found_of(row).label,
        "crumbs": [(_("Entities and groups"), reverse("support:entities")), (row.name, "")],
    }
    return render(request, "support/entity.html", context)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def change_entity(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Correct what is known of an organisation."""
    row = listing.entities(request.actor).filter(uuid=uuid).first()
    if row is None:
        raise Http404
    form = EntityForm(
        request.POST or None, initial={name: getattr(row, name) for name in EntityForm.base_fields}
    )
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            people.change_entity(uuid, form.details(), version=version, by=request.actor)
        except Conflict as conflict:
            return frame.show_conflict(request, form, conflict, row.name)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The change is saved."))
            return redirect("support:entity", uuid)
    return frame.show_form(
        request,
        form,
        title=row.name,
        action_label=_("Save"),
        cancel_url=reverse("support:entity", args=[uuid]),
        crumbs=[
            (_("Entities and groups"), reverse("support:entities")),
            (row.name, reverse("support:entity", args=[uuid])),
        ],
        units=frame.units(request),
    )


@require_GET
@open_to(frame.keepers)
def group_list(request: ActorRequest) -> HttpResponse:
    """Initiative groups of the centre."""
    page = frame.page_of(request, listing.groups(request.actor))
    shown = frame.Listing(
        title=_("Initiative groups"),
        lede=_("People who may found a social economy entity together."),
        columns=[(_("Name"), False), (_("Since"), False), (_("What became of it"), False)],
        empty_title=_("No groups yet"),
        empty_text=_("Groups appear here once you add them."),
        actions=[frame.Action(_("Add a group"), reverse("support:add_group"))],
        count_words=ngettext("%(n)s group", "%(n)s groups", page.paginator.count)
        % {"n": page.paginator.count},
        crumbs=[(_("Entities and groups"), reverse("support:entities")), (_("Initiative groups"), "")],
    )
    rows = [[one.name, pl_date(one.founded_on), _became(one)] for one in page.object_list]
    return frame.show_list(request, shown, page, rows)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def add_group(request: ActorRequest) -> HttpResponse:
    """Write an initiative group down."""
    form = GroupForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        people.add_group(**form.cleaned_data, by=request.actor)
        notices.success(request, _("The group is on your list."))
        return redirect("support:groups")
    return frame.show_form(
        request,
        form,
        title=_("Add a group"),
        action_label=_("Add"),
        cancel_url=reverse("support:groups"),
        units=frame.units(request),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def become(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write down which entity a group founded."""
    row = listing.groups(request.actor).filter(uuid=uuid, became__isnull=True).first()
    if row is None:
        raise Http404
    form = BecomeForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            people.become_entity(
                uuid, entity=form.cleaned_data["entity"], on=form.cleaned_data["on"], by=request.actor
            )
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("From that day on the group counts as the entity."))
            return redirect("support:groups")
    return frame.show_form(
        request,
        form,
        title=row.name,
        lede=_("From the day of founding on, group and entity are one recipient."),
        action_label=_("Save"),
        cancel_url=reverse("support:groups"),
        suggestions=finding.suggestions(request.actor, kinds=(RecipientKind.ENTITY,)),
    )


def _became(one: Group) -> Any:
    if one.became is None:
        return frame.link(_("Write down what it founded"), "become", one.uuid)
    return frame.link(one.became.name, "entity", one.became.uuid)


def _person(request: ActorRequest, uuid: UUID) -> Participant:
    row: Participant | None = listing.people(request.actor).filter(uuid=uuid).first()
    if row is None:
        raise Http404
    return row
