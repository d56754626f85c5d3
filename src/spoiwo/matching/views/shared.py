"""How many clients two institutions share, for their directors, before they sign."""

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spoiwo.matching.errors import NoSuchAgreement
from spoiwo.matching.queries import shared
from spoiwo.matching.queries.shared import Stage
from spoiwo.matching.rules.counting import FEWEST
from spoiwo.matching.services import counting
from spoiwo.toolkit.doors import ActorRequest, holders_of, open_to


@require_http_methods(["GET", "POST"])
@open_to(holders_of("director"))
def shared_counts(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Figures only: nothing of anybody may be seen before the agreement stands. Asking is a deed of its own."""
    if request.method == "POST":
        try:
            counting.ask(agreement_id=agreement_id, by=request.actor)
        except NoSuchAgreement as error:
            raise Http404 from error
        notices.success(
            request, _("Recorded. The registers are counted once the other side has asked as well.")
        )
        return redirect("access:agreement", agreement_id)
    found = shared.shared_counts(request.actor, agreement_id)
    if found is None:
        raise Http404
    context = {
        "agreement_id": agreement_id,
        "counts": found,
        "fewest": FEWEST,
        "may_ask": any(one.stage is Stage.NOT_ASKED for one in found),
    }
    template = "matching/_shared_counts.html" if request.htmx else "matching/shared_counts.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response
