"""Suggesting corrections and deciding about them."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.catalogue import messages, policies
from spoiwo.catalogue.errors import CatalogueError, NoSuchPlace
from spoiwo.catalogue.forms.places import DecideForm, SuggestForm
from spoiwo.catalogue.queries import finding
from spoiwo.catalogue.services import corrections
from spoiwo.catalogue.types import CorrectionState
from spoiwo.catalogue.views import frame
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_http_methods(["GET", "POST"])
@open_to(frame.readers)
def suggest(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say what an entry should say instead."""
    row = finding.place(uuid)
    if row is None or row.withdrawn_on is not None:
        raise Http404
    form = SuggestForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            corrections.suggest_correction(uuid, **form.cleaned_data, at=timezone.now(), by=request.actor)
        except CatalogueError as error:
            form.add_error("proposal", messages.message_for(error))
        else:
            notices.success(request, _("Thank you. Whoever keeps the entry will decide."))
            return redirect("catalogue:place", uuid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {
        "form": form,
        "title": _("Suggest a correction"),
        "about": row.name,
        "action_label": _("Send the suggestion"),
        "cancel_url": reverse("catalogue:place", args=[uuid]),
        "crumbs": [(_("Places of support"), reverse("catalogue:list")), (row.name, "")],
    }
    return render(request, "catalogue/form.html", context, status=status)


@require_GET
@open_to(frame.readers)
def correction_list(request: ActorRequest) -> HttpResponse:
    """Suggestions made by the own institution, and those that wait for its decision."""
    page = frame.page_of(request, finding.corrections(request.actor))
    shown = [
        {
            "row": one,
            "field": messages.FIELD_NAMES[one.field],
            "state": messages.CORRECTION_NAMES[one.state],
            "tone": messages.CORRECTION_TONES[CorrectionState(one.state)],
            "may_decide": one.state == CorrectionState.PROPOSED
            and policies.keeps(
                request.actor, institution_id=one.place.institution_id, keeper_id=one.place.keeper_id
            ),
        }
        for one in page.object_list
    ]
    crumbs = [(_("Places of support"), reverse("catalogue:list")), (_("Suggested corrections"), "")]
    context = {
        "page": page,
        "shown": shown,
        "missing": finding.count_missing(request.actor),
        "crumbs": crumbs,
    }
    return render(request, "catalogue/corrections.html", context)


@require_POST
@open_to(frame.keepers)
def decide(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Accept or reject a suggestion."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        corrections.decide_correction(uuid, **form.cleaned_data, at=timezone.now(), by=request.actor)
    except NoSuchPlace as error:
        raise Http404 from error
    except CatalogueError as error:
        notices.warning(request, messages.message_for(error))
    else:
        accepted = form.cleaned_data["accept"]
        notices.success(
            request, _("The entry is corrected.") if accepted else _("The suggestion is rejected.")
        )
    return redirect("catalogue:corrections")
