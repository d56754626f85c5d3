"""What happens around every request: id, language, actor, second factor, closing when the log is down."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation

from spoiwo.audit.errors import AuditUnavailable, ChangesRefused
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import SESSION_INSTITUTION, SESSION_USED_AT
from spoiwo.kernel.ids import new_uuid
from spoiwo.portal import modules
from spoiwo.toolkit.doors import everyone

Answer = Callable[[HttpRequest], HttpResponseBase]
OPERATOR = "operator"  # stands beside role codes in the setting
PROLONGED_TIMES = 20  # in the time after which a session ends
ALWAYS_REACHABLE = ("/konto/", "/static/", "/healthz", "/readyz", "/jezyk/")


def request_id(answer: Answer) -> Answer:
    """Give each request an id that logs and audit records share."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.id = str(new_uuid())  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.id)  # type: ignore[attr-defined]
        response = answer(request)
        response["X-Request-ID"] = request.id  # type: ignore[attr-defined]
        return response

    return middleware


def language_of_account(answer: Answer) -> Answer:
    """Speak the language of the account; before sign-in that of the cookie or the browser."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        if not chosen and request.user.is_authenticated:
            language = request.user.language
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = answer(request)
            response.headers.setdefault("Content-Language", language)
            return response

    return middleware


def actor_of_request(answer: Answer) -> Answer:
    """Reduce who is asking to an Actor, None when signed out or without any institution and task."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        actor = None
        if request.user.is_authenticated:
            _prolong(request.session)
            chosen = request.session.get(SESSION_INSTITUTION)
            actor = institutions.actor_for(request.user, institution_id=chosen, day=timezone.localdate())
        request.actor = actor  # type: ignore[attr-defined]
        return answer(request)

    return middleware


def _prolong(session: SessionBase) -> None:
    """Count the idle time from the last request, at the cost of a write now and then instead of one per page."""
    now = timezone.now().timestamp()
    if now - session.get(SESSION_USED_AT, now) > settings.SESSION_COOKIE_AGE / PROLONGED_TIMES:
        session[SESSION_USED_AT] = now


def second_factor_where_required(answer: Answer) -> Answer:
    """Send holders of roles that need a second factor to set one up before anything else."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        required: frozenset[str] = settings.SPOIWO_SECOND_FACTOR_ROLES
        actor = getattr(request, "actor", None)
        if (
            required
            and actor is not None
            and (actor.has_any(*required) or (actor.is_operator and OPERATOR in required))
            and not request.path.startswith(ALWAYS_REACHABLE)
            and not is_mfa_enabled(request.user)
        ):
            return redirect("mfa_index")
        return answer(request)

    return middleware


class ClosedWhenSwitchedOff:
    """Answer 404 where the actor's institution has switched the module off; what is public stays public."""

    def __init__(self, answer: Answer):
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self._answer(request)

    def process_view(self, request: HttpRequest, view: Any, *_args: object) -> None:
        """Refuse before the view is asked. Raises Http404."""
        match = request.resolver_match
        if match is None or getattr(view, "access_rule", everyone) is everyone:
            return
        if modules.is_switched_off(getattr(request, "actor", None), match.view_name):
            raise Http404


class ClosedWhenLogIsDown:
    """Answer 503 when the audit log could not be written, or is not sealed: nothing is done that is not on record."""

    def __init__(self, answer: Answer):
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only the log's own refusal is handled here."""
        if isinstance(error, AuditUnavailable):
            template = "503_reading_only.html" if isinstance(error, ChangesRefused) else "503.html"
            return render(request, template, status=HTTPStatus.SERVICE_UNAVAILABLE)
        return None
