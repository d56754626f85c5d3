"""Decisions by circulation: members vote on screen or by the link of their letter, until it is closed."""

from datetime import datetime

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies
from spoiwo.partnership.errors import LinkSpent, NotYours, WrongState
from spoiwo.partnership.models import Attendance, Meeting
from spoiwo.partnership.rules.voting import Vote
from spoiwo.partnership.services.invitations import guest_of_link
from spoiwo.partnership.services.reaching import locked, record
from spoiwo.partnership.types import MeetingKind, MeetingState

__all__ = ["Vote", "vote", "vote_by_link"]


@transaction.atomic
def vote(*, meeting_id: int, vote: Vote, at: datetime, by: Actor) -> int:
    """Vote for one's institution; another vote replaces it while voting is open. Answers how many seats that covers.

    Raises NotFound, NotYours without a seat with a vote, WrongState when nothing is voted on.
    """
    meeting: Meeting = locked(Meeting, meeting_id, by)
    if not _is_open(meeting):
        raise WrongState(meeting.state)
    seats = meeting.attendances.filter(institution_id=by.institution_id, is_voting=True)
    if not policies.works_somewhere(by) or not seats.exists():
        raise NotYours(str(meeting_id))
    done = seats.update(vote=vote, answered_at=at)
    record(meeting.body.agreement, meeting, f"vote_{vote}", by)
    return done


@transaction.atomic
def vote_by_link(*, key: str, vote: Vote, at: datetime) -> Attendance:
    """Vote from the letter. Raises LinkSpent, also when nothing is voted on or the guest has no vote."""
    guest = guest_of_link(key)
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=guest.meeting_id)
    if not _is_open(meeting) or not guest.is_voting:
        raise LinkSpent("over")
    guest.vote, guest.answered_at = vote, at
    guest.save(update_fields=["vote", "answered_at"])
    record(guest.meeting.body.agreement, guest, f"vote_{vote}", None)
    return guest


def _is_open(meeting: Meeting) -> bool:
    return meeting.kind == MeetingKind.CIRCULATION and meeting.state == MeetingState.ANNOUNCED
