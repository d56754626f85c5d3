"""Writing the directory: add an institution, change it, close it."""

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spoiwo.institutions import messages, policies, queries, services
from spoiwo.institutions.errors import BadDetails, InstitutionsError
from spoiwo.institutions.forms import (
    ClosingForm,
    InstitutionForm,
    KindFormSet,
    NewInstitutionForm,
    add_problems,
    initial_kinds,
    initial_values,
    kinds_of,
)
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import InstitutionDetails, KindPeriod
from spoiwo.institutions.views.directory import found_or_404
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to, operators, signed_in

NOT_KEPT = ("csrfmiddlewaretoken", "version", "overwrite")


@require_http_methods(["GET", "POST"])
@open_to(operators)
def new(request: ActorRequest) -> HttpResponse:
    """Add an institution to the directory."""
    data = request.POST if request.method == "POST" else None
    form = NewInstitutionForm(data, bodies=queries.open_institutions())
    kinds = KindFormSet(data, prefix="kinds")

    def save(details: InstitutionDetails) -> Institution:
        return services.create_institution(
            details=details, code=form.cleaned_data["code"], today=timezone.localdate(), by=request.actor
        )

    made = _saved(form, kinds, save)
    if made is not None:
        notices.success(
            request, _("The institution is in the directory. Now appoint its local administrator.")
        )
        return redirect("institutions:institution", made.code)
    return _page(request, form, kinds, None)


@require_http_methods(["GET", "POST"])
@open_to(signed_in)
def edit(request: ActorRequest, code: str) -> HttpResponse:
    """Change an entry; when somebody saved it meanwhile, both values are shown."""
    institution = found_or_404(code)
    if not policies.may_edit_institution(request.actor, institution.pk):
        raise Http404
    details = queries.details_of(institution)
    data = request.POST if request.method == "POST" else None
    bodies = [(pk, name) for pk, name in queries.open_institutions() if pk != institution.pk]
    if institution.running_body and institution.running_body.closed_on:
        bodies.append((institution.running_body.pk, institution.running_body.name))
    form = InstitutionForm(data, bodies=bodies, initial=initial_values(details, version=institution.version))
    # What was typed is compared with nothing: a row that happens to equal the saved one still counts.
    kinds = KindFormSet(data, prefix="kinds", initial=None if data else initial_kinds(details))

    def save(changed: InstitutionDetails) -> Institution:
        return services.edit_institution(
            institution_id=institution.pk,
            details=changed,
            seen_version=form.cleaned_data["version"] or institution.version,
            today=timezone.localdate(),
            by=request.actor,
        )

    try:
        saved = _saved(form, kinds, save)
    except Conflict as conflict:
        return _conflict_page(request, institution, conflict)
    if saved is not None:
        notices.success(request, _("The entry is saved."))
        return redirect("institutions:institution", saved.code)
    return _page(request, form, kinds, institution)


@require_http_methods(["GET", "POST"])
@open_to(operators)
def close(request: ActorRequest, code: str) -> HttpResponse:
    """Take an institution out of use."""
    institution = found_or_404(code)
    form = ClosingForm(
        request.POST if request.method == "POST" else None, initial={"closed_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.close_institution(
                institution_id=institution.pk, closed_on=form.cleaned_data["closed_on"], by=request.actor
            )
        except InstitutionsError as error:
            form.add_error(None, messages.message_for(error))
        else:
            notices.success(request, _("The institution is closed. Nobody acts for it any more."))
            return redirect("institutions:institution", code)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(
        request, "institutions/close.html", {"form": form, "institution": institution}, status=status
    )


def _saved(
    form: InstitutionForm, kinds: Any, save: Callable[[InstitutionDetails], Institution]
) -> Institution | None:
    """What was saved; None when there is something to correct, which the form then shows."""
    if not form.is_bound:
        return None
    kinds_are_valid = kinds.is_valid()
    if not form.is_valid() or not kinds_are_valid:
        for error in [error for row in kinds.errors for errors in row.values() for error in errors]:
            form.add_error(None, f"{messages.FIELD_NAMES['kinds']}: {error}")
        return None
    try:
        return save(form.details(kinds_of(kinds)))
    except BadDetails as error:
        add_problems(form, error)
        return None


def _page(
    request: ActorRequest, form: InstitutionForm, kinds: Any, institution: Institution | None
) -> HttpResponse:
    context = {
        "form": form,
        "kinds": kinds,
        "institution": institution,
        "units": queries.units_to_choose(institution, timezone.localdate()),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "institutions/edit.html", context, status=status)


def _conflict_page(request: ActorRequest, institution: Institution, conflict: Conflict) -> HttpResponse:
    names = dict(queries.open_institutions())
    context = {
        "institution": institution,
        "conflicts": [
            {
                "label": messages.FIELD_NAMES[one.field],
                "yours": _in_words(one.yours, names),
                "saved": _in_words(one.saved, names),
            }
            for one in conflict.differences
        ],
        "saved_by": queries.full_name(conflict.saved_by_user_id) or _("Somebody else"),
        "saved_at": conflict.saved_at,
        "reload_url": reverse("institutions:edit", args=[institution.code]),
        "version": conflict.version,
        "kept": [
            (key, value) for key, values in request.POST.lists() if key not in NOT_KEPT for value in values
        ],
    }
    return render(request, "institutions/conflict.html", context, status=HTTPStatus.CONFLICT)


def _in_words(value: object, names: dict[int, str]) -> str:
    if isinstance(value, tuple):
        return "; ".join(_kind_in_words(one) for one in value)
    if isinstance(value, int):
        return names.get(value, str(value))
    if isinstance(value, date):
        return date_format(value, "j E Y")
    return "" if value is None else str(value)


def _kind_in_words(period: KindPeriod) -> str:
    days = [date_format(day, "j E Y") if day else "…" for day in (period.valid_from, period.valid_to)]
    name = messages.kind_name(period.kind)
    return f"{name} ({' – '.join(days)})" if any((period.valid_from, period.valid_to)) else name
