"""Who still may what: confirmed once a quarter, with a certificate."""

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.institutions import queries as institutions
from spoiwo.oversight import rules, services, tables
from spoiwo.oversight.policies import overseers
from spoiwo.oversight.queries import reviewing, watching
from spoiwo.toolkit.documents import PDF_TYPE, pdf_of
from spoiwo.toolkit.doors import ActorRequest, open_to

MOST_SHOWN = 12


@require_http_methods(["GET", "POST"])
@open_to(overseers)
def review(request: ActorRequest) -> HttpResponse:
    """Every authorisation in force, ticked when it should stay; one button makes the certificate."""
    today = timezone.localdate()
    if request.method == "POST":
        keep = [int(pk) for pk in request.POST.getlist("keep") if pk.isdigit()]
        made = services.confirm_access(keep=keep, now=timezone.now(), by=request.actor)
        leaving = sum(not row["stays"] for row in made.rows)
        if leaving:
            notices.warning(request, tables.to_withdraw(leaving))
        else:
            notices.success(request, _("Confirmed. The certificate is ready to print."))
        return redirect("oversight:review")
    context = {
        "rows": tables.review_rows(reviewing.authorisations_in_force(request.actor, today)),
        "quarter": rules.quarter_of(today),
        "done": watching.reviews_of(request.actor)[:MOST_SHOWN],
    }
    return render(request, "oversight/review.html", context)


@require_GET
@open_to(overseers)
def certificate(request: ActorRequest, review_id: int) -> HttpResponse:
    """The certificate on paper (PDF/UA)."""
    made = watching.reviews_of(request.actor).filter(pk=review_id).first()
    own = institutions.institution_of(request.actor)
    if made is None or own is None:
        raise Http404
    content = pdf_of(
        tables.certificate(
            made,
            institution=own.name,
            confirmed_by=institutions.full_name(made.confirmed_by_user_id),
        )
    )
    response = HttpResponse(content, content_type=PDF_TYPE)
    response["Content-Disposition"] = f'inline; filename="{_("access-review")}-{made.quarter}.pdf"'
    response["Cache-Control"] = "private, no-store"
    services.record_reading(
        count=len(made.rows),
        shown=content,
        request_id=request.id,
        exported=True,
        by=request.actor,
        what=f"access_review:{made.pk}",
    )
    return response
