"""Open conclusions and topics come onto the next agenda of their body by themselves."""

from collections.abc import Iterable

from django.db.models import Max
from django.utils import timezone

from spoiwo.partnership import queries
from spoiwo.partnership.models import AgendaItem, Meeting, Outcome, OutcomeEvent, Topic
from spoiwo.partnership.types import ItemKind, MeetingKind, MeetingState

FOLLOW_UP_TITLE = "Realizacja wniosków"  # as the minutes of Polish councils head it


def carry_over(meeting: Meeting) -> AgendaItem | None:
    """Put unfinished conclusions of earlier meetings, and open topics, on a fresh agenda.

    Answers the item that lists the conclusions, None when there are none. Which conclusions it lists is worked
    out when it is shown; that they were carried is kept with each of them.
    """
    waiting = queries.unfinished_before(meeting)
    item = _put_on(meeting, waiting) if waiting else None
    position = 1 if item else 0
    for topic in meeting.body.topics.filter(closed_on__isnull=True).order_by("opened_on", "pk"):
        position += 1
        AgendaItem.objects.create(
            meeting=meeting, position=position, title=topic.title, topic=topic, kind=ItemKind.COMMON
        )
    return item


def carry_on(outcome: Outcome) -> None:
    """Put a conclusion just adopted on agendas of its body that were drafted before it was."""
    coming = Meeting.objects.filter(
        body=outcome.body_id,
        state__in=(MeetingState.DRAFT, MeetingState.ANNOUNCED),
        starts_on__gte=outcome.meeting.starts_on,
    )
    meetings = coming.exclude(kind=MeetingKind.CIRCULATION)
    for meeting in meetings.exclude(pk=outcome.meeting_id).order_by("pk"):
        _put_on(meeting, [outcome])


def carry_topic(topic: Topic) -> None:
    """Put a question just opened on agendas of its body that were drafted before it was."""
    coming = Meeting.objects.filter(
        body=topic.body_id,
        state__in=(MeetingState.DRAFT, MeetingState.ANNOUNCED),
        starts_on__gte=topic.opened_on,
    )
    for meeting in coming.exclude(kind=MeetingKind.CIRCULATION).order_by("pk"):
        AgendaItem.objects.create(
            meeting=meeting,
            position=_last_position(meeting) + 1,
            title=topic.title,
            topic=topic,
            kind=ItemKind.COMMON,
        )


def settle_follow_up(meeting: Meeting) -> None:
    """Keep what a meeting that took place had before it: later its agenda shows the same conclusions."""
    if meeting.items.filter(kind=ItemKind.FOLLOW_UP).exists():
        _put_on(meeting, queries.unfinished_before(meeting))


def _put_on(meeting: Meeting, outcomes: Iterable[Outcome]) -> AgendaItem:
    item = meeting.items.filter(kind=ItemKind.FOLLOW_UP).first()
    if item is None:
        item = AgendaItem.objects.create(
            meeting=meeting,
            position=_last_position(meeting) + 1,
            title=FOLLOW_UP_TITLE,
            kind=ItemKind.FOLLOW_UP,
        )
    known = OutcomeEvent.objects.filter(meeting=meeting, what="carried").values_list("outcome_id", flat=True)
    there, now = set(known), timezone.now()
    OutcomeEvent.objects.bulk_create(
        OutcomeEvent(outcome=one, what="carried", meeting=meeting, at=now)
        for one in outcomes
        if one.pk not in there
    )
    return item


def _last_position(meeting: Meeting) -> int:
    last: int | None = meeting.items.aggregate(last=Max("position"))["last"]
    return last or 0
