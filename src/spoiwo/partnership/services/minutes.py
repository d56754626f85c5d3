"""Minutes: written in revisions, amended by those who were there, approved by the chair, then only corrected beside."""

from datetime import date, datetime

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies
from spoiwo.partnership.errors import (
    AmendmentsOpen,
    NotFound,
    NotYours,
    ReasonMissing,
    TextMissing,
    WrongState,
)
from spoiwo.partnership.models import Amendment, Erratum, Meeting, MinutesRevision
from spoiwo.partnership.rules import meetings as rules
from spoiwo.partnership.services.reaching import kept_meeting, locked, record
from spoiwo.partnership.types import AmendmentState, MeetingState
from spoiwo.toolkit.conflicts import Conflict, Difference

WRITING = (MeetingState.ANNOUNCED, MeetingState.HELD, MeetingState.PREPARING, MeetingState.REVIEW)


@transaction.atomic
def write_minutes(*, meeting_id: int, seen: int, text: str, at: datetime, by: Actor) -> MinutesRevision:
    """Keep a new revision of the minutes. seen: number of the revision the writer started from, 0 for none.

    Raises NotFound, NotYours, WrongState, and Conflict with both texts when somebody saved meanwhile.
    """
    meeting = kept_meeting(meeting_id, by)
    if meeting.state not in WRITING:
        raise WrongState(meeting.state)
    newest = newest_revision(meeting)
    number = newest.number if newest else 0
    if number != seen and newest is not None:
        raise Conflict(
            (Difference("text", text, newest.text),),
            version=number,
            saved_by_user_id=newest.author_user_id,
            saved_at=newest.written_at,
        )
    revision = MinutesRevision.objects.create(
        meeting=meeting, number=number + 1, text=text, author_user_id=by.user_id, written_at=at
    )
    if meeting.state == MeetingState.HELD:
        meeting.state = MeetingState.PREPARING
        meeting.save(update_fields=["state"])
    record(meeting.body.agreement, revision, "minutes_written", by)
    return revision


@transaction.atomic
def open_review(*, meeting_id: int, until: date, by: Actor) -> Meeting:
    """Show the minutes to those who were there and take amendments until a day.

    Raises NotFound, NotYours, WrongState, TextMissing.
    """
    meeting = kept_meeting(meeting_id, by)
    state = rules.after("review", MeetingState(meeting.state))
    if newest_revision(meeting) is None:
        raise TextMissing(str(meeting_id))
    meeting.state, meeting.amendments_until = state, until
    meeting.save(update_fields=["state", "amendments_until"])
    record(meeting.body.agreement, meeting, "review_opened", by)
    return meeting


@transaction.atomic
def propose_amendment(
    *, meeting_id: int, passage: str, proposal: str, at: datetime, today: date, by: Actor
) -> Amendment:
    """Propose a change of the minutes in review, for one's institution.

    Raises NotFound, NotYours when the institution was not there, WrongState, WindowClosed.
    """
    meeting: Meeting = locked(Meeting, meeting_id, by)
    if not policies.may_amend(by, meeting):
        raise NotYours(str(meeting_id))
    if meeting.state != MeetingState.REVIEW:
        raise WrongState(meeting.state)
    rules.check_window(meeting.amendments_until, today)
    amendment = Amendment.objects.create(
        meeting=meeting,
        institution_id=by.institution_id,
        user_id=by.user_id,
        passage=passage,
        proposal=proposal,
        proposed_at=at,
    )
    record(meeting.body.agreement, amendment, "amendment_proposed", by)
    return amendment


@transaction.atomic
def decide_amendment(
    *, amendment_id: int, accept: bool, answer: str = "", at: datetime, by: Actor
) -> Amendment:
    """Accept an amendment, or refuse it with a reason. An accepted passage is replaced in the text where it stands.

    Raises NotFound, NotYours, WrongState, ReasonMissing.
    """
    amendment = Amendment.objects.select_for_update(of=("self",)).filter(pk=amendment_id).first()
    if amendment is None:
        raise NotFound(str(amendment_id))
    meeting = kept_meeting(amendment.meeting_id, by)
    if meeting.state != MeetingState.REVIEW or amendment.state != AmendmentState.PROPOSED:
        raise WrongState(meeting.state)
    if not accept and not answer.strip():
        raise ReasonMissing(str(amendment_id))
    amendment.state = AmendmentState.ACCEPTED if accept else AmendmentState.REJECTED
    amendment.answer, amendment.decided_at = answer, at
    amendment.save(update_fields=["state", "answer", "decided_at"])
    newest = newest_revision(meeting)
    if accept and newest is not None and amendment.passage and amendment.passage in newest.text:
        write_minutes(
            meeting_id=meeting.pk,
            seen=newest.number,
            text=newest.text.replace(amendment.passage, amendment.proposal, 1),
            at=at,
            by=by,
        )
    record(meeting.body.agreement, amendment, f"amendment_{amendment.state}", by)
    return amendment


@transaction.atomic
def approve_minutes(*, meeting_id: int, seen: int, at: datetime, by: Actor) -> Meeting:
    """Approve the revision that was read; its words are kept with their SHA-256 and never change.

    Raises NotFound, NotYours for anybody but the chair, WrongState, AmendmentsOpen while some wait, and Conflict
    when the text changed since it was read.
    """
    meeting: Meeting = locked(Meeting, meeting_id, by)
    if not policies.may_approve(by, meeting):
        raise NotYours(str(meeting_id))
    state = rules.after("approve", MeetingState(meeting.state))
    waiting = meeting.amendments.filter(state=AmendmentState.PROPOSED).count()
    if waiting:
        raise AmendmentsOpen(waiting)
    newest = newest_revision(meeting)
    if newest is None:
        raise TextMissing(str(meeting_id))
    if newest.number != seen:
        raise Conflict((Difference("text", "", newest.text),), version=newest.number)
    meeting.state, meeting.approved_text = state, newest.text
    meeting.approved_sha256 = rules.fingerprint(newest.text)
    meeting.approved_at, meeting.approved_by_user_id = at, by.user_id
    meeting.save(
        update_fields=["state", "approved_text", "approved_sha256", "approved_at", "approved_by_user_id"]
    )
    record(meeting.body.agreement, meeting, "minutes_approved", by)
    return meeting


@transaction.atomic
def publish_minutes(*, meeting_id: int, at: datetime, by: Actor) -> Meeting:
    """Let everybody who may see the meeting read its minutes. Raises NotFound, NotYours, WrongState."""
    meeting = kept_meeting(meeting_id, by)
    meeting.state = rules.after("publish", MeetingState(meeting.state))
    meeting.published_at = at
    meeting.save(update_fields=["state", "published_at"])
    record(meeting.body.agreement, meeting, "minutes_published", by)
    return meeting


@transaction.atomic
def add_erratum(*, meeting_id: int, text: str, at: datetime, by: Actor) -> Erratum:
    """Correct approved minutes beside their text. Raises NotFound, NotYours, WrongState, TextMissing."""
    meeting = kept_meeting(meeting_id, by)
    if meeting.state not in (MeetingState.APPROVED, MeetingState.PUBLISHED):
        raise WrongState(meeting.state)
    if not text.strip():
        raise TextMissing(str(meeting_id))
    erratum = Erratum.objects.create(meeting=meeting, text=text, user_id=by.user_id, added_at=at)
    record(meeting.body.agreement, erratum, "erratum", by)
    return erratum


def newest_revision(meeting: Meeting) -> MinutesRevision | None:
    """The minutes as they stand now."""
    return meeting.revisions.order_by("-number").first()
