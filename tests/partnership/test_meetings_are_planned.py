"""Meetings: drafts send nothing, guests are told of every visible change, answers count, agendas are copied."""

from datetime import date, time, timedelta

import pytest
from django.core import mail
from icalendar import Calendar

from spoiwo.calendars.models import Entry
from spoiwo.institutions.types import Role
from spoiwo.partnership import queries, services
from spoiwo.partnership.errors import LinkSpent, NotFound, NotYours, WrongState
from spoiwo.partnership.models import OutgoingMail
from spoiwo.partnership.types import (
    Answer,
    Figure,
    ItemDetails,
    ItemKind,
    MeetingKind,
    MeetingState,
    Presence,
    Presenter,
    Seat,
    Visibility,
)
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import institutions as people
from tests.makers import partnership as make
from tests.makers.partnership import DAY, NOON

pytestmark = pytest.mark.django_db


def council_of(*offices):
    partnership = make.agreement(*offices)
    council = make.body(partnership)
    for office in offices:
        make.seat(council, office)
    return council, make.secretary(partnership)


def letters(meeting):
    services.queue_invitations(meeting_id=meeting.pk, at=NOON)
    return list(OutgoingMail.objects.order_by("pk"))


def event_in(letter):
    return Calendar.from_ical(letter.calendar).walk("VEVENT")[0]


def test_a_draft_sends_nothing_and_only_the_secretariat_sees_it():
    office = people.institution(email="a@example.pl")
    council, secretary = council_of(office)

    draft = make.meeting(council)

    assert not OutgoingMail.objects.exists()
    assert not Entry.objects.exists()
    assert queries.meeting(make.worker(office), draft.uuid) is None
    assert queries.meeting(secretary, draft.uuid) == draft


