"""In which language the pages speak."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from spoiwo.institutions import services as institutions
from spoiwo.toolkit.doors import everyone, open_to

A_YEAR = 365 * 24 * 60 * 60


@require_POST
@open_to(everyone)
def choose(request: HttpRequest) -> HttpResponse:
    """Speak the chosen language from now on, in this browser and for the account; then back to the page."""
    response = redirect(_where_to(request))
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=A_YEAR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        if request.user.is_authenticated:
            institutions.choose_language(user_id=request.user.pk, language=language)
    return response


def _where_to(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    here = {request.get_host()}
    if wanted and url_has_allowed_host_and_scheme(wanted, here, require_https=request.is_secure()):
        return wanted
    return "/"
