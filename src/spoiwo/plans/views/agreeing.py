"""Sending a version to be signed, and signing it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.plans import messages
from spoiwo.plans.errors import NoSuchThing, PlanError
from spoiwo.plans.forms.plans import PaperSignatureForm, SignForm
from spoiwo.plans.services import agreeing, starting
from spoiwo.plans.tables import wording
from spoiwo.plans.types import VersionState
from spoiwo.plans.views import frame
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_POST
@open_to(frame.workers)
def propose(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Send the draft to be signed."""
    frame.draft_or_404(request, uuid)
    return _done(
        request,
        lambda: agreeing.propose(uuid, at=timezone.now(), by=request.actor),
        _("Every party can sign now. Print the plan for the person to sign on paper."),
        "plans:draft",
        uuid,
    )


@require_POST
@open_to(frame.workers)
def take_back(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Make it a draft again."""
    frame.draft_or_404(request, uuid)
    return _done(
        request,
        lambda: agreeing.take_back(uuid, at=timezone.now(), by=request.actor),
        _("The plan is a draft again. What was signed so far does not count any more."),
        "plans:draft",
        uuid,
    )


@require_POST
@open_to(frame.workers)
def begin_change(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Begin a new version; the one in force stays until everybody has signed."""
    frame.opened_or_404(request, uuid)
    return _done(
        request,
        lambda: starting.begin_change(uuid, at=timezone.now(), by=request.actor),
        _("Change what is needed. The version in force stays until everybody has signed the new one."),
        "plans:draft",
        uuid,
    )


@require_POST
@open_to(frame.workers)
def drop_change(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Give a change up."""
    frame.draft_or_404(request, uuid)
    return _done(
        request,
        lambda: starting.drop_change(uuid, at=timezone.now(), by=request.actor),
        _("The change is given up."),
        "plans:plan",
        uuid,
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def sign(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Sign for the own institution, with the password once more."""
    opened, version, _content = frame.draft_or_404(request, uuid)
    if version.state != VersionState.NEGOTIATION:
        raise Http404
    form = SignForm(request.POST or None, initial={"fingerprint": version.fingerprint})
    if request.method == "POST" and form.is_valid():
        if not _is_them(request, form.cleaned_data["password"]):
            form.add_error("password", _("This is not your password."))
        else:
            try:
                agreeing.sign(
                    uuid,
                    fingerprint=form.cleaned_data["fingerprint"],
                    at=timezone.now(),
                    day=timezone.localdate(),
                    by=request.actor,
                )
            except PlanError as error:
                frame.refuse(form, error)
            else:
                notices.success(request, _("You have signed."))
                return redirect("plans:plan", uuid)
    return frame.show_form(
        request,
        opened,
        form,
        title=_("Sign the plan"),
        lede=_("You sign version %(number)s with the code %(code)s.")
        % {"number": version.number, "code": wording.short_code(version.fingerprint)},
        action_label=_("Sign"),
        back=reverse("plans:draft", args=[uuid]),
    )


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def paper(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write down that the person signed the print."""
    opened, version, _content = frame.draft_or_404(request, uuid)
    if version.state != VersionState.NEGOTIATION:
        raise Http404
    initial = {
        "signed_on": timezone.localdate(),
        "fingerprint": wording.short_code(version.fingerprint),
    }
    form = PaperSignatureForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        typed = given["fingerprint"]
        whole = version.fingerprint if version.fingerprint.startswith(typed) else typed
        try:
            agreeing.sign_on_paper(
                uuid,
                fingerprint=whole,
                signed_on=given["signed_on"],
                scan=given["scan"].read(),
                at=timezone.now(),
                day=timezone.localdate(),
                by=request.actor,
            )
        except PlanError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The person's signature is written down."))
            return redirect("plans:plan", uuid)
    return frame.show_form(
        request,
        opened,
        form,
        title=_("The person signs on paper"),
        lede=_("Compare the code at the foot of the signed print: it must be that of this version."),
        action_label=_("Save"),
        back=reverse("plans:draft", args=[uuid]),
    )


@require_GET
@open_to(frame.workers)
def scan(request: ActorRequest, uuid: UUID, number: int) -> HttpResponse:
    """The signed paper of a version."""
    opened = frame.opened_or_404(request, uuid)
    try:
        content, kind = agreeing.scan_of(uuid, number=number, by=request.actor)
    except NoSuchThing as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="podpis.{kind.rsplit("/", maxsplit=1)[-1]}"'
    response["Cache-Control"] = "private, no-store"
    frame.record(request, opened)
    return response


def _is_them(request: ActorRequest, password: str) -> bool:
    """Whether the account's owner sits there; trying passwords is slowed down as at signing in."""
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        return False
    return request.user.check_password(password)


def _done(
    request: ActorRequest, act: Callable[[], Any], words: str, address: str, uuid: UUID
) -> HttpResponse:
    try:
        act()
    except PlanError as error:
        notices.warning(request, messages.message_for(error))
        address = "plans:plan"
    else:
        notices.success(request, words)
    return redirect(address, uuid)