def test_an_invitation_keeps_its_uid_and_raises_its_sequence_with_every_visible_change():
    office = people.institution(email="a@example.pl")
    council, secretary = council_of(office)
    meeting = make.meeting(council, announced=True, starts_at=time(10), ends_at=time(12))
    letters(meeting)

    def change(version, **values):
        return services.change_meeting(
            meeting_id=meeting.pk,
            version=version,
            details=make.details(starts_at=time(10), ends_at=time(12), **values),
            at=NOON,
            by=secretary,
        )

    letters(change(1, place="sala 7"))
    letters(change(2, place="sala 7", headcount_other=5))  # guests cannot see that
    letters(services.cancel_meeting(meeting_id=meeting.pk, at=NOON, by=secretary))
    sent = letters(meeting)

    events = [event_in(one) for one in sent]
    assert [one.calendar_method for one in sent] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {str(event["uid"]) for event in events} == {f"{meeting.uuid}@spoiwo"}
    assert [int(event["sequence"]) for event in events] == [0, 1, 2]
    assert [str(event["status"]) for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert events[1].get("location") == "sala 7"
    assert len({one.message_id for one in sent}) == 3


def test_who_is_invited_to_a_meeting_announced_already_is_told_and_nobody_else_again(
    django_capture_on_commit_callbacks,
):
    first, late = people.institution(email="a@example.pl"), people.institution(email="p@example.pl")
    council, secretary = council_of(first)
    meeting, draft = make.meeting(council, announced=True), make.meeting(council)
    letters(meeting)

    with django_capture_on_commit_callbacks(execute=True):
        for row in (meeting, meeting, draft):
            services.invite(meeting_id=row.pk, institution_id=late.pk, by=secretary)

    assert list(OutgoingMail.objects.order_by("pk").values_list("to", flat=True)) == [
        "a@example.pl",
        "p@example.pl",
    ]


def test_a_question_opened_later_comes_onto_agendas_that_are_there_already():
    council, secretary = council_of(people.institution())
    coming, vote = make.meeting(council), make.meeting(council, kind=MeetingKind.CIRCULATION)
    past = make.meeting(council, starts_on=DAY - timedelta(days=9))

    services.open_topic(body_id=council.pk, title="Dojazdy", on=DAY, by=secretary)

    titles = {row.pk: [one.title for one in row.items.all()] for row in (coming, vote, past)}
    assert titles == {coming.pk: ["Dojazdy"], vote.pk: [], past.pk: []}


def test_the_letter_is_a_request_that_calendar_programs_understand():
    office = people.institution(email="a@example.pl")
    council, _ = council_of(office)
    letters(make.meeting(council, announced=True))

    services.send_waiting(clock=lambda: NOON)

    message = next(one for one in mail.outbox if one.to == ["a@example.pl"])
    parts = {part.get_content_type(): part for part in message.message().walk()}
    assert parts["text/calendar"].get_param("method") == "REQUEST"
    assert "/partnerstwo/zaproszenie/" in message.body


def test_guests_with_an_account_get_their_letter_there_and_guests_without_an_address_none():
    named, silent = people.institution(email="kancelaria@example.pl"), people.institution()
    council, _secretary = council_of(named, silent)
    meeting = make.meeting(council, announced=True)
    OutgoingMail.objects.all().delete()
    meeting.attendances.filter(institution=named).update(user=people.user("czlonek@example.pl"))

    assert [letter.to for letter in letters(meeting)] == ["czlonek@example.pl"]


def test_a_guest_answers_by_a_signed_link_until_the_meeting_is_over():
    office = people.institution()
    council, secretary = council_of(office)
    meeting = make.meeting(council, announced=True)
    guest = queries.attendance_of(meeting)[0]
    key = services.link_key(guest)

    services.answer_by_link(key=key, answer=Answer.ACCEPTED, at=NOON)

    guest.refresh_from_db()
    assert guest.answer == Answer.ACCEPTED
    with pytest.raises(LinkSpent):
        services.guest_of_link(key + "x")
    services.hold(meeting_id=meeting.pk, at=NOON, by=secretary)
    with pytest.raises(LinkSpent):
        services.answer_by_link(key=key, answer=Answer.DECLINED, at=NOON)


def test_who_declined_counts_as_excused_and_everybody_else_as_present():
    first, second = people.institution(), people.institution()
    council, secretary = council_of(first, second)
    meeting = make.meeting(council, announced=True)

    services.answer_invitation(meeting_id=meeting.pk, answer=Answer.DECLINED, at=NOON, by=make.worker(first))
    services.hold(meeting_id=meeting.pk, at=NOON, by=secretary)

    there = {one.institution_id: one.presence for one in queries.attendance_of(meeting)}
    assert there == {first.pk: Presence.EXCUSED, second.pk: Presence.PRESENT}
    with pytest.raises(WrongState):
        services.answer_invitation(
            meeting_id=meeting.pk, answer=Answer.ACCEPTED, at=NOON, by=make.worker(first)
        )


def test_only_invited_institutions_answer_and_presence_waits_for_the_meeting():
    office, other = people.institution(), people.institution()
    council, secretary = council_of(office)
    make.sign(council.agreement, other)
    meeting = make.meeting(council, announced=True)

    with pytest.raises(NotYours):
        services.answer_invitation(
            meeting_id=meeting.pk, answer=Answer.ACCEPTED, at=NOON, by=make.worker(other)
        )
    guest = services.invite(meeting_id=meeting.pk, institution_id=other.pk, by=secretary)
    with pytest.raises(WrongState):
        services.set_presence(attendance_id=guest.pk, presence=Presence.PRESENT, by=secretary)
    with pytest.raises(NotFound):
        services.set_presence(attendance_id=0, presence=Presence.PRESENT, by=secretary)


def test_an_announced_meeting_is_in_the_partners_calendar_and_a_called_off_one_is_struck_out():
    office, stranger = people.institution(), people.institution()
    council, secretary = council_of(office)
    meeting = make.meeting(council, announced=True, host_id=office.pk, visibility=Visibility.PARTNERS)

    entry = Entry.objects.visible_to(make.worker(office)).get()
    assert (entry.title, entry.is_all_day, entry.place) == (meeting.title, True, office.name)
    assert not Entry.objects.visible_to(make.worker(stranger)).exists()

    services.cancel_meeting(meeting_id=meeting.pk, at=NOON, by=secretary)
    entry.refresh_from_db()
    assert (entry.is_cancelled, entry.sequence) == (True, 1)


def test_meetings_for_the_body_or_of_an_unknown_day_stay_out_of_calendars():
    council, _ = council_of(people.institution())

    make.meeting(council, announced=True, visibility=Visibility.BODY)
    make.meeting(council, announced=True, day_known=False)

    assert not Entry.objects.exists()


def test_postponing_calls_the_old_one_off_and_drafts_another_with_its_agenda():
    office = people.institution(email="a@example.pl")
    council, secretary = council_of(office)
    services.open_topic(body_id=council.pk, title="Temat stały", on=DAY, by=secretary)
    old = make.meeting(council, announced=True)
    services.add_item(
        meeting_id=old.pk,
        details=ItemDetails(title="Inkubator", note="Powiedziano", presenters=(Presenter(office.pk),)),
        by=secretary,
    )

    new = services.postpone(
        meeting_id=old.pk, details=make.details(starts_on=DAY + timedelta(days=7)), at=NOON, by=secretary
    )

    old.refresh_from_db()
    items = queries.agenda_of(new, secretary)
    assert (old.state, old.replaced_by, new.state) == (MeetingState.POSTPONED, new, MeetingState.DRAFT)
    assert [(item.title, item.note) for item in items] == [("Temat stały", ""), ("Inkubator", "")]
    assert items[1].presenters.get().institution == office


def test_items_are_written_moved_and_taken_off():
    council, secretary = council_of()
    meeting = make.meeting(council)
    figure = Figure(label="bezrobocie", value="9,3", unit="%", source="PUP", is_doubtful=True)
    first = services.add_item(
        meeting_id=meeting.pk, details=ItemDetails(title="A", figures=(figure,)), by=secretary
    )
    second = services.add_item(meeting_id=meeting.pk, details=ItemDetails(title="B"), by=secretary)

    services.move_item(item_id=second.pk, up=True, by=secretary)
    services.move_item(item_id=second.pk, up=True, by=secretary)  # at the top already
    assert [item.title for item in queries.agenda_of(meeting, secretary)] == ["B", "A"]
    services.move_item(item_id=second.pk, up=False, by=secretary)
    services.change_item(item_id=second.pk, details=ItemDetails(title="B2"), by=secretary)
    services.remove_item(item_id=first.pk, by=secretary)

    assert [item.title for item in queries.agenda_of(meeting, secretary)] == ["B2"]
    with pytest.raises(NotFound):
        services.remove_item(item_id=first.pk, by=secretary)


def test_internal_items_are_for_members_only():
    member, signatory = people.institution(), people.institution()
    council, secretary = council_of(member)
    make.sign(council.agreement, signatory)
    meeting = make.meeting(council, announced=True)
    services.add_item(
        meeting_id=meeting.pk, details=ItemDetails(title="Poufny", kind=ItemKind.INTERNAL), by=secretary
    )

    assert len(queries.agenda_of(meeting, make.worker(member))) == 1
    assert len(queries.agenda_of(meeting, secretary)) == 1
    assert queries.agenda_of(meeting, make.worker(signatory)) == []


def test_two_people_who_change_a_meeting_see_both_values():
    council, secretary = council_of()
    meeting = make.meeting(council)
    services.change_meeting(
        meeting_id=meeting.pk, version=1, details=make.details(place="sala 1"), at=NOON, by=secretary
    )

    with pytest.raises(Conflict) as conflict:
        services.change_meeting(
            meeting_id=meeting.pk, version=1, details=make.details(place="sala 2"), at=NOON, by=secretary
        )

    assert [(one.field, one.yours, one.saved) for one in conflict.value.differences] == [
        ("place", "sala 2", "sala 1")
    ]


def test_deadlines_are_told_once_in_a_digest_to_a_widening_circle():
    owner, chair = people.institution(email="w@example.pl"), people.institution(email="p@example.pl")
    partnership = make.agreement(owner, chair)
    council = make.body(partnership)
    make.seat(council, chair, Seat.CHAIR)
    meeting = make.meeting(council, held=True)
    due = date(2026, 6, 1)
    for _ in range(2):
        made = make.outcome(meeting, owner=owner)
        made.due_to = due
        made.save(update_fields=["due_to"])

    def told(days):
        before = OutgoingMail.objects.count()
        services.queue_digests(today=due + timedelta(days=days), at=NOON)
        services.queue_digests(today=due + timedelta(days=days), at=NOON)
        return sorted(OutgoingMail.objects.order_by("pk").values_list("to", flat=True)[before:])

    OutgoingMail.objects.all().delete()
    assert told(-20) == []
    assert told(-14) == ["w@example.pl"]
    assert told(-13) == []
    assert told(1) == ["sekretariat@example.pl", "w@example.pl"]
    assert told(20) == ["p@example.pl", "sekretariat@example.pl", "w@example.pl"]
    assert OutgoingMail.objects.first().text.count("/W") == 2  # both in one letter


def test_a_conclusion_nobody_owns_is_told_to_the_secretariat():
    partnership = make.agreement(people.institution())
    made = make.outcome(make.meeting(make.body(partnership), held=True), adopted=True)
    made.due_to = date(2026, 6, 1)
    made.save(update_fields=["due_to"])
    OutgoingMail.objects.all().delete()

    services.queue_digests(today=date(2026, 6, 2), at=NOON)

    assert list(OutgoingMail.objects.values_list("to", flat=True)) == ["sekretariat@example.pl"]


def test_strangers_draft_nothing():
    council, _ = council_of(people.institution())

    with pytest.raises(NotFound):
        services.draft_meeting(
            body_id=council.pk,
            details=make.details(),
            at=NOON,
            by=make.worker(people.institution(), Role.SECRETARY),
        )
