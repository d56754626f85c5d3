"""Minutes: revisions that overwrite nobody, amendments by those who were there, words that stay once approved."""

from datetime import timedelta

import pytest

from spoiwo.institutions.types import Role
from spoiwo.partnership import queries, services
from spoiwo.partnership.errors import (
    AmendmentsOpen,
    NotFound,
    NotYours,
    ReasonMissing,
    TextMissing,
    WindowClosed,
    WrongState,
)
from spoiwo.partnership.models import Mandate
from spoiwo.partnership.rules.meetings import fingerprint
from spoiwo.partnership.types import AmendmentState, MeetingState, Presence, Seat
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import institutions as people
from tests.makers import partnership as make
from tests.makers.partnership import DAY, NOON

pytestmark = pytest.mark.django_db


def held_meeting():
    chair, member = people.institution(), people.institution()
    partnership = make.agreement(chair, member)
    council = make.body(partnership)
    make.seat(council, chair, Seat.CHAIR)
    make.seat(council, member)
    meeting = make.meeting(council, held=True)
    return meeting, make.secretary(partnership), make.worker(chair, Role.DIRECTOR), make.worker(member)


def write(meeting, by, text, seen=0):
    return services.write_minutes(meeting_id=meeting.pk, seen=seen, text=text, at=NOON, by=by)


def amend(meeting, by, passage, proposal, today=DAY):
    return services.propose_amendment(
        meeting_id=meeting.pk, passage=passage, proposal=proposal, at=NOON, today=today, by=by
    )


def test_from_a_draft_to_published_minutes_with_an_amendment():
    meeting, secretary, chair, member = held_meeting()

    write(meeting, secretary, "Obecnych było pięć osób.")
    services.open_review(meeting_id=meeting.pk, until=DAY, by=secretary)
    amendment = amend(meeting, member, "pięć osób", "sześć osób")
    with pytest.raises(AmendmentsOpen):
        services.approve_minutes(meeting_id=meeting.pk, seen=1, at=NOON, by=chair)
    services.decide_amendment(amendment_id=amendment.pk, accept=True, at=NOON, by=secretary)
    with pytest.raises(Conflict):
        services.approve_minutes(meeting_id=meeting.pk, seen=1, at=NOON, by=chair)
    services.approve_minutes(meeting_id=meeting.pk, seen=2, at=NOON, by=chair)
    published = services.publish_minutes(meeting_id=meeting.pk, at=NOON, by=secretary)
    services.add_erratum(meeting_id=meeting.pk, text="Było siedem osób.", at=NOON, by=secretary)

    assert published.state == MeetingState.PUBLISHED
    assert published.approved_text == "Obecnych było sześć osób."
    assert published.approved_sha256 == fingerprint("Obecnych było sześć osób.")
    assert published.errata.get().text == "Było siedem osób."
    with pytest.raises(WrongState):
        write(meeting, secretary, "Inny tekst", seen=2)


def test_without_an_account_the_chair_is_the_director_and_without_a_chair_nobody_approves():
    meeting, secretary, chair, member = held_meeting()
    write(meeting, secretary, "Tekst.")
    services.open_review(meeting_id=meeting.pk, until=DAY, by=secretary)
    mandate = Mandate.objects.get(body=meeting.body, seat=Seat.CHAIR)

    def approve(by):
        return services.approve_minutes(meeting_id=meeting.pk, seen=1, at=NOON, by=by)

    account = people.user()
    Mandate.objects.filter(pk=mandate.pk).update(user=account)
    with pytest.raises(NotYours):
        approve(chair)
    Mandate.objects.filter(pk=mandate.pk).update(user=None, valid_to=DAY)
    with pytest.raises(NotYours):
        approve(chair)
    Mandate.objects.filter(pk=mandate.pk).update(valid_to=None)
    with pytest.raises(NotYours):
        approve(member)

    assert approve(chair).approved_text == "Tekst."


def test_minutes_nobody_wrote_are_not_approved():
    meeting, secretary, chair, _member = held_meeting()
    write(meeting, secretary, "Tekst.")
    services.open_review(meeting_id=meeting.pk, until=DAY, by=secretary)
    meeting.revisions.all().delete()

    with pytest.raises(TextMissing):
        services.approve_minutes(meeting_id=meeting.pk, seen=1, at=NOON, by=chair)


def test_two_writers_lose_nothing():
    meeting, secretary, *_ = held_meeting()
    write(meeting, secretary, "pierwsza")

    with pytest.raises(Conflict) as conflict:
        write(meeting, secretary, "druga", seen=0)

    assert (conflict.value.differences[0].yours, conflict.value.differences[0].saved) == ("druga", "pierwsza")
    assert write(meeting, secretary, "obie", seen=conflict.value.version).number == 2


