"""Invitations: e-mails that calendar programs understand, answers by a signed link or on screen."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from spoiwo.calendars import services as calendars
from spoiwo.calendars.types import Attendee, Event
from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies
from spoiwo.partnership.errors import LinkSpent, NotFound, NotYours, WrongState
from spoiwo.partnership.models import Attendance, Meeting
from spoiwo.partnership.rules import meetings as rules
from spoiwo.partnership.services import outbox
from spoiwo.partnership.services.calendar_of_meetings import OFF, place_of, source_of, times_of
from spoiwo.partnership.services.reaching import kept_meeting, locked, record
from spoiwo.partnership.types import Answer, MeetingKind, MeetingState, Presence
from spoiwo.toolkit.jobs import enqueue

MAIL_INVITATIONS = "partnership.mail_invitations"
SALT = "partnership.rsvp"
DAYS_VALID = 120


@transaction.atomic
def invite(
    *, meeting_id: int, institution_id: int, function: str = "", is_voting: bool = False, by: Actor
) -> Attendance:
    """Put an institution on the list of guests; of a meeting announced already it is told at once.

    Raises NotFound, NotYours, WrongState.
    """
    meeting = kept_meeting(meeting_id, by)
    rules.check_writable(MeetingState(meeting.state))
    guest, is_new = Attendance.objects.get_or_create(
        meeting=meeting, institution_id=institution_id, function=function, defaults={"is_voting": is_voting}
    )
    record(meeting.body.agreement, guest, "invited", by)
    if is_new and meeting.state == MeetingState.ANNOUNCED:
        transaction.on_commit(partial(enqueue, MAIL_INVITATIONS, meeting_id=meeting.pk))
    return guest


@transaction.atomic
def set_presence(*, attendance_id: int, presence: Presence, represents: str = "", by: Actor) -> Attendance:
    """Correct the attendance sheet. Raises NotFound, NotYours, WrongState before the meeting was held."""
    guest = Attendance.objects.select_for_update(of=("self",)).filter(pk=attendance_id).first()
    if guest is None:
        raise NotFound(str(attendance_id))
    meeting = kept_meeting(guest.meeting_id, by)
    if meeting.state not in rules.TAKEN_PLACE or meeting.state in rules.CLOSED:
        raise WrongState(meeting.state)
    guest.presence, guest.represents = presence, represents
    guest.save(update_fields=["presence", "represents"])
    record(meeting.body.agreement, guest, "presence", by)
    return guest


@transaction.atomic
def answer_invitation(*, meeting_id: int, answer: Answer, at: datetime, by: Actor) -> int:
    """Answer for one's institution on screen; answers how many seats that covers.

    Raises NotFound, NotYours when the institution is not invited, WrongState when it is too late.
    """
    meeting: Meeting = locked(Meeting, meeting_id, by)
    if meeting.state != MeetingState.ANNOUNCED:
        raise WrongState(meeting.state)
    seats = meeting.attendances.filter(institution_id=by.institution_id)
    if not policies.works_somewhere(by) or not seats.exists():
        raise NotYours(str(meeting_id))
    done = seats.update(answer=answer, answered_at=at)
    record(meeting.body.agreement, meeting, f"answer_{answer}", by)
    return done


def link_key(guest: Attendance) -> str:
    """The signed part of the address under which a guest answers without signing in."""
    return signing.dumps(str(guest.uuid), salt=SALT, compress=True)


def guest_of_link(key: str) -> Attendance:
    """The guest a signed link was made for. Raises LinkSpent when it is forged, old, or the meeting is over."""
    try:
        uuid = signing.loads(key, salt=SALT, max_age=DAYS_VALID * 86_400)
    except signing.BadSignature:
        raise LinkSpent("signature") from None
    guest = (
        Attendance.objects.select_related("meeting__body__agreement", "institution").filter(uuid=uuid).first()
    )
    if guest is None or guest.meeting.state != MeetingState.ANNOUNCED:
        raise LinkSpent("over")
    return guest


@transaction.atomic
def answer_by_link(*, key: str, answer: Answer, at: datetime) -> Attendance:
    """Answer an invitation from its letter. Raises LinkSpent."""
    guest = guest_of_link(key)
    guest.answer, guest.answered_at = answer, at
    guest.save(update_fields=["answer", "answered_at"])
    record(guest.meeting.body.agreement, guest, f"answer_{answer}", None)
    return guest


@transaction.atomic
def queue_invitations(*, meeting_id: int, at: datetime) -> int:
    """Put a letter for every guest with an address into the outbox; answers how many.

    A letter is known by guest and sequence, so doing it twice sends nothing twice.
    """
    meeting = Meeting.objects.select_related("body__agreement__secretariat", "host").get(pk=meeting_id)
    queued = 0
    for guest in meeting.attendances.select_related("institution", "user").order_by("pk"):
        if address := _address(guest):
            with override("pl"):
                queued += outbox.put(_letter(meeting, guest, address, at), at=at)
    return queued


def event_of(meeting: Meeting) -> Event:
    """The meeting as calendar programs know it; the uid is the same in letters and feeds."""
    starts_at, ends_at = times_of(meeting)
    return Event(
        uid=f"{source_of(meeting).rpartition(':')[2]}@spoiwo",
        title=meeting.title,
        starts_at=starts_at,
        ends_at=ends_at,
        is_all_day=meeting.starts_at is None,
        sequence=meeting.sequence,
        place=place_of(meeting),
        description=meeting.aim,
        url=f"{settings.PUBLIC_URL}{reverse('partnership:meeting', args=[meeting.uuid])}",
        is_cancelled=meeting.state in OFF,
    )


def _letter(meeting: Meeting, guest: Attendance, address: str, at: datetime) -> outbox.Draft:
    secretariat = meeting.body.agreement.secretariat
    method = "CANCEL" if meeting.state in OFF else "REQUEST"
    file = calendars.invitation_file(
        event_of(meeting),
        organiser=Attendee(secretariat.email or settings.DEFAULT_FROM_EMAIL, secretariat.name),
        attendees=[Attendee(address, guest.institution.name)],
        method=method,
        stamp=at,
    )
    subject, text = _words(meeting, guest)
    return outbox.Draft(
        about=f"meeting:{meeting.pk}",
        key=f"meeting-{meeting.uuid}-{guest.uuid}-{meeting.sequence}-{method.lower()}",
        to=address,
        subject=subject,
        text=text,
        calendar=file.decode(),
        calendar_method=method,
    )


def _words(meeting: Meeting, guest: Attendance) -> tuple[str, str]:
    day = date_format(meeting.starts_on, "j E Y")
    values = {"title": meeting.title, "day": day, "place": place_of(meeting) or "–", "aim": meeting.aim}
    if meeting.state in OFF:
        subject = _("Called off: %(title)s, %(day)s") % values
        return subject, _("The meeting “%(title)s” planned for %(day)s will not take place.") % values
    link = f"{settings.PUBLIC_URL}{reverse('partnership:rsvp', args=[link_key(guest)])}"
    changed, is_vote = meeting.sequence > 0, meeting.kind == MeetingKind.CIRCULATION and guest.is_voting
    subject = (_("Changed: %(title)s, %(day)s") if changed else _("Invitation: %(title)s, %(day)s")) % values
    hour = f" {meeting.starts_at:%H:%M}" if meeting.starts_at else ""
    lines = [
        meeting.title,
        f"{day}{hour}",
        place_of(meeting),
        meeting.aim,
        "",
        (_("Vote: %(link)s") if is_vote else _("Say whether you will come: %(link)s")) % {"link": link},
    ]
    return subject, "\n".join(lines)


def _address(guest: Attendance) -> str:
    if guest.user is not None and guest.user.is_active:
        return guest.user.email
    return guest.institution.email
