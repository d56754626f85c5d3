"""Every view says who may open it; an architecture test refuses silence."""

from collections.abc import Callable, Collection, Sequence
from functools import wraps
from typing import Any, Protocol, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, URLResolver, resolve

from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for

Rule = Callable[[Actor | None], bool]
View = Callable[..., HttpResponseBase]


class ActorRequest(HttpRequest):
    """A request behind a door: signed in, acting for an institution."""

    id: str  # shared by logs and audit records
    actor: Actor
    htmx: Any


class Guarded(Protocol):
    """A view that carries its rule."""

    access_rule: Rule

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the request."""
        ...


def everyone(actor: Actor | None) -> bool:  # noqa: ARG001
    """Public pages."""
    return True


def nobody(actor: Actor | None) -> bool:  # noqa: ARG001
    """Pages of libraries that have no place here."""
    return False


def signed_in(actor: Actor | None) -> bool:
    """Anybody with an account and an institution (or the operator)."""
    return actor is not None


def operators(actor: Actor | None) -> bool:
    """Those who run the platform."""
    return actor is not None and actor.is_operator


def holders_of(*roles: str) -> Rule:
    """Anybody who holds one of the roles at the institution they act for."""

    def rule(actor: Actor | None) -> bool:
        return actor is not None and actor.has_any(*roles)

    rule.__doc__ = f"Holders of: {', '.join(sorted(roles))}."
    return rule


def open_to(rule: Rule) -> Callable[[Callable[..., HttpResponseBase]], Guarded]:
    """Attach an access rule to a view and ask the database in the actor's name while it runs.

    Signed-out people are sent to sign in; others get 403. What lies behind the door out of the
    actor's reach is the queryset's matter (404).
    """

    def mark(view: Callable[..., HttpResponseBase]) -> Guarded:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor: Actor | None = getattr(request, "actor", None)
            if not rule(actor):
                if actor is None and not request.user.is_authenticated:
                    return _to_sign_in(request)
                raise PermissionDenied
            with acting_for(actor.institution_id if actor else 0, user_id=actor.user_id if actor else 0):
                return view(request, *args, **kwargs)

        marked = cast("Guarded", guarded)
        marked.access_rule = rule
        return marked

    return mark


def may_open(actor: Actor, address: str) -> bool:
    """Whether an address of the product opens to this actor; what lies behind it may still be out of reach."""
    return bool(cast("Guarded", resolve(address).func).access_rule(actor))


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = redirect_to_login(request.get_full_path())
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    return response


def mark_open(
    patterns: Sequence[URLPattern | URLResolver], rule: Rule, *, closed: Collection[str] = ()
) -> list[URLPattern | URLResolver]:
    """State the rule of a library's views, which cannot state their own; those named in `closed` open to nobody."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            mark_open(pattern.url_patterns, rule, closed=closed)
        elif pattern.name in closed:
            pattern.callback = open_to(nobody)(pattern.callback)
        elif not hasattr(pattern.callback, "access_rule"):
            pattern.callback = open_to(rule)(pattern.callback)
    return list(patterns)
