"""Meetings: drafted, announced, held, moved, cancelled; their agenda."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Max

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.errors import NotFound
from spoiwo.partnership.models import AgendaItem, Attendance, ItemPresenter, Meeting, QuotedFigure
from spoiwo.partnership.rules import meetings as rules
from spoiwo.partnership.services.calendar_of_meetings import show_in_calendar
from spoiwo.partnership.services.following_up import carry_over, settle_follow_up
from spoiwo.partnership.services.invitations import MAIL_INVITATIONS
from spoiwo.partnership.services.reaching import kept_body, kept_meeting, record
from spoiwo.partnership.types import ItemDetails, ItemKind, MeetingDetails, MeetingKind, MeetingState
from spoiwo.toolkit.conflicts import Conflict, differences
from spoiwo.toolkit.jobs import enqueue

FIELDS = (
    "kind", "title", "starts_on", "ends_on", "starts_at", "ends_at", "day_known", "place", "online_url",
    "host_id", "organiser_id", "aim", "purposes", "visibility", "headcount_other",
)  # fmt: skip
SEEN_BY_GUESTS = (
    "title", "starts_on", "ends_on", "starts_at", "ends_at", "place", "online_url", "host_id", "aim",
)  # fmt: skip


@transaction.atomic
def draft_meeting(
    *, body_id: int, details: MeetingDetails, at: datetime, is_invented: bool = False, by: Actor
) -> Meeting:
    """Draft a meeting; nobody is told. Members with a seat on the day are put on the list of guests.

    Raises NotFound, NotYours, EndsBeforeStart.
    """
    body = kept_body(body_id, by)
    meeting = Meeting(body=body, is_invented=is_invented)
    _write(meeting, details, at, by)
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            institution_id=seat.institution_id,
            function=seat.function,
            user_id=seat.user_id,
            is_voting=True,
        )
        for seat in body.mandates.current(details.starts_on).order_by("pk")
    )
    if meeting.kind != MeetingKind.CIRCULATION:  # nobody meets, so nothing is gone through
        carry_over(meeting)
    record(body.agreement, meeting, "meeting_drafted", by)
    return meeting


@transaction.atomic
def change_meeting(
    *, meeting_id: int, version: int, details: MeetingDetails, at: datetime, by: Actor
) -> Meeting:
    """Change a meeting. What guests can see raises the sequence of the invitation, and they are told.

    Raises NotFound, NotYours, WrongState once the minutes are approved, EndsBeforeStart, Conflict.
    """
    meeting = kept_meeting(meeting_id, by)
    rules.check_writable(MeetingState(meeting.state))
    saved = {name: getattr(meeting, name) for name in FIELDS}
    if meeting.version != version:
        raise Conflict(
            differences(values_of(details), saved),
            version=meeting.version,
            saved_by_user_id=meeting.changed_by_user_id,
            saved_at=meeting.changed_at,
        )
    meeting.version += 1
    seen = any(saved[name] != value for name, value in values_of(details).items() if name in SEEN_BY_GUESTS)
    if seen and meeting.state == MeetingState.ANNOUNCED:
        meeting.sequence += 1
        _tell_guests(meeting)
    _write(meeting, details, at, by)
    show_in_calendar(meeting, at=at)
    record(meeting.body.agreement, meeting, "meeting_changed", by)
    return meeting


@transaction.atomic
def announce(*, meeting_id: int, at: datetime, by: Actor) -> Meeting:
    """Announce a draft: from now on signatories see it, and the guests get invitations. Raises as `_moved`."""
    meeting = _moved(meeting_id, "announce", by)
    show_in_calendar(meeting, at=at)
    _tell_guests(meeting)
    return meeting


@transaction.atomic
def hold(*, meeting_id: int, at: datetime, by: Actor) -> Meeting:
    """Say that the meeting took place, perhaps days later. Everybody who did not decline counts as present.

    In a decision by circulation those who voted do. Exceptions are corrected on the attendance sheet.
    Raises NotFound, NotYours, WrongState.
    """
    meeting = _moved(meeting_id, "hold", by)
    settle_follow_up(meeting)
    unknown = meeting.attendances.filter(presence="")
    if meeting.kind == MeetingKind.CIRCULATION:
        unknown.exclude(vote="").update(presence="present")
        unknown.filter(vote="").update(presence="absent")
    unknown.filter(answer="declined").update(presence="excused")
    unknown.exclude(answer="declined").update(presence="present")
    show_in_calendar(meeting, at=at)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting_id: int, at: datetime, by: Actor) -> Meeting:
    """Call a meeting off; guests of an announced one are told. Raises NotFound, NotYours, WrongState."""
    meeting = kept_meeting(meeting_id, by)
    was_announced = meeting.state == MeetingState.ANNOUNCED
    meeting = _moved(meeting_id, "cancel", by)
    _take_back(meeting, at, tell=was_announced)
    return meeting


@transaction.atomic
def postpone(*, meeting_id: int, details: MeetingDetails, at: datetime, by: Actor) -> Meeting:
    """Call a meeting off and draft the one that replaces it, with the same agenda. Answers the new one.

    Raises NotFound, NotYours, WrongState, EndsBeforeStart.
    """
    old = kept_meeting(meeting_id, by)
    was_announced = old.state == MeetingState.ANNOUNCED
    old = _moved(meeting_id, "postpone", by)
    new = duplicate(meeting_id=meeting_id, details=details, at=at, by=by)
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    _take_back(old, at, tell=was_announced)
    return new


@transaction.atomic
def duplicate(*, meeting_id: int, details: MeetingDetails, at: datetime, by: Actor) -> Meeting:
    """Draft another meeting with the ordinary items of this one, without what was said under them.

    Raises NotFound, NotYours, EndsBeforeStart.
    """
    old = kept_meeting(meeting_id, by)
    new = draft_meeting(body_id=old.body_id, details=details, at=at, by=by)
    for item in old.items.exclude(kind=ItemKind.FOLLOW_UP).filter(topic__isnull=True).order_by("position"):
        copy = AgendaItem.objects.create(
            meeting=new,
            position=_next_position(new),
            title=item.title,
            kind=item.kind,
            track=item.track,
            minutes=item.minutes,
        )
        ItemPresenter.objects.bulk_create(
            ItemPresenter(
                item=copy, institution_id=one.institution_id, label=one.label, function=one.function
            )
            for one in item.presenters.all()
        )
    return new


@transaction.atomic
def add_item(*, meeting_id: int, details: ItemDetails, by: Actor) -> AgendaItem:
    """Put an item at the end of the agenda. Raises NotFound, NotYours, WrongState."""
    meeting = kept_meeting(meeting_id, by)
    rules.check_writable(MeetingState(meeting.state))
    item = AgendaItem(meeting=meeting, position=_next_position(meeting))
    _write_item(item, details)
    record(meeting.body.agreement, item, "item_added", by)
    return item


@transaction.atomic
def change_item(*, item_id: int, details: ItemDetails, by: Actor) -> AgendaItem:
    """Rewrite an item with its presenters and quoted figures. Raises NotFound, NotYours, WrongState."""
    item = _kept_item(item_id, by)
    _write_item(item, details)
    record(item.meeting.body.agreement, item, "item_changed", by)
    return item


@transaction.atomic
def move_item(*, item_id: int, up: bool, by: Actor) -> AgendaItem:
    """Let an item change places with its neighbour; at the edge nothing happens. Raises as `change_item`."""
    item = _kept_item(item_id, by)
    items = item.meeting.items
    other = (
        items.filter(position__lt=item.position).order_by("-position").first()
        if up
        else items.filter(position__gt=item.position).order_by("position").first()
    )
    if other is not None:
        item.position, other.position = other.position, item.position
        item.save(update_fields=["position"])
        other.save(update_fields=["position"])
        record(item.meeting.body.agreement, item, "item_moved", by)
    return item


@transaction.atomic
def remove_item(*, item_id: int, by: Actor) -> None:
    """Take an item off the agenda. Raises as `change_item`."""
    item = _kept_item(item_id, by)
    record(item.meeting.body.agreement, item, "item_removed", by)
    item.delete()


def values_of(details: MeetingDetails) -> dict[str, object]:
    """The columns of a meeting as they would be written; without a last day it ends on the first."""
    values = {name: getattr(details, name) for name in FIELDS}
    values["ends_on"] = details.ends_on or details.starts_on
    values["purposes"] = [str(one) for one in details.purposes]
    return values


def _write(meeting: Meeting, details: MeetingDetails, at: datetime, by: Actor) -> None:
    values = values_of(details)
    rules.check_days(details.starts_on, details.ends_on or details.starts_on)
    for name, value in values.items():
        setattr(meeting, name, value)
    meeting.changed_at, meeting.changed_by_user_id = at, by.user_id
    meeting.save()


def _moved(meeting_id: int, move: str, by: Actor) -> Meeting:
    meeting = kept_meeting(meeting_id, by)
    meeting.state = rules.after(move, MeetingState(meeting.state))
    meeting.save(update_fields=["state"])
    record(meeting.body.agreement, meeting, f"meeting_{move}", by)
    return meeting


def _take_back(meeting: Meeting, at: datetime, *, tell: bool) -> None:
    meeting.sequence += 1
    meeting.save(update_fields=["sequence"])
    show_in_calendar(meeting, at=at)
    if tell:
        _tell_guests(meeting)


def _tell_guests(meeting: Meeting) -> None:
    transaction.on_commit(partial(enqueue, MAIL_INVITATIONS, meeting_id=meeting.pk))


def _kept_item(item_id: int, by: Actor) -> AgendaItem:
    item = AgendaItem.objects.select_related("meeting").filter(pk=item_id).first()
    if item is None:
        raise NotFound(str(item_id))
    meeting = kept_meeting(item.meeting_id, by)
    rules.check_writable(MeetingState(meeting.state))
    return item


def _write_item(item: AgendaItem, details: ItemDetails) -> None:
    item.title, item.kind, item.track = details.title, details.kind, details.track
    item.minutes, item.note = details.minutes, details.note
    item.save()
    item.presenters.all().delete()
    ItemPresenter.objects.bulk_create(
        ItemPresenter(item=item, institution_id=one.institution_id, label=one.label, function=one.function)
        for one in details.presenters
    )
    item.figures.all().delete()
    QuotedFigure.objects.bulk_create(
        QuotedFigure(
            item=item,
            label=one.label,
            value=one.value,
            unit=one.unit,
            period=one.period,
            source=one.source,
            is_doubtful=one.is_doubtful,
            note=one.note,
        )
        for one in details.figures
    )


def _next_position(meeting: Meeting) -> int:
    last: int | None = meeting.items.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
