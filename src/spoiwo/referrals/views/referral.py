"""Sending, reading, stepping, printing a referral."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.audit.types import Action
from spoiwo.catalogue.errors import CatalogueError
from spoiwo.catalogue.queries import eligibility, finding
from spoiwo.catalogue.types import Stage
from spoiwo.clients.queries import own_records
from spoiwo.clients.queries.searching import find_own_clients
from spoiwo.plans.queries import reading as plans
from spoiwo.referrals import messages, policies, tables
from spoiwo.referrals.errors import ReferralError
from spoiwo.referrals.forms.referrals import ClientForm, SendForm
from spoiwo.referrals.models import Referral
from spoiwo.referrals.queries import listing
from spoiwo.referrals.rules.checks import known_answers
from spoiwo.referrals.rules.packets import allowed_fields, categories_in
from spoiwo.referrals.services import links, log, packets, sending, stepping
from spoiwo.referrals.types import Basis, NewReferral, Side
from spoiwo.referrals.views import frame
from spoiwo.toolkit.documents import PDF_TYPE, pdf_of
from spoiwo.toolkit.doors import ActorRequest, open_to

CLIENTS_SHOWN = 20


@require_http_methods(["GET", "POST"])
@open_to(frame.senders)
def new(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Refer a client of the own register to a place; without a client one is looked for first."""
    place = finding.place(uuid)
    if place is None or place.withdrawn_on is not None:
        raise Http404
    client = _uuid(request.GET.get("klient", ""))
    record = own_records.own_record(request.actor, client) if client else None
    version = own_records.own_version(request.actor, record.pk) if record else None
    if record is None or version is None:
        return _choose_client(request, place)
    form = _send_form(request, place, version)
    if form.is_bound and form.is_valid():
        earlier, action = (_uuid(request.GET.get(name, "")) for name in ("poprzednie", "dzialanie"))
        given = NewReferral(place=uuid, client=record.uuid, previous=earlier, action=action, **form.values())
        try:
            made = sending.send_referral(given, at=timezone.now(), by=request.actor)
        except ReferralError as error:
            form.add_error(None, messages.message_for(error))
        else:
            notices.success(request, _("The referral was sent. The receiver was told that something waits."))
            return redirect("referrals:referral", made.uuid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {
        "form": form,
        "place": place,
        "client": version,
        "cancel_url": reverse("catalogue:place", args=[uuid]),
        "crumbs": [
            (_("Places of support"), reverse("catalogue:list")),
            (place.name, reverse("catalogue:place", args=[uuid])),
        ],
    }
    return render(request, "referrals/new.html", context, status=status)


@require_GET
@open_to(frame.workers)
def referral(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """A referral with its packet, its course, and what can be done now."""
    row, side = _found(request, uuid)
    return show(request, row, side, frame.step_forms(row, side, timezone.localdate()))


@require_POST
@open_to(frame.workers)
def step(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take a step."""
    row, side = _found(request, uuid)
    forms = frame.step_forms(row, side, timezone.localdate(), request.POST)
    form = next((one["form"] for one in forms if one["is_sent"]), None)
    if form is None:
        notices.warning(request, _("This step no longer fits where the referral stands. Look at it again."))
        return redirect("referrals:referral", uuid)
    if form.is_valid():
        try:
            stepping.take_step(uuid, form.details(), at=timezone.now(), by=request.actor)
        except (ReferralError, CatalogueError) as error:
            form.add_error(None, messages.words_for(error))
        else:
            notices.success(request, _("Written down. The other side sees it now."))
            return redirect("referrals:referral", uuid)
    return show(request, row, side, forms, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_GET
@open_to(frame.workers)
def paper(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The referral to print, as PDF."""
    row, _side = _found(request, uuid)
    packet = packets.opened(row)
    document = tables.paper(row, packet)
    answer = frame.sent(f"skierowanie-{row.number.replace('/', '-')}.pdf", PDF_TYPE, pdf_of(document))
    log.record_read(
        row,
        by=request.actor,
        categories=categories_in(packet),
        shown=document.fingerprint(),
        request_id=request.id,
        action=Action.EXPORT,
    )
    return answer


@require_POST
@open_to(frame.senders)
def link(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Send the receiver a link; its code is shown once, to be told by telephone."""
    row, side = _found(request, uuid)
    if side is not Side.SENDER:
        raise Http404
    if request.POST.get("take_back"):
        links.revoke_links(uuid, at=timezone.now(), by=request.actor)
        notices.success(request, _("The link no longer works."))
        return redirect("referrals:referral", uuid)
    try:
        _path, code = links.make_link(uuid, at=timezone.now(), by=request.actor)
    except ReferralError as error:
        notices.warning(request, messages.message_for(error))
        return redirect("referrals:referral", uuid)
    return render(request, "referrals/link_made.html", {"referral": row, "code": f"{code[:4]} {code[4:]}"})


@require_GET
@open_to(frame.senders)
def of_client(request: ActorRequest, client: UUID) -> HttpResponse:
    """Referrals of an own client, as a part of the client's page or a page of its own."""
    record = own_records.own_record(request.actor, client)
    if record is None:
        raise Http404
    today = timezone.localdate()
    rows = listing.of_client(request.actor, client)
    context = {"lines": frame.lines(rows, Side.SENDER, today), "client": client}
    template = "referrals/_of_client.html" if request.htmx else "referrals/of_client.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    log.record_list(rows, by=request.actor, request_id=request.id)
    return response


@require_GET
@open_to(frame.senders)
def of_plan(request: ActorRequest, plan: UUID) -> HttpResponse:
    """Referrals for actions of a plan, as a part of the plan's page or a page of its own."""
    opened = plans.open_plan(request.actor, plan, day=timezone.localdate())
    if opened is None:
        raise Http404
    rows = listing.of_plan(request.actor, plan)
    lines = frame.lines(rows, Side.SENDER, timezone.localdate())
    context = {"lines": lines, "plan": opened.plan, "in_plan": True}
    template = "referrals/_of_client.html" if request.htmx else "referrals/of_plan.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    log.record_list(rows, by=request.actor, request_id=request.id)
    return response


def show(
    request: ActorRequest, row: Referral, side: Side, forms: list[Any], *, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """The page of a referral; both parties' chains know that it was shown before it is."""
    today = timezone.localdate()
    context = frame.context_of(row, side, today, forms)
    context["may_resend"] = side is Side.SENDER and row.outcome != "" and row.record is not None
    context["may_link"] = side is Side.SENDER and row.acknowledged_at is None
    context["action"] = listing.action_of(request.actor, row)
    context["crumbs"] = [(_("Referrals"), reverse("referrals:list")), (row.number, "")]
    context["form"] = next((one["form"] for one in forms if one["is_sent"]), None)
    response = render(request, "referrals/referral.html", context, status=status)
    log.record_read(
        row,
        by=request.actor,
        categories=categories_in(context["packet"]),
        shown=str(sorted(context["packet"].items())),
        request_id=request.id,
    )
    return response


def _found(request: ActorRequest, uuid: UUID) -> tuple[Referral, Side]:
    row = listing.referral(request.actor, uuid)
    side = (
        policies.side_of(request.actor, sender_id=row.sender_id, receiver_id=row.receiver_id) if row else None
    )
    if row is None or side is None:
        raise Http404
    return row, side


def _choose_client(request: ActorRequest, place: Any) -> HttpResponse:
    form = ClientForm(request.GET)
    text = request.GET.get("q", "")
    found = find_own_clients(request.actor, text, limit=CLIENTS_SHOWN) if text else []
    context = {
        "filters": form,
        "found": found,
        "text": text,
        "place": place,
        "previous": request.GET.get("poprzednie", ""),
        "crumbs": [
            (_("Places of support"), reverse("catalogue:list")),
            (place.name, reverse("catalogue:place", args=[place.uuid])),
        ],
    }
    return render(request, "referrals/client.html", context)


def _send_form(request: ActorRequest, place: Any, version: Any) -> SendForm:
    today = timezone.localdate()
    ground = sending.ground_between(request.actor.institution_id, place.institution_id, today)
    points = eligibility.check_points(place.kind, today, stage=Stage.SENDING)
    return SendForm(
        request.POST or None,
        points=points,
        known=known_answers(points, version.status),
        available=packets.from_register(version),
        allowed=allowed_fields(ground, Basis.AGREEMENT),
        agreement=ground.agreement if ground else "",
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
