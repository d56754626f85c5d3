"""A receiver without an account: a link, a fresh code, one referral and nothing else."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from spoiwo.catalogue.errors import CatalogueError
from spoiwo.kernel.actor import Actor
from spoiwo.referrals import messages
from spoiwo.referrals.errors import LinkSpent, ReferralError, WrongCode
from spoiwo.referrals.forms.referrals import CodeForm
from spoiwo.referrals.models import Referral
from spoiwo.referrals.queries import listing
from spoiwo.referrals.rules.packets import categories_in
from spoiwo.referrals.rules.roles import linked_referral
from spoiwo.referrals.services import links, log, stepping
from spoiwo.referrals.types import Side
from spoiwo.referrals.views import frame
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.doors import everyone, open_to

SESSION = "referral_link"
View = Callable[..., HttpResponse]


def _kindly(view: View) -> View:
    """Say it kindly when the link leads nowhere; keep nothing in caches."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str) -> HttpResponse:
        try:
            response = view(request, token)
        except LinkSpent:
            response = render(request, "referrals/link_gone.html", status=HTTPStatus.NOT_FOUND)
        add_never_cache_headers(response)
        return response

    return guarded


@require_http_methods(["GET", "POST"])
@open_to(everyone)
@_kindly
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a code, then show the referral for an hour."""
    actor = _entered(request, token)
    if actor is not None:
        return _shown(request, token, actor)
    if request.method == "POST" and request.POST.get("send_code"):
        links.send_code(token, at=timezone.now())
        notices.success(request, _("The code is on its way to the address of the receiver in the directory."))
        return redirect("referrals:link", token)
    links.usable(token, at=timezone.now())
    form = CodeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            links.enter_code(token, form.cleaned_data["code"], at=timezone.now())
        except WrongCode as error:
            form.add_error("code", messages.message_for(error))
        else:
            request.session.cycle_key()
            until = timezone.now().timestamp() + links.SESSION_MINUTES * 60
            request.session[SESSION] = {"token": token, "until": until}
            return redirect("referrals:link", token)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "referrals/link_code.html", {"form": form}, status=status)


@require_POST
@open_to(everyone)
@_kindly
def step(request: HttpRequest, token: str) -> HttpResponse:
    """Take a step as the receiver."""
    actor = _entered(request, token)
    if actor is None:
        links.usable(token, at=timezone.now())
        return redirect("referrals:link", token)
    with acting_for(actor.institution_id):
        row = _row(actor)
        forms = frame.step_forms(row, Side.RECEIVER, timezone.localdate(), request.POST)
        form = next((one["form"] for one in forms if one["is_sent"]), None)
        if form is not None and form.is_valid():
            try:
                stepping.take_step(row.uuid, form.details(), at=timezone.now(), by=actor)
            except (ReferralError, CatalogueError) as error:
                form.add_error(None, messages.words_for(error))
            else:
                notices.success(request, _("Written down. The other side sees it now."))
                return redirect("referrals:link", token)
    return _shown(request, token, actor, forms=forms)


def _entered(request: HttpRequest, token: str) -> Actor | None:
    """Who acts, when a code was entered for this link within the hour."""
    held: Any = request.session.get(SESSION)
    if not held or held["token"] != token or held["until"] < timezone.now().timestamp():
        return None
    return links.actor_of(token, at=timezone.now())


def _row(actor: Actor) -> Referral:
    row = listing.referral(actor, linked_referral(actor))  # type: ignore[arg-type]
    if row is None:
        raise LinkSpent
    return row


def _shown(request: HttpRequest, token: str, actor: Actor, *, forms: list[Any] | None = None) -> HttpResponse:
    with acting_for(actor.institution_id):
        row, today = _row(actor), timezone.localdate()
        shown = frame.step_forms(row, Side.RECEIVER, today) if forms is None else forms
        context = frame.context_of(row, Side.RECEIVER, today, shown)
        context["token"] = token
        context["form"] = next((one["form"] for one in shown if one["is_sent"]), None)
        status = HTTPStatus.OK if forms is None else HTTPStatus.UNPROCESSABLE_ENTITY
        response = render(request, "referrals/link.html", context, status=status)
        log.record_read(
            row,
            by=actor,
            categories=categories_in(context["packet"]),
            shown=str(sorted(context["packet"].items())),
        )
    return response
