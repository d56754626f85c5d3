"""Meetings as pages show them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies
from spoiwo.partnership.models import (
    AgendaItem,
    Agreement,
    Amendment,
    Attendance,
    Meeting,
    MeetingFile,
    MinutesRevision,
    Outcome,
)
from spoiwo.partnership.types import ItemKind, MeetingState

SHOWN_TO_ALL = (MeetingState.PUBLISHED,)
SHOWN_TO_GUESTS = (MeetingState.REVIEW, MeetingState.APPROVED)


def meetings_of(
    actor: Actor, *, text: str = "", kind: str = "", year: int | None = None, body_id: int | None = None
) -> QuerySet[Meeting]:
    """Meetings in reach, the newest first."""
    found = Meeting.objects.visible_to(actor)
    if text:
        found = found.filter(Q(title__icontains=text) | Q(aim__icontains=text))
    if kind:
        found = found.filter(kind=kind)
    if year:
        found = found.filter(starts_on__year=year)
    if body_id:
        found = found.filter(body_id=body_id)
    # what lists say of a meeting: texts of agendas and whole institutions would cost more than the query
    shown = ("uuid", "title", "kind", "state", "starts_on", "ends_on", "starts_at", "ends_at", "day_known")
    found = found.select_related("body", "host").only(*shown, "is_invented", "body__name", "host__short_name")
    return found.order_by("-starts_on", "-pk")


def years_with_meetings(actor: Actor) -> list[int]:
    """Years in which there are meetings in reach, the newest first."""
    days = Meeting.objects.visible_to(actor).dates("starts_on", "year", order="DESC")
    return [day.year for day in days]


def meeting(actor: Actor, uuid: UUID) -> Meeting | None:
    """A meeting in reach."""
    return (
        Meeting.objects.visible_to(actor)
        .select_related("body__agreement__secretariat", "host", "organiser", "replaced_by")
        .filter(uuid=uuid)
        .first()
    )


def approved_meeting(actor: Actor, uuid: str, body_id: int) -> Meeting | None:
    """A meeting of the body with approved minutes, from the address of a form; None for anything else."""
    try:
        found = meeting(actor, UUID(uuid))
    except ValueError:
        return None
    return found if found and found.body_id == body_id and found.approved_text else None


def public_meetings(day: date) -> list[Meeting]:
    """Public meetings to come, the nearest first."""
    coming = Meeting.objects.in_public().filter(ends_on__gte=day, state=MeetingState.ANNOUNCED)
    return list(coming.select_related("body", "host").order_by("starts_on", "pk"))


def meetings_for_everybody(agreement: Agreement) -> list[Meeting]:
    """Public meetings that took place, the newest first."""
    held = Meeting.objects.in_public().held().filter(body__agreement=agreement)
    return list(held.select_related("body", "host").order_by("-starts_on", "-pk"))


def public_meeting(uuid: UUID) -> Meeting | None:
    """A meeting that everybody may see."""
    found = Meeting.objects.in_public().filter(uuid=uuid)
    return found.select_related("body__agreement", "host", "organiser").first()


def public_agenda(meeting: Meeting) -> list[AgendaItem]:
    """Titles and presenters for everybody; what was said is in the minutes."""
    items = meeting.items.exclude(kind__in=(ItemKind.INTERNAL, ItemKind.FOLLOW_UP))
    return list(items.order_by("position", "pk").prefetch_related("presenters__institution"))


def meeting_file(actor: Actor, pk: int) -> MeetingFile | None:
    """A file of a meeting in reach; one of an internal item for members of the body only."""
    meetings = Meeting.objects.visible_to(actor).values("pk")
    found = MeetingFile.objects.filter(meeting_id__in=meetings, pk=pk)
    file = found.select_related("item", "meeting__body__agreement").first()
    if file is None or file.item is None or file.item.kind != ItemKind.INTERNAL:
        return file
    return file if _sees_internal(actor, file.meeting) else None


def agenda_of(meeting: Meeting, actor: Actor) -> list[AgendaItem]:
    """The agenda with presenters, figures and outcomes; internal items for members of the body only."""
    items = meeting.items.order_by("position", "pk").prefetch_related(
        "presenters__institution", "figures", "files", "topic", Prefetch("outcomes", _shown(actor))
    )
    if not _sees_internal(actor, meeting):
        items = items.exclude(kind=ItemKind.INTERNAL)
    return list(items)


def outcomes_of(meeting: Meeting, actor: Actor) -> list[Outcome]:
    """What the meeting led to, children after their parents, with owners."""
    found = list(_shown(actor).filter(meeting=meeting).order_by("pk"))
    children: dict[int | None, list[Outcome]] = {}
    for one in found:
        children.setdefault(one.parent_id, []).append(one)
    ids = {one.pk for one in found}
    tops = [one for one in found if one.parent_id not in ids]
    return [row for top in tops for row in (top, *children.get(top.pk, []))]


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """The list of guests, by institution."""
    guests = meeting.attendances.select_related("institution", "user")
    return list(guests.order_by("institution__sort_key", "function", "pk"))


def attendance(actor: Actor, pk: int) -> Attendance | None:
    """A guest of a meeting in reach."""
    meetings = Meeting.objects.visible_to(actor).values("pk")
    return (
        Attendance.objects.filter(meeting_id__in=meetings, pk=pk)
        .select_related("meeting", "institution")
        .first()
    )


def own_seats(meeting: Meeting, actor: Actor) -> list[Attendance]:
    """For whom of the actor's institution an answer is awaited or given."""
    return [one for one in attendance_of(meeting) if one.institution_id == actor.institution_id]


def minutes_for(meeting: Meeting, actor: Actor) -> MinutesRevision | None:
    """The newest text, for the secretariat, the chair, guests once it is in review, all once it is published."""
    newest = meeting.revisions.order_by("-number").first()
    if newest is None or meeting.state in SHOWN_TO_ALL or actor.is_operator:
        return newest
    inside = policies.keeps(actor, meeting.body.agreement) or policies.chairs(actor, meeting.body)
    was_there = meeting.state in SHOWN_TO_GUESTS and policies.may_amend(actor, meeting)
    return newest if inside or was_there else None


def amendments_of(meeting: Meeting) -> list[Amendment]:
    """Proposed amendments in the order they came."""
    return list(meeting.amendments.select_related("institution").order_by("pk"))


def item(actor: Actor, pk: int) -> AgendaItem | None:
    """An item of a meeting in reach."""
    meetings = Meeting.objects.visible_to(actor).values("pk")
    return AgendaItem.objects.filter(meeting_id__in=meetings, pk=pk).select_related("meeting__body").first()


def amendment(actor: Actor, pk: int) -> Amendment | None:
    """An amendment of a meeting in reach."""
    meetings = Meeting.objects.visible_to(actor).values("pk")
    return Amendment.objects.filter(meeting_id__in=meetings, pk=pk).select_related("meeting").first()


def waiting_answers(actor: Actor, day: date) -> int:
    """Invitations to come that the institution has not answered."""
    waiting = Attendance.objects.filter(
        institution_id=actor.institution_id,
        answer="",
        meeting__state=MeetingState.ANNOUNCED,
        meeting__ends_on__gte=day,
    )
    return waiting.values("meeting_id").distinct().count()


def _sees_internal(actor: Actor, meeting: Meeting) -> bool:
    return actor.is_operator or policies.is_member(actor, meeting.body)


def _shown(actor: Actor) -> Any:
    return Outcome.objects.visible_to(actor).select_related(
        "owner", "owner_body", "addressee", "meeting", "body"
    )
