"""Messages between institutions: the inbox, one talk, a file of it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies, queries
from spoiwo.partnership.forms.sharing import TalkForm, WritingForm
from spoiwo.partnership.models import Talk
from spoiwo.partnership.queries import talks as inbox
from spoiwo.partnership.services import talks as writing
from spoiwo.partnership.views.acting import Page, bound, do, do_with_form, found_or_404, kept_file_answer
from spoiwo.toolkit.doors import ActorRequest, open_to

PER_PAGE = 25


@require_GET
@open_to(policies.works_somewhere)
def talks(request: ActorRequest) -> HttpResponse:
    """The inbox of the institution."""
    text, only_open = request.GET.get("szukaj", "").strip(), request.GET.get("stan") == "otwarte"
    rows = inbox.talks_of(request.actor, text=text, only_open=only_open)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "text": text,
        "only_open": only_open,
        "own_id": request.actor.institution_id,
        "agreements": queries.agreements_of(request.actor),
    }
    return render(request, "partnership/talks.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def new(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Begin a talk with signatories, or with a body."""
    agreement = found_or_404(queries.agreement(request.actor, agreement_id))
    bodies = [
        (one.pk, one.name)
        for one in queries.bodies_of(request.actor)
        if one.agreement_id == agreement.pk and policies.is_member(request.actor, one)
    ]
    others = {one.pk: one.name for one in queries.signatories_on(agreement, timezone.localdate())}
    others.setdefault(agreement.secretariat_id, agreement.secretariat.name)
    others.pop(request.actor.institution_id, None)
    form = bound(
        request,
        TalkForm,
        institutions=list(others.items()),
        bodies=bodies,
        **({} if request.method == "POST" else {"initial": {"body": request.GET.get("cialo")}}),
    )
    page = Page(
        title=_("New message"),
        button=_("Send"),
        back=reverse("partnership:talks"),
        lede=_("Everybody who works at the institutions named reads it. It is no place for clients' data."),
    )

    return do_with_form(request, form, page, lambda sent: _address(_begun(sent, agreement.pk, request.actor)))


def _begun(sent: TalkForm, agreement_id: int, by: Actor) -> Talk:
    entered, words, now = sent.cleaned_data, sent.written(), timezone.now()
    if entered["body"]:
        return writing.open_talk_of_body(
            body_id=entered["body"], subject=entered["subject"], written=words, at=now, by=by
        )
    return writing.open_talk(
        agreement_id=agreement_id,
        subject=entered["subject"],
        to_ids=entered["to"],
        written=words,
        at=now,
        by=by,
    )


@require_GET
@open_to(policies.works_somewhere)
def talk(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One talk; opening it counts as reading it."""
    row = _found(request, uuid)
    said = inbox.said_in(row)
    writing.read_talk(uuid=uuid, at=timezone.now(), by=request.actor)
    may_close = row.opened_by_id == request.actor.institution_id or policies.keeps(
        request.actor, row.agreement
    )
    context = {
        "talk": row,
        "said": said,
        "parties": [one.institution.short_name for one in row.parties.select_related("institution")],
        "form": WritingForm(),
        "may_close": may_close and row.closed_at is None,
    }
    return render(request, "partnership/talk.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def write(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Answer in a talk."""
    row = _found(request, uuid)
    form = bound(request, WritingForm)
    page = Page(title=_("Answer"), button=_("Send"), back=_address(row), lede=row.subject)

    def service(sent: WritingForm) -> str:
        writing.write_in_talk(uuid=uuid, written=sent.written(), at=timezone.now(), by=request.actor)
        return page.back

    return do_with_form(request, form, page, service)


@require_POST
@open_to(policies.works_somewhere)
def close(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Close a talk."""
    row = _found(request, uuid)
    return do(
        request,
        lambda: writing.close_talk(uuid=uuid, at=timezone.now(), by=request.actor),
        notice=_("The talk is closed."),
        back=_address(row),
    )


@require_GET
@open_to(policies.works_somewhere)
def file(request: ActorRequest, uuid: UUID) -> FileResponse:
    """A file that came with a message."""
    message = inbox.file_of(request.actor, uuid)
    if message is None:
        raise Http404
    return kept_file_answer(message.file_name, message.file_sha256)


def _found(request: ActorRequest, uuid: UUID) -> Talk:
    row: Talk = found_or_404(inbox.talk(request.actor, uuid))
    return row


def _address(row: Talk) -> str:
    return reverse("partnership:talk", args=[row.uuid])
