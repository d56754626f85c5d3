"""Measures, and figures brought in from files."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.monitoring import messages, policies, queries
from spoiwo.monitoring.errors import FiguresRefused, MonitoringError
from spoiwo.monitoring.forms.measures import FiguresForm, MeasureForm
from spoiwo.monitoring.services import bringing
from spoiwo.monitoring.tables.measures import measure_rows
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_GET
@open_to(policies.may_read)
def measure_list(request: ActorRequest) -> HttpResponse:
    """All measures: what they count, how they add up, where they come from."""
    context = {
        "rows": measure_rows(queries.measures(), queries.reported_years()),
        "may_write": policies.may_write(request.actor),
    }
    return render(request, "monitoring/measures.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.may_write)
def new_measure(request: ActorRequest) -> HttpResponse:
    """A measure more."""
    form = MeasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            bringing.add_measure(form.draft(), by=request.actor)
        except MonitoringError as error:
            form.add_error("code", messages.message_for(error))
        else:
            notices.success(request, _("The measure is in the catalogue."))
            return redirect("monitoring:measures")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "monitoring/measure_form.html", {"form": form}, status=status)


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
