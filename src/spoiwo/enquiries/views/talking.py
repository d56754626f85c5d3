"""Messages about common clients, and what the page of a client shows of this context."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.clients.queries import opening
from spoiwo.clients.queries.opening import OpenedClient
from spoiwo.clients.queries.own_records import own_names
from spoiwo.clients.services import reading as looks
from spoiwo.enquiries import tables
from spoiwo.enquiries.errors import EnquiriesError
from spoiwo.enquiries.forms.settling import MessageForm
from spoiwo.enquiries.models import Conversation
from spoiwo.enquiries.queries import listing, opened
from spoiwo.enquiries.queries.waiting import unread_conversations
from spoiwo.enquiries.services import talking
from spoiwo.enquiries.views import frame
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.filing import Metadata, package
from spoiwo.toolkit import documents
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.templatetags.spoiwo import pl_date


@require_GET
@open_to(frame.workers)
def talks(request: ActorRequest) -> HttpResponse:
    """Conversations about own clients, the newest first."""
    page = frame.page_of(request, listing.conversations(request.actor))
    unread = set(unread_conversations(request.actor).values_list("pk", flat=True))
    names = own_names(request.actor, [_own_record(talk, request.actor) for talk in page.object_list])
    shown = frame.Listing(
        title=_("Messages"),
        lede=_(
            "What workers of two institutions write to each other about a client both serve."
            " Nothing of it is sent by e-mail."
        ),
        columns=[_("Client"), _("With"), _("Last message"), _("Standing")],
        empty_title=_("No messages"),
        empty_text=_("Open a common client and write to the workers of the other institution."),
        count_words=ngettext("%(n)s conversation", "%(n)s conversations", page.paginator.count)
        % {"n": page.paginator.count},
    )
    rows = []
    for talk in page.object_list:
        known = names.get(_own_record(talk, request.actor))
        name = f"{known.last_name} {known.first_name}" if known else _("No longer in the register")
        rows.append(
            [
                frame.link(name, reverse("enquiries:talk", args=[talk.uuid])),
                _partner(talk, request.actor).short_name,
                pl_date(talk.last_at, "short"),
                tables.tag(_("New"), "new") if talk.pk in unread else "",
            ]
        )
    return frame.show_list(request, shown, page, rows)


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def talk(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One conversation, and an answer."""
    row = _found(request, uuid)
    partner = _partner(row, request.actor)
    form = MessageForm(
        request.POST if request.method == "POST" else None, to=[(partner.pk, partner.short_name)]
    )
    if request.method == "POST" and form.is_valid():
        try:
            talking.reply(
                uuid,
                text=form.cleaned_data["text"],
                now=timezone.now(),
                day=timezone.localdate(),
                by=request.actor,
            )
        except EnquiriesError as error:
            frame.refuse(form, error)
        else:
            return redirect("enquiries:talk", uuid)
    own = _own_record(row, request.actor)
    known = own_names(request.actor, [own]).get(own)
    context = {
        "row": row,
        "name": _name(request, row),
        "client": known.uuid if known else None,
        "partner": partner,
        "said": _said(request, row),
        "form": form,
    }
    response = render(request, "enquiries/talk.html", context, status=422 if form.errors else 200)
    talking.note_read(uuid, now=timezone.now(), request_id=request.id, by=request.actor)
    return response


@require_GET
@open_to(frame.workers)
def paper(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The conversation on paper."""
    row = _found(request, uuid)
    content = _pdf(request, row)
    talking.note_read(uuid, now=timezone.now(), request_id=request.id, by=request.actor)
    return frame.sent("rozmowa.pdf", documents.PDF_TYPE, content)


@require_GET
@open_to(frame.workers)
def filed(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The conversation as a package for the own office's files."""
    row = _found(request, uuid)
    partner = _partner(row, request.actor)
    metadata = Metadata(
        identifier=str(row.uuid),
        title=f"Rozmowa o wspólnym kliencie: {row.institution.name}, {row.other.name}",
        kind="korespondencja",
        creator=row.institution.name,
        recipient=partner.name,
        day=timezone.localdate(row.last_at),
        case_ref="",
        jrwa="",
    )
    packed = package(metadata, [("rozmowa.pdf", documents.PDF_TYPE, _pdf(request, row))])
    talking.note_read(uuid, now=timezone.now(), request_id=request.id, by=request.actor)
    return frame.sent("rozmowa.zip", "application/zip", packed)


def _pdf(request: ActorRequest, row: Conversation) -> bytes:
    return documents.pdf_of(tables.talk_document(row, _name(request, row), _said(request, row)))


def _found(request: ActorRequest, uuid: UUID) -> Conversation:
    row = listing.conversation(request.actor, uuid)
    if row is None:
        raise Http404
    return row


def _name(request: ActorRequest, row: Conversation) -> str:
    own = _own_record(row, request.actor)
    known = own_names(request.actor, [own]).get(own)
    return f"{known.first_name} {known.last_name}" if known else _("No longer in the register")


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def of_client(request: ActorRequest, client: UUID) -> HttpResponse:
    """What stands on the page of an own client: enquiries about them, messages, and how to begin either."""
    client_opened = opening.open_client(request.actor, client, day=timezone.localdate())
    if client_opened is None:
        raise Http404
    form = MessageForm(
        request.POST if request.method == "POST" else None, to=_partners(client_opened), auto_id="id_msg_%s"
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = talking.write(
                client=client,
                to=form.cleaned_data["to"],
                text=form.cleaned_data["text"],
                now=timezone.now(),
                day=timezone.localdate(),
                by=request.actor,
            )
        except EnquiriesError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("The message is sent."))
            return redirect("enquiries:talk", made.uuid)
    template = "enquiries/_of_client.html" if request.htmx else "enquiries/of_client.html"
    context = _context(request, client_opened, form)
    response = render(request, template, context, status=422 if form.errors else 200)
    response["Vary"] = "HX-Request"
    named = {version.institution_id for version in client_opened.others}
    if named:  # that they serve the person too is told, whether or not anybody writes to them
        looks.record_asked(
            record=client,
            person=client_opened.person,
            served_by=named,
            request_id=request.id,
            by=request.actor,
        )
    return response


def _context(request: ActorRequest, client: OpenedClient, form: MessageForm) -> dict[str, Any]:
    day = timezone.localdate()
    return {
        "client": client,
        "enquiries": [
            {"row": row, "standing": tables.standing(row, day)}
            for row in listing.enquiries_about(request.actor, client.uuid)
        ],
        "talks": [
            {"row": row, "partner": _partner(row, request.actor)}
            for row in listing.conversation_about(request.actor, client.uuid)
        ],
        "form": form,
    }


def _partners(client: OpenedClient) -> list[tuple[int, str]]:
    badges = institutions.badges_of({version.institution_id for version in client.others})
    return [(badge.id, badge.name) for badge in badges.values()]


def _said(request: ActorRequest, row: Conversation) -> list[dict[str, Any]]:
    return [
        {
            "text": opened.text_of(message, row),
            "at": message.at,
            "author": institutions.full_name(message.author_user_id),
            "office": row.institution if message.institution_id == row.institution_id else row.other,
        }
        for message in listing.messages_of(request.actor, row)
    ]


def _partner(row: Conversation, actor: Actor) -> Any:
    return row.other if row.institution_id == actor.institution_id else row.institution


def _own_record(row: Conversation, actor: Actor) -> int:
    return row.record_id if row.institution_id == actor.institution_id else row.other_record_id
