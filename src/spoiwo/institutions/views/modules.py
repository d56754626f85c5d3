"""Which modules an institution uses: the others leave its menus, and their addresses answer nobody of it."""

from http import HTTPStatus

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spoiwo.institutions import messages, policies, queries, services
from spoiwo.institutions.forms import ModulesForm
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Module
from spoiwo.institutions.views.directory import found_or_404
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in


@require_http_methods(["GET", "POST"])
@open_to(signed_in)
def switch(request: ActorRequest, code: str) -> HttpResponse:
    """Tick what the institution uses; when somebody ticked otherwise meanwhile, both are shown."""
    institution = found_or_404(code)
    if not policies.may_edit_institution(request.actor, institution.pk):
        raise Http404
    used = [one.value for one in Module if one not in institution.modules_off]
    first = {"modules": used, "version": institution.version}
    form = ModulesForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        try:
            services.switch_modules(
                institution_id=institution.pk,
                on=form.chosen(),
                seen_version=form.cleaned_data["version"] or institution.version,
                by=request.actor,
            )
        except Conflict as conflict:
            return _conflict_page(request, institution, form, conflict)
        notices.success(request, _("Saved. Menus show it from the next page on."))
        return redirect("institutions:institution", code)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(
        request, "institutions/modules.html", {"form": form, "institution": institution}, status=status
    )


def _conflict_page(
    request: ActorRequest, institution: Institution, form: ModulesForm, conflict: Conflict
) -> HttpResponse:
    words = {True: _("used"), False: _("not used")}
    context = {
        "institution": institution,
        "conflicts": [
            {
                "label": messages.FIELD_NAMES[one.field],
                "yours": words[bool(one.yours)],
                "saved": words[bool(one.saved)],
            }
            for one in conflict.differences
        ],
        "saved_by": queries.full_name(conflict.saved_by_user_id) or _("Somebody else"),
        "saved_at": conflict.saved_at,
        "reload_url": reverse("institutions:modules", args=[institution.code]),
        "version": conflict.version,
        "kept": [("modules", one.value) for one in form.chosen()],
    }
    return render(request, "institutions/conflict.html", context, status=HTTPStatus.CONFLICT)
