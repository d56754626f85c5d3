"""Saying that a place is missing, and deciding about what others say."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.catalogue import messages
from spoiwo.catalogue.errors import CatalogueError, NoSuchPlace
from spoiwo.catalogue.forms.places import MissingForm, TurnDownForm
from spoiwo.catalogue.models import Place, SuggestedPlace
from spoiwo.catalogue.queries import finding
from spoiwo.catalogue.services import missing
from spoiwo.catalogue.types import CorrectionState
from spoiwo.catalogue.views import frame, keeping
from spoiwo.institutions import queries as institutions
from spoiwo.territory import queries as territory
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_http_methods(["GET", "POST"])
@open_to(frame.readers)
def suggest(request: ActorRequest) -> HttpResponse:
    """Say that the catalogue lacks a place."""
    form = MissingForm(
        request.POST or None,
        units=frame.units(request),
        owners=institutions.open_institutions(),
        initial={"teryt": request.GET.get("area", ""), "kind": request.GET.get("kind", "")},
    )
    if form.is_bound and form.is_valid():
        try:
            missing.suggest_place(form.missing(), at=timezone.now(), by=request.actor)
        except CatalogueError as error:
            form.add_error("teryt", messages.message_for(error))
        else:
            notices.success(request, _("Thank you. Whoever keeps places of support will decide."))
            return redirect("catalogue:missing")
    return keeping.form_page(
        request,
        form,
        title=_("Suggest a missing place"),
        cancel_url=reverse("catalogue:list"),
        about=_("Whoever keeps places of support checks it and writes it down."),
        action_label=_("Send the suggestion"),
    )


@require_GET
@open_to(frame.readers)
def suggestions(request: ActorRequest) -> HttpResponse:
    """Places that are said to be missing: by the own institution, and those it decides about."""
    page = frame.page_of(request, finding.suggested_places(request.actor))
    waiting = finding.missing_to_decide(request.actor)
    names = territory.names_of({one.teryt for one in page.object_list}, timezone.localdate())
    shown = [_line(one, names, may_decide=one.pk in waiting) for one in page.object_list]
    crumbs = [(_("Places of support"), reverse("catalogue:list")), (_("Missing places"), "")]
    context = {"page": page, "shown": shown, "crumbs": crumbs}
    return render(request, "catalogue/missing.html", context)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def take_up(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write the missing place down; the form says already what was suggested."""
    row = finding.missing_place(request.actor, uuid)
    if row is None:
        raise Http404
    initial = {name: getattr(row, name) for name in ("kind", "name", "teryt", "about")}
    form = keeping.new_form(request, {**initial, "institution": row.institution_id or ""})

    def save() -> Place:
        return missing.take_up(
            uuid,
            form.details(),
            institution_id=form.cleaned_data.get("institution") or 0,
            at=timezone.now(),
            by=request.actor,
        )

    made = keeping.saved(form, save)
    if made is not None:
        notices.success(request, _("The place is in the catalogue."))
        return redirect("catalogue:place", made.uuid)
    return keeping.form_page(
        request,
        form,
        title=_("Write the place down"),
        cancel_url=reverse("catalogue:missing"),
        about=_told(row),
    )


@require_POST
@open_to(frame.keepers)
def turn_down(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say why a place is not written down."""
    form = TurnDownForm(request.POST)
    form.is_valid()
    reply = form.cleaned_data.get("reply", "")
    try:
        missing.turn_down(uuid, reply=reply, at=timezone.now(), by=request.actor)
    except NoSuchPlace as error:
        raise Http404 from error
    except CatalogueError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("The suggestion is rejected."))
    return redirect("catalogue:missing")


def _line(row: SuggestedPlace, names: dict[str, str], *, may_decide: bool) -> dict[str, object]:
    return {
        "row": row,
        "kind": messages.KIND_NAMES[row.kind],
        "where": names.get(row.teryt, row.teryt),
        "whose": row.institution.name if row.institution else row.provider,
        "state": messages.CORRECTION_NAMES[row.state],
        "tone": messages.CORRECTION_TONES[CorrectionState(row.state)],
        "may_decide": may_decide,
    }


def _told(row: SuggestedPlace) -> str:
    """What the suggestion says beside the fields of the form."""
    whose = row.institution.name if row.institution else row.provider
    said = _("Suggested by: %(office)s.") % {"office": row.suggested_by.name}
    owner = _("Who runs it: %(name)s.") % {"name": whose} if whose else ""
    return " ".join(part for part in (said, owner, row.reason) if part)
