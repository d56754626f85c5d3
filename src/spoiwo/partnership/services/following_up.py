"""Open conclusions and topics come onto the next agenda of their body by themselves."""

from django.utils import timezone

from spoiwo.partnership.models import AgendaItem, Meeting, Outcome, OutcomeEvent
from spoiwo.partnership.types import ItemKind

FOLLOW_UP_TITLE = "Realizacja wniosków"  # as the minutes of Polish councils head it


def carry_over(meeting: Meeting) -> AgendaItem | None:
    """Put unfinished conclusions of earlier meetings, and open topics, on a fresh agenda.

    Answers the item that lists the conclusions, None when there are none. Which conclusions it lists is worked
    out when it is shown; that they were carried is kept with each of them.
    """
    waiting = list(unfinished_before(meeting))
    item = None
    if waiting:
        item = AgendaItem.objects.create(
            meeting=meeting, position=1, title=FOLLOW_UP_TITLE, kind=ItemKind.FOLLOW_UP
        )
        now = timezone.now()
        OutcomeEvent.objects.bulk_create(
            OutcomeEvent(outcome=one, what="carried", meeting=meeting, at=now) for one in waiting
        )
    position = 1 if item else 0
    for topic in meeting.body.topics.filter(closed_on__isnull=True).order_by("opened_on", "pk"):
        position += 1
        AgendaItem.objects.create(
            meeting=meeting, position=position, title=topic.title, topic=topic, kind=ItemKind.COMMON
        )
    return item


def unfinished_before(meeting: Meeting) -> "list[Outcome]":
    """Conclusions of the body that are open and were made at another meeting, the oldest deadline first."""
    return list(
        Outcome.objects.unfinished()
        .filter(body=meeting.body_id, meeting__starts_on__lte=meeting.starts_on)
        .exclude(meeting=meeting.pk)
        .order_by("due_to", "pk")
    )
