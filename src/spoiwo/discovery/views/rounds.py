"""Rounds: the list, one of them, and what a registrar does with it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.discovery import messages, policies, queries
from spoiwo.discovery.errors import DiscoveryError, NoSuchRound, UnknownLinks
from spoiwo.discovery.forms import BeginForm, ParcelForm, TokensForm
from spoiwo.discovery.models import Round
from spoiwo.discovery.rules import envelopes
from spoiwo.discovery.services import rounds
from spoiwo.toolkit.doors import ActorRequest, open_to

PER_PAGE = 25


@require_http_methods(["GET", "POST"])
@open_to(policies.may_see_rounds)
def round_list(request: ActorRequest) -> HttpResponse:
    """All rounds of the institution; a registrar begins one here."""
    offers = queries.offers(request.actor, timezone.localdate()) if policies.may_send(request.actor) else []
    form = BeginForm(request.POST or None, offers=offers)
    if request.method == "POST":
        if not policies.may_send(request.actor):
            raise Http404
        if form.is_valid():
            chosen = form.chosen
            try:
                begun = rounds.begin_round(
                    agreement_id=chosen.agreement_id, partner_id=chosen.partner_id, by=request.actor
                )
            except DiscoveryError as error:
                form.add_error("offer", messages.message_for(error))
            else:
                return redirect("discovery:round", begun.uuid)
    page = Paginator(queries.rounds_of(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"round": one, "partner": queries.partner_of(one, request.actor)} for one in page],
        "form": form,
        "has_offers": bool(offers),
    }
    return render(request, "discovery/list.html", context, status=_status(form))


@require_GET
@open_to(policies.may_see_rounds)
def round_page(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Where one round stands."""
    return _page(request, _found(request, uuid))


@require_POST
@open_to(policies.may_send)
def send(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Hand in the tokens of the own office."""
    found = _found(request, uuid)
    form = TokensForm(request.POST, request.FILES)
    sent = _done(
        form,
        lambda content: rounds.send_tokens(round_uuid=uuid, content=content, by=request.actor),
    )
    if sent is None:
        return _page(request, found, tokens_form=form)
    notices.success(request, _("The file of tokens has arrived."))
    return redirect("discovery:round", uuid)


@require_GET
@open_to(policies.may_send)
def reply(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The own rows that are in common, for the connector."""

    def made() -> bytes:
        return envelopes.write_reply(rounds.reply_for(round_uuid=uuid, by=request.actor))

    return _file(request, uuid, "reply.json", made)


@require_POST
@open_to(policies.may_send)
def give(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Hand in sealed fields of people in common."""
    found = _found(request, uuid)
    form = ParcelForm(request.POST, request.FILES)
    given = _done(
        form,
        lambda content: rounds.give_fields(
            round_uuid=uuid, parcel=envelopes.read_parcel(content), by=request.actor
        ),
    )
    if given is None:
        return _page(request, found, parcel_form=form)
    text = ngettext(
        "Sealed data of %(n)s person have arrived.", "Sealed data of %(n)s people have arrived.", given
    )
    notices.success(request, text % {"n": given})
    return redirect("discovery:round", uuid)


@require_GET
@open_to(policies.may_send)
def received(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Sealed fields of the other office, for the own connector."""

    def made() -> bytes:
        return envelopes.write_parcel(rounds.fields_for(round_uuid=uuid, by=request.actor))

    return _file(request, uuid, "received.json", made)


@require_POST
@open_to(policies.may_send)
def withdraw(request: ActorRequest, uuid: UUID, link: UUID) -> HttpResponse:
    """Take one person out."""
    try:
        rounds.withdraw_person(round_uuid=uuid, link=link, by=request.actor)
    except (NoSuchRound, UnknownLinks):
        raise Http404 from None
    notices.success(
        request, _("The person is no longer in this comparison, and data given of the person are deleted.")
    )
    return redirect("discovery:round", uuid)


@require_http_methods(["GET", "POST"])
@open_to(policies.may_send)
def end(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Ask, then delete all that a round holds."""
    found = _found(request, uuid)
    if request.method == "GET":
        return render(request, "discovery/end.html", {"round": found})
    rounds.end_round(round_uuid=uuid, by=request.actor)
    notices.success(request, _("The comparison is over. Everything it held is deleted."))
    return redirect("discovery:list")


def _found(request: ActorRequest, uuid: UUID) -> Round:
    try:
        return queries.round_of(request.actor, uuid)
    except NoSuchRound:
        raise Http404 from None


def _done(form: TokensForm | ParcelForm, service: Callable[[bytes], Any]) -> Any:
    """What the service did with the file; None when it was refused, with the reason in the form."""
    if not form.is_valid():
        return None
    try:
        return service(form.cleaned_data["file"].read())
    except DiscoveryError as error:
        form.add_error("file", messages.message_for(error))
        return None


def _file(request: ActorRequest, uuid: UUID, name: str, content: Callable[[], bytes]) -> HttpResponse:
    found = _found(request, uuid)
    try:
        made = content()
    except DiscoveryError as error:
        notices.error(request, messages.message_for(error))
        return redirect("discovery:round", found.uuid)
    response = HttpResponse(made, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _page(
    request: ActorRequest,
    found: Round,
    *,
    tokens_form: TokensForm | None = None,
    parcel_form: ParcelForm | None = None,
) -> HttpResponse:
    people = Paginator(queries.held_people(found), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "view": queries.standing(found, request.actor),
        "round": found,
        "page": people,
        "may_send": policies.may_send(request.actor),
        "tokens_form": tokens_form or TokensForm(),
        "parcel_form": parcel_form or ParcelForm(),
    }
    refused = tokens_form or parcel_form
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "discovery/round.html", context, status=status)


def _status(form: BeginForm) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
