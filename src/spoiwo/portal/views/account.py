"""The own account: for whom somebody acts, what they may do, how they sign in."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages as notices
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from spoiwo.institutions import messages as wording
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import SESSION_INSTITUTION
from spoiwo.toolkit.doors import everyone, open_to


@require_GET
@open_to(everyone)
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Also for somebody who works nowhere today: it says so, and the password can still be changed."""
    assert request.user.is_authenticated  # the decorator has seen to it; this tells the type checker
    today = timezone.localdate()
    context = {
        "workplaces": institutions.workplaces_of(request.user, today),
        "authorisations": [
            {
                "one": one,
                "role": wording.role_name(one.role),
                "is_over": one.withdrawn_at is not None
                or (one.valid_to is not None and one.valid_to < today),
            }
            for one in institutions.authorisations_of(request.user)
        ],
        "languages": settings.LANGUAGES,
        "has_second_factor": is_mfa_enabled(request.user),
    }
    return render(request, "portal/account.html", context)


@require_POST
@open_to(everyone)
@login_required
def act_for(request: HttpRequest) -> HttpResponse:
    """Act for another of the institutions the account works at today."""
    assert request.user.is_authenticated
    wanted = request.POST.get("institution", "")
    workplaces = {str(one.pk): one for one in institutions.workplaces_of(request.user, timezone.localdate())}
    if wanted not in workplaces:
        raise Http404
    request.session[SESSION_INSTITUTION] = workplaces[wanted].pk
    notices.success(
        request, _("You act for this institution now: %(name)s.") % {"name": workplaces[wanted].name}
    )
    return redirect("portal:account")
