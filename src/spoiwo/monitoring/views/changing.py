"""Changing a programme that is watched: names, years, the tree."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spoiwo.institutions import queries as institutions
from spoiwo.monitoring import policies
from spoiwo.monitoring.errors import ProgrammeNotFound
from spoiwo.monitoring.forms.plans import ChangeForm
from spoiwo.monitoring.models import Programme
from spoiwo.monitoring.queries import plans
from spoiwo.monitoring.services import programmes
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_http_methods(["GET", "POST"])
@open_to(policies.may_write)
def change_plan(request: ActorRequest, pk: int) -> HttpResponse:
    """Rename a programme and its objectives, or take them out."""
    found = plans.programme(request.actor, pk)
    if found is None or found.institution_id != request.actor.institution_id:
        raise Http404
    form = ChangeForm(request.POST or None, initial=_initial(found), branches=plans.tree(found))
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            programmes.change_programme(
                programme_id=pk,
                change=form.change(),
                edit_version=form.cleaned_data["edit_version"] or 0,
                at=timezone.now(),
                by=request.actor,
            )
        except ProgrammeNotFound:
            raise Http404 from None
        except Conflict as conflict:
            form.data = {
                **{name: request.POST.getlist(name) for name in request.POST if name.startswith("watching-")},
                **{name: value for name, value in request.POST.items() if not name.startswith("watching-")},
                "edit_version": str(conflict.version),
            }
            context = _conflict(form, conflict, reverse("monitoring:change_plan", args=[pk]))
        else:
            notices.success(request, _("The programme was saved."))
            return redirect("monitoring:plan", pk)
    status = (
        HTTPStatus.CONFLICT
        if context
        else HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_bound
        else HTTPStatus.OK
    )
    return render(
        request, "monitoring/plan_change.html", {"form": form, "programme": found, **context}, status=status
    )


def _initial(found: Programme) -> dict[str, Any]:
    return {
        "name": found.name,
        "first_year": found.first_year,
        "last_year": found.last_year,
        "edit_version": found.edit_version,
    }


def _conflict(form: ChangeForm, conflict: Conflict, reload_url: str) -> dict[str, Any]:
    return {
        "conflicts": [
            {"label": form.fields[one.field].label, "yours": one.yours, "saved": one.saved}
            for one in conflict.differences
        ],
        "saved_by": institutions.full_name(conflict.saved_by_user_id) or _("Somebody"),
        "saved_at": conflict.saved_at,
        "reload_url": reload_url,
    }
