"""Meetings: the list, one meeting, planning it, its agenda and guests."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies, queries, services
from spoiwo.partnership.forms.meetings import (
    AnswerForm,
    GuestForm,
    ItemForm,
    MeetingForm,
    PresenceForm,
    VoteForm,
)
from spoiwo.partnership.models import AgendaItem, Meeting
from spoiwo.partnership.models.choices import MEETING_KINDS
from spoiwo.partnership.rules import meetings as rules
from spoiwo.partnership.rules.voting import Vote
from spoiwo.partnership.types import Answer, MeetingKind, MeetingState, Presence
from spoiwo.partnership.views.acting import (
    Page,
    bound,
    do,
    do_with_form,
    found_or_404,
    institution_choices,
    keeper_or_404,
)
from spoiwo.partnership.views.conflicts import conflict_page
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in
from spoiwo.toolkit.formatted import html_of_markdown

PAGE_SIZE = 25


@require_GET
@open_to(signed_in)
def meetings(request: ActorRequest) -> HttpResponse:
    """All meetings in reach, the newest first."""
    asked = request.GET
    year = int(asked["rok"]) if asked.get("rok", "").isdigit() else None
    kind = asked.get("rodzaj", "") if asked.get("rodzaj", "") in dict(MEETING_KINDS) else ""
    found = queries.meetings_of(request.actor, text=asked.get("t", ""), kind=kind, year=year)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(asked.get("page")),
        "years": queries.years_with_meetings(request.actor),
        "kinds": MEETING_KINDS,
        "year": year,
        "kind": kind,
        "text": asked.get("t", ""),
        "bodies": _kept_bodies(request),
    }
    return render(request, "partnership/meetings.html", context)


@require_GET
@open_to(signed_in)
def meeting(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One meeting with everything on it."""
    row = _found(request, uuid)
    actor, keeps = request.actor, policies.keeps(request.actor, row.body.agreement)
    present, needed = queries.quorum_of(row)
    minutes = queries.minutes_for(row, actor)
    context = {
        "meeting": row,
        "agenda": queries.agenda_of(row, actor),
        "follow_up": queries.follow_up_of(row, actor),
        "guests": queries.attendance_of(row),
        "outcomes": queries.outcomes_of(row, actor),
        "minutes": minutes,
        "minutes_html": html_of_markdown(row.approved_text or minutes.text) if minutes else "",
        "amendments": queries.amendments_of(row) if minutes else [],
        "errata": row.errata.order_by("pk"),
        "own_seats": queries.own_seats(row, actor),
        "answer_form": AnswerForm(),
        "files": row.files.filter(item=None).order_by("pk"),
        "tally": queries.tally_of(row) if row.kind == MeetingKind.CIRCULATION else None,
        "vote_form": VoteForm() if _may_vote(row, actor) else None,
        "present": present,
        "needed": needed,
        "taken_place": row.state in rules.TAKEN_PLACE,
        "is_open": row.state not in rules.CLOSED,
        "moves": rules.possible(MeetingState(row.state)),
        "keeps": keeps,
        "may_approve": row.state == MeetingState.REVIEW and policies.may_approve(actor, row),
        "may_amend": row.state == MeetingState.REVIEW and policies.may_amend(actor, row),
        "communiques": [
            {"row": one, "title": queries.headline(one, prepares=keeps)}
            for one in queries.communiques_of(actor).filter(meeting=row)
        ],
        "today": timezone.localdate(),
    }
    return render(request, "partnership/meeting.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def new(request: ActorRequest, body_id: int) -> HttpResponse:
    """Draft a meeting of a body."""
    body = found_or_404(queries.body(request.actor, body_id))
    keeper_or_404(request.actor, body.agreement)
    form = bound(request, MeetingForm, institutions=institution_choices(), initial={"title": body.name})
    page = Page(
        title=_("New meeting"),
        button=_("Save the draft"),
        back=reverse("partnership:body", args=[body.pk]),
        lede=_("A draft is seen by the secretariat only and sends nothing."),
    )

    def service(sent: MeetingForm) -> str:
        made = services.draft_meeting(
            body_id=body.pk, details=sent.details(), at=timezone.now(), by=request.actor
        )
        return _address(made)

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def edit(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change a meeting; guests of an announced one are told when something they can see changes."""
    row = _kept(request, uuid)
    form = bound(request, MeetingForm, institutions=institution_choices(), initial=_first_values(row))
    page = Page(
        title=_("Change the meeting"),
        button=_("Save"),
        back=_address(row),
        lede=_("The guests get a changed invitation.") if row.state == MeetingState.ANNOUNCED else row.title,
    )

    def service(sent: MeetingForm) -> str:
        services.change_meeting(
            meeting_id=row.pk,
            version=sent.cleaned_data["version"] or 0,
            details=sent.details(day_known=row.day_known),
            at=timezone.now(),
            by=request.actor,
        )
        return page.back

    try:
        return do_with_form(request, form, page, service)
    except Conflict as conflict:
        return conflict_page(request, conflict, form=form, title=row.title, reload_url=request.path)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def again(request: ActorRequest, uuid: UUID, how: str) -> HttpResponse:
    """Draft a meeting like this one: beside it (how "podobne"), or instead of it ("przeniesienie")."""
    row = _kept(request, uuid)
    first = {**_first_values(row), "starts_on": None, "ends_on": None}
    form = bound(request, MeetingForm, institutions=institution_choices(), initial=first)
    is_move = how == "przeniesienie"
    page = Page(
        title=_("Postpone the meeting") if is_move else _("Another meeting like this one"),
        button=_("Save the draft"),
        back=_address(row),
        lede=row.title,
    )
    service = services.postpone if is_move else services.duplicate

    def act(sent: MeetingForm) -> str:
        made = service(meeting_id=row.pk, details=sent.details(), at=timezone.now(), by=request.actor)
        return _address(made)

    return do_with_form(request, form, page, act)


@require_POST
@open_to(policies.keeps_something)
def move(request: ActorRequest, uuid: UUID, how: str) -> HttpResponse:
    """Announce, enter as held, or call off."""
    row = _kept(request, uuid)
    deeds: dict[str, tuple[Any, str]] = {
        "ogloszenie": (
            services.announce,
            _("The meeting is announced and the invitations are on their way."),
        ),
        "odbycie": (services.hold, _("The meeting is entered as held. Correct the attendance sheet.")),
        "odwolanie": (services.cancel_meeting, _("The meeting is called off.")),
    }
    service, notice = deeds[how]
    return do(
        request,
        lambda: service(meeting_id=row.pk, at=timezone.now(), by=request.actor),
        notice=notice,
        back=_address(row),
    )


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def add_item(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Put an item on the agenda."""
    row = _kept(request, uuid)
    form = bound(request, ItemForm, institutions=institution_choices(), initial={"kind": "common"})
    page = Page(
        title=_("New item of the agenda"), button=_("Save the item"), back=_address(row), lede=row.title
    )

    def service(sent: ItemForm) -> str:
        services.add_item(meeting_id=row.pk, details=sent.details(), by=request.actor)
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def edit_item(request: ActorRequest, item_id: int) -> HttpResponse:
    """Change an item: its title, who presents it, what was said."""
    item, row = _kept_item(request, item_id)
    first: dict[str, object] = {
        name: getattr(item, name) for name in ("title", "kind", "track", "minutes", "note")
    }
    for number, one in enumerate(item.presenters.order_by("pk")[:3], start=1):
        first[f"presenter_{number}"], first[f"function_{number}"] = one.institution_id, one.function
    first["figures"] = "\n".join(
        "; ".join(
            (f"{'? ' if one.is_doubtful else ''}{one.label}", one.value, one.unit, one.period, one.source)
        )
        for one in item.figures.order_by("pk")
    )
    form = bound(request, ItemForm, institutions=institution_choices(), initial=first)
    page = Page(title=_("Change the item"), button=_("Save the item"), back=_address(row), lede=row.title)

    def service(sent: ItemForm) -> str:
        services.change_item(item_id=item.pk, details=sent.details(), by=request.actor)
        return page.back

    return do_with_form(request, form, page, service)


@require_POST
@open_to(policies.keeps_something)
def move_item(request: ActorRequest, item_id: int, how: str) -> HttpResponse:
    """Move an item up or down, or take it off the agenda."""
    item, row = _kept_item(request, item_id)

    def service() -> None:
        if how == "usun":
            services.remove_item(item_id=item.pk, by=request.actor)
        else:
            services.move_item(item_id=item.pk, up=how == "wyzej", by=request.actor)

    return do(request, service, notice=_("The agenda is changed."), back=_address(row))


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def invite(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Put an institution on the list of guests."""
    row = _kept(request, uuid)
    form = bound(request, GuestForm, institutions=institution_choices())
    page = Page(title=_("New guest"), button=_("Invite"), back=_address(row), lede=row.title)

    def service(sent: GuestForm) -> str:
        entered = sent.cleaned_data
        services.invite(
            meeting_id=row.pk,
            institution_id=entered["institution"],
            function=entered["function"],
            is_voting=entered["is_voting"],
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def presence(request: ActorRequest, attendance_id: int) -> HttpResponse:
    """Correct who came."""
    guest = found_or_404(queries.attendance(request.actor, attendance_id))
    row = _kept(request, guest.meeting.uuid)
    first = {"presence": guest.presence, "represents": guest.represents}
    form = bound(request, PresenceForm, initial=first)
    page = Page(title=_("Attendance"), button=_("Save"), back=_address(row), lede=str(guest.institution))

    def service(sent: PresenceForm) -> str:
        services.set_presence(
            attendance_id=guest.pk,
            presence=Presence(sent.cleaned_data["presence"]),
            represents=sent.cleaned_data["represents"],
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_POST
@open_to(policies.works_somewhere)
def answer(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say whether one's institution will come."""
    row = _found(request, uuid)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return redirect(_address(row))
    chosen = Answer(form.cleaned_data["answer"])
    return do(
        request,
        lambda: services.answer_invitation(
            meeting_id=row.pk, answer=chosen, at=timezone.now(), by=request.actor
        ),
        notice=_("Your answer is noted."),
        back=_address(row),
    )


@require_POST
@open_to(policies.works_somewhere)
def vote(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Vote for one's institution in a decision by circulation."""
    row = _found(request, uuid)
    form = VoteForm(request.POST)
    if not form.is_valid():
        return redirect(_address(row))
    chosen = Vote(form.cleaned_data["vote"])
    return do(
        request,
        lambda: services.vote(meeting_id=row.pk, vote=chosen, at=timezone.now(), by=request.actor),
        notice=_("The vote of your institution is noted."),
        back=_address(row),
    )


def _may_vote(row: Meeting, actor: Actor) -> bool:
    is_open = row.kind == MeetingKind.CIRCULATION and row.state == MeetingState.ANNOUNCED
    return (
        is_open
        and policies.works_somewhere(actor)
        and row.attendances.filter(institution_id=actor.institution_id, is_voting=True).exists()
    )


def _first_values(row: Meeting) -> dict[str, object]:
    names = (
        "title", "kind", "starts_on", "starts_at", "ends_on", "ends_at", "place", "online_url", "aim",
        "purposes", "visibility", "headcount_other", "version",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names} | {"host": row.host_id, "organiser": row.organiser_id}


def _found(request: ActorRequest, uuid: UUID) -> Meeting:
    row: Meeting = found_or_404(queries.meeting(request.actor, uuid))
    return row


def _kept(request: ActorRequest, uuid: UUID) -> Meeting:
    row = _found(request, uuid)
    keeper_or_404(request.actor, row.body.agreement)
    return row


def _kept_item(request: ActorRequest, item_id: int) -> tuple[AgendaItem, Meeting]:
    item: AgendaItem = found_or_404(queries.item(request.actor, item_id))
    return item, _kept(request, item.meeting.uuid)


def _kept_bodies(request: ActorRequest) -> list[Any]:
    if not policies.keeps_something(request.actor):
        return []  # everybody else is spared the queries
    return [one for one in queries.bodies_of(request.actor) if policies.keeps(request.actor, one.agreement)]


def _address(row: Meeting) -> str:
    return reverse("partnership:meeting", args=[row.uuid])
