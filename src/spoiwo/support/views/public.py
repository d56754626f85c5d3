"""Pages of events for everybody: what is coming, registering, checking a certificate."""

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.support import messages
from spoiwo.support.errors import SupportError
from spoiwo.support.forms.events import ApplicationForm
from spoiwo.support.queries import happenings
from spoiwo.support.rules import events as rules
from spoiwo.support.services import registering
from spoiwo.support.types import EventState
from spoiwo.support.views import frame
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.doors import ActorRequest, everyone, open_to


@require_GET
@open_to(everyone)
def coming(request: ActorRequest) -> HttpResponse:
    """Events that people can register for."""
    rows = happenings.coming_events(timezone.localdate())[:200]
    context = {"events": [{"row": one, "kind": messages.EVENT_NAMES[one.kind]} for one in rows]}
    return render(request, "support/coming.html", context)


@require_http_methods(["GET", "POST"])
@open_to(everyone)
def apply(request: ActorRequest, code: str) -> HttpResponse:
    """Register for an event."""
    row = happenings.public_event(code)
    if row is None:
        raise Http404
    today = timezone.localdate()
    with acting_for(row.institution_id):
        left = rules.places_left(capacity=row.capacity, held=registering.places_held(row))
        form = ApplicationForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                registering.apply(row, form.applicant(), today=today)
            except SupportError as error:
                frame.refuse(form, error)
            else:
                notices.success(request, _("Thank you. The organiser will answer by e-mail or telephone."))
                return redirect("support:apply", code)
    context = {
        "event": row,
        "kind": messages.EVENT_NAMES[row.kind],
        "sessions": row.sessions.order_by("day", "starts_at", "pk"),
        "materials": row.materials.order_by("pk"),
        "form": form,
        "left": left,
        "is_open": rules.is_open(
            announced=row.state == EventState.ANNOUNCED,
            today=today,
            starts_on=row.starts_on,
            until=row.registration_until,
        ),
    }
    return render(request, "support/apply.html", context, status=422 if form.errors else 200)


@require_GET
@open_to(everyone)
def verify(request: ActorRequest, institution_id: int, code: str) -> HttpResponse:
    """Whether a certificate was issued: what it says, the name by its initials."""
    with acting_for(institution_id):
        issued = happenings.certificate(institution_id, code)
        event = issued.registration.event if issued else None
    if issued is None or event is None:
        raise Http404
    initials = " ".join(f"{word[0]}." for word in issued.full_name.split())
    context = {"certificate": issued, "event": event, "initials": initials}
    return render(request, "support/verify.html", context)
