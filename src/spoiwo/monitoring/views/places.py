"""Boundaries of places, for those who run the platform."""

from http import HTTPStatus

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from spoiwo.monitoring import messages
from spoiwo.monitoring.errors import BoundariesUnreadable
from spoiwo.monitoring.forms.places import BoundariesForm
from spoiwo.monitoring.queries.pictures import known_boundaries
from spoiwo.monitoring.services.places import take_boundaries
from spoiwo.toolkit.doors import ActorRequest, open_to, operators


@require_http_methods(["GET", "POST"])
@open_to(operators)
def boundaries(request: ActorRequest) -> HttpResponse:
    """Take in a file of boundaries."""
    form = BoundariesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = take_boundaries(form.cleaned_data["file"].read())
        except BoundariesUnreadable as error:
            form.add_error("file", messages.message_for(error))
        else:
            told = ngettext("%(n)s place has boundaries now.", "%(n)s places have boundaries now.", count)
            notices.success(request, told % {"n": count})
            return redirect("monitoring:boundaries")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"form": form, "known": known_boundaries()}
    return render(request, "monitoring/boundaries.html", context, status=status)
