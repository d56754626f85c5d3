"""The page behind the one-time link of an invitation."""

from http import HTTPStatus

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from spoiwo.institutions import services
from spoiwo.institutions.errors import InvitationSpent
from spoiwo.institutions.forms import FirstPasswordForm
from spoiwo.toolkit.doors import everyone, open_to


@require_http_methods(["GET", "POST"])
@open_to(everyone)
@sensitive_post_parameters()
@never_cache
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Set the first password; afterwards the link no longer works."""
    try:
        user = services.invited_by(token)
        form = FirstPasswordForm(user, request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            services.accept_invitation(token=token, password=form.cleaned_data["new_password1"])
            notices.success(request, _("Your password is set. Sign in with it."))
            return redirect("account_login")
    except InvitationSpent:
        return render(request, "institutions/invitation_spent.html", status=HTTPStatus.GONE)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "institutions/accept.html", {"form": form, "user_invited": user}, status=status)