def test_only_those_who_were_there_amend_and_only_in_time():
    meeting, secretary, _chair, member = held_meeting()
    write(meeting, secretary, "tekst")
    with pytest.raises(WrongState):
        amend(meeting, member, "", "x")
    services.open_review(meeting_id=meeting.pk, until=DAY, by=secretary)
    outsider = people.institution()
    make.sign(meeting.body.agreement, outsider)

    with pytest.raises(NotYours):
        amend(meeting, make.worker(outsider), "", "x")
    with pytest.raises(WindowClosed):
        amend(meeting, member, "", "x", today=DAY + timedelta(days=1))
    with pytest.raises(NotFound):
        amend(meeting, make.worker(people.institution()), "", "x")


def test_a_refused_amendment_has_a_reason_and_changes_nothing():
    meeting, secretary, _chair, member = held_meeting()
    write(meeting, secretary, "tekst")
    services.open_review(meeting_id=meeting.pk, until=DAY, by=secretary)
    amendment = amend(meeting, member, "tekst", "inny")

    def decide(accept, answer=""):
        return services.decide_amendment(
            amendment_id=amendment.pk, accept=accept, answer=answer, at=NOON, by=secretary
        )

    with pytest.raises(ReasonMissing):
        decide(accept=False)
    refused = decide(accept=False, answer="Nie padło")

    assert (refused.state, refused.answer) == (AmendmentState.REJECTED, "Nie padło")
    assert services.newest_revision(meeting).text == "tekst"
    with pytest.raises(WrongState):
        decide(accept=True)
    with pytest.raises(NotFound):
        services.decide_amendment(amendment_id=0, accept=True, at=NOON, by=secretary)


def test_an_accepted_amendment_whose_passage_is_gone_leaves_the_text_to_the_secretary():
    meeting, secretary, _chair, member = held_meeting()
    write(meeting, secretary, "tekst")
    services.open_review(meeting_id=meeting.pk, until=DAY, by=secretary)
    amendment = amend(meeting, member, "czego nie ma", "inny")

    services.decide_amendment(amendment_id=amendment.pk, accept=True, at=NOON, by=secretary)

    assert services.newest_revision(meeting).text == "tekst"


def test_nothing_is_reviewed_approved_or_corrected_out_of_turn():
    meeting, secretary, chair, member = held_meeting()

    with pytest.raises(TextMissing):
        services.open_review(meeting_id=meeting.pk, until=DAY, by=secretary)
    with pytest.raises(WrongState):
        services.approve_minutes(meeting_id=meeting.pk, seen=0, at=NOON, by=chair)
    with pytest.raises(NotYours):
        services.approve_minutes(meeting_id=meeting.pk, seen=0, at=NOON, by=member)
    with pytest.raises(WrongState):
        services.add_erratum(meeting_id=meeting.pk, text="x", at=NOON, by=secretary)
    write(meeting, secretary, "tekst")
    services.open_review(meeting_id=meeting.pk, until=DAY, by=secretary)
    services.approve_minutes(meeting_id=meeting.pk, seen=1, at=NOON, by=chair)
    with pytest.raises(TextMissing):
        services.add_erratum(meeting_id=meeting.pk, text=" ", at=NOON, by=secretary)


def test_drafts_of_minutes_are_read_by_the_secretariat_then_by_guests_then_by_all():
    meeting, secretary, chair, member = held_meeting()
    outsider = people.institution()
    make.sign(meeting.body.agreement, outsider)
    stranger = make.worker(outsider)

    def readers():
        meeting.refresh_from_db()
        everybody = {"secretary": secretary, "chair": chair, "member": member, "stranger": stranger}
        return {name for name, actor in everybody.items() if queries.minutes_for(meeting, actor)}

    write(meeting, secretary, "tekst")
    assert readers() == {"secretary", "chair"}
    services.open_review(meeting_id=meeting.pk, until=DAY, by=secretary)
    assert readers() == {"secretary", "chair", "member"}
    services.approve_minutes(meeting_id=meeting.pk, seen=1, at=NOON, by=chair)
    services.publish_minutes(meeting_id=meeting.pk, at=NOON, by=secretary)
    assert readers() == {"secretary", "chair", "member", "stranger"}


def test_attendance_is_prefilled_and_exceptions_are_corrected():
    meeting, secretary, *_ = held_meeting()
    first, second = queries.attendance_of(meeting)

    services.set_presence(
        attendance_id=second.pk, presence=Presence.EXCUSED, represents="zastępca", by=secretary
    )

    assert {one.presence for one in queries.attendance_of(meeting)} == {"present", "excused"}
    assert queries.quorum_of(meeting) == (1, 2)
    assert first.presence == "present"
