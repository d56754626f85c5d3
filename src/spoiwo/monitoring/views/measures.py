"""Measures, and figures brought in from files."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.institutions import queries as institutions
from spoiwo.monitoring import messages, policies
from spoiwo.monitoring.errors import FiguresRefused, MeasureNotFound, MonitoringError
from spoiwo.monitoring.forms.measures import AskForm, ChangeForm, FiguresForm, MeasureForm
from spoiwo.monitoring.models import Measure
from spoiwo.monitoring.models.choices import SIDE_CHOICES
from spoiwo.monitoring.queries.catalogue import cards_over, found_measures, measure_of, reported_years
from spoiwo.monitoring.services import bringing, measures
from spoiwo.monitoring.tables.cards import name_of
from spoiwo.monitoring.tables.measures import measure_lines, measure_rows
from spoiwo.monitoring.types import Asked
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to

SIDES: dict[object, object] = dict(SIDE_CHOICES)


@require_GET
@open_to(policies.may_read)
def measure_list(request: ActorRequest) -> HttpResponse:
    """All measures, or those that are looked for: what they count, how they add up, where they come from."""
    form = AskForm(request.GET)
    asked = form.asked()
    context = {
        "rows": measure_rows(found_measures(asked), reported_years()),
        "filters": form,
        "is_asked": asked != Asked(),
        "may_write": policies.may_write(request.actor),
    }
    return render(request, "monitoring/measures.html", context)


@require_GET
@open_to(policies.may_read)
def measure(request: ActorRequest, code: str) -> HttpResponse:
    """One measure: all that is said of it, and the cards that count it."""
    found = measure_of(code)
    if found is None:
        raise Http404
    context = {
        "measure": found,
        "name": messages.measure_name(found),
        "lines": measure_lines(found, reported_years()),
        "cards": [
            (version.indicator.code, name_of(version), version.get_state_display())
            for version in cards_over(code, request.actor)
        ],
        "is_kept": Measure.objects.kept_by(request.actor).filter(pk=found.pk).exists(),
    }
    return render(request, "monitoring/measure.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.may_write)
def new_measure(request: ActorRequest) -> HttpResponse:
    """A measure more."""
    form = MeasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = measures.add_measure(form.draft(), at=timezone.now(), by=request.actor)
        except MonitoringError as error:
            form.add_error("code", messages.message_for(error))
        else:
            notices.success(request, _("The measure is in the catalogue."))
            return redirect("monitoring:measure", made.code)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "monitoring/measure_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@open_to(policies.may_write)
def change_measure(request: ActorRequest, code: str) -> HttpResponse:
    """Say better what an own measure is."""
    found = Measure.objects.kept_by(request.actor).filter(code=code).first()
    if found is None:
        raise Http404
    initial = {name: getattr(found, name) for name in (*measures.WORDS, "edit_version")}
    form = ChangeForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"form": form, "measure": found}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            measures.change_measure(
                code=code,
                words=form.words(),
                edit_version=form.cleaned_data["edit_version"] or 0,
                at=timezone.now(),
                by=request.actor,
            )
        except Conflict as conflict:
            form.data = {**request.POST.dict(), "edit_version": str(conflict.version)}
            context |= _conflict(form, conflict, code)
            status = HTTPStatus.CONFLICT
        else:
            notices.success(request, _("The measure was saved."))
            return redirect("monitoring:measure", code)
    return render(request, "monitoring/measure_form.html", context, status=status)


@require_POST
@open_to(policies.may_write)
def retire(request: ActorRequest, code: str) -> HttpResponse:
    """Retire an own measure, or bring it back."""
    is_back = request.POST.get("step") == "bring_back"
    step = measures.bring_back if is_back else measures.retire_measure
    try:
        step(code=code, at=timezone.now(), by=request.actor)
    except MeasureNotFound:
        raise Http404 from None
    except MonitoringError as error:
        notices.warning(request, messages.message_for(error))
    else:
        said = _("The measure is in use again.") if is_back else _("The measure is retired.")
        notices.success(request, said)
    return redirect("monitoring:measure", code)


@require_http_methods(["GET", "POST"])
@open_to(policies.may_write)
def bring_in(request: ActorRequest) -> HttpResponse:
    """A file of figures: all of it, or nothing with every bad row named."""
    form = FiguresForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            taken = bringing.bring_in(form.cleaned_data["file"].read(), at=timezone.now(), by=request.actor)
        except FiguresRefused as error:
            context["refused"] = [
                (row.number, row.column, row.said, messages.row_sentence(row))
                for row in error.rows[: bringing.SHOWN]
            ]
            context["count"] = len(error.rows)
        except MonitoringError as error:
            form.add_error("file", messages.message_for(error))
        else:
            told = _("Figures read: %(all)s; new or different: %(fresh)s.")
            notices.success(request, told % {"all": taken.observations, "fresh": taken.fresh})
            return redirect("monitoring:measures")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "monitoring/figures_file.html", context, status=status)


def _conflict(form: ChangeForm, conflict: Conflict, code: str) -> dict[str, Any]:
    return {
        "conflicts": [
            {
                "label": form.fields[one.field].label,
                "yours": SIDES.get(one.yours, one.yours),
                "saved": SIDES.get(one.saved, one.saved),
            }
            for one in conflict.differences
        ],
        "saved_by": institutions.full_name(conflict.saved_by_user_id) or _("Somebody"),
        "saved_at": conflict.saved_at,
        "reload_url": reverse("monitoring:change_measure", args=[code]),
    }
