"""How long data are kept, what is due, what holds it back, what was erased."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from spoiwo.clients.errors import ClientsError, NoSuchRecord, NoSuchRule
from spoiwo.clients.messages import message_for
from spoiwo.clients.queries import retention as queries
from spoiwo.clients.queries.retention import Rule
from spoiwo.clients.services import erasing, retaining
from spoiwo.oversight import tables
from spoiwo.oversight.forms import CarryOutForm, EraseForm, HoldForm, RuleForm
from spoiwo.oversight.policies import overseers
from spoiwo.oversight.queries.names import own_client
from spoiwo.toolkit.doors import ActorRequest, open_to

PAGE_SIZE = 50


@require_http_methods(["GET", "POST"])
@open_to(overseers)
def retention(request: ActorRequest) -> HttpResponse:
    """Rules with a form for another one, standing holds, the newest erasures."""
    form = RuleForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            retaining.add_rule(by=request.actor, **form.rule())
        except ClientsError as error:
            form.add_error(None, message_for(error))
        else:
            notices.success(request, _("The rule is written down. Nothing is erased before you say so."))
            return redirect("oversight:retention")
    page = Paginator(queries.erasures_of(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "rules": [(rule, tables.rule_in_words(rule)) for rule in queries.rules_of(request.actor)],
        "holds": queries.holds_of(request.actor),
        "page": page,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "oversight/retention.html", context, status=status)


@require_http_methods(["GET", "POST"])
@open_to(overseers)
def rule(request: ActorRequest, rule_id: int) -> HttpResponse:
    """What a rule would erase today; it is carried out when the number is typed."""
    found = _rule(request, rule_id)
    form = CarryOutForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            gone = retaining.carry_out(rule_id=rule_id, expected=form.cleaned_data["count"], by=request.actor)
        except NoSuchRule:
            raise Http404 from None
        except ClientsError as error:
            form.add_error(None, message_for(error))
        else:
            words = ngettext("%(n)d row was erased for good.", "%(n)d rows were erased for good.", gone)
            notices.success(request, words % {"n": gone})
            return redirect("oversight:retention")
    context = {
        "rule": found,
        "words": tables.rule_in_words(found),
        "preview": queries.preview(request.actor, found, timezone.localdate()),
        "form": form,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "oversight/rule.html", context, status=status)


@require_POST
@open_to(overseers)
def remove_rule(request: ActorRequest, rule_id: int) -> HttpResponse:
    """Take a rule away."""
    try:
        retaining.remove_rule(rule_id=rule_id, by=request.actor)
    except NoSuchRule:
        raise Http404 from None
    notices.success(request, _("The rule is removed."))
    return redirect("oversight:retention")


@require_http_methods(["GET", "POST"])
@open_to(overseers)
def hold(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Keep a person's data from being erased."""
    client = own_client(request.actor, uuid)
    if client is None:
        raise Http404
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            retaining.hold(record_uuid=uuid, case_ref=form.cleaned_data["case_ref"], by=request.actor)
        except NoSuchRecord:
            raise Http404 from None
        except ClientsError as error:
            form.add_error(None, message_for(error))
        else:
            notices.success(request, _("No rule erases this person until you release the hold."))
            return redirect("oversight:retention")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(
        request, "oversight/hold.html", {"form": form, "client": client, "uuid": uuid}, status=status
    )


@require_POST
@open_to(overseers)
def release(request: ActorRequest, hold_id: int) -> HttpResponse:
    """Let the rules apply again."""
    try:
        retaining.release(hold_id=hold_id, by=request.actor)
    except NoSuchRecord:
        raise Http404 from None
    notices.success(request, _("The hold is released."))
    return redirect("oversight:retention")


@require_http_methods(["GET", "POST"])
@open_to(overseers)
def erase(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Erase one person."""
    client = own_client(request.actor, uuid)
    if client is None:
        raise Http404
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            erasing.erase_client(record_uuid=uuid, basis=form.cleaned_data["basis"], by=request.actor)
        except NoSuchRecord:
            raise Http404 from None
        except ClientsError as error:
            form.add_error(None, message_for(error))
        else:
            notices.success(request, _("The person's data are erased for good."))
            return redirect("oversight:retention")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(
        request, "oversight/erase.html", {"form": form, "client": client, "uuid": uuid}, status=status
    )


def _rule(request: ActorRequest, rule_id: int) -> Rule:
    found = queries.rules_of(request.actor).filter(pk=rule_id).first()
    if found is None:
        raise Http404
    return found
