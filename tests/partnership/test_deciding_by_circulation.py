"""Decisions by circulation, and files of meetings."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from spoiwo.institutions.types import Role
from spoiwo.partnership import queries, services
from spoiwo.partnership.errors import FileRefused, LinkSpent, NotCarried, NotFound, NotYours, WrongState
from spoiwo.partnership.models import MeetingFile, OutgoingMail
from spoiwo.partnership.rules.voting import Tally, Vote, is_carried, tally
from spoiwo.partnership.types import (
    Attached,
    ItemDetails,
    ItemKind,
    MeetingKind,
    OutcomeState,
    Presence,
    Seat,
    Step,
    Visibility,
)
from tests.makers import institutions as people
from tests.makers import partnership as make
from tests.makers.partnership import DAY, NOON
from tests.partnership.test_screens_of_the_partnership import browser, posted

PAPER = Attached("Zestawienie.pdf", b"%PDF-1.7 zestawienie")


@given(votes=some.lists(some.sampled_from(list(Vote))))
def test_every_vote_is_counted_once_and_silence_carries_nothing(votes):
    came_to = tally(votes)

    assert came_to.for_it + came_to.against + came_to.abstained + came_to.silent == len(votes)
    assert is_carried(came_to) is (votes.count(Vote.FOR) > votes.count(Vote.AGAINST))


def circulation(count=3, **more):
    """A council of so many offices that votes by circulation."""
    offices = [people.institution(email=f"rada{n}@example.pl") for n in range(count)]
    partnership = make.agreement(*offices)
    council = make.body(partnership)
    for number, office in enumerate(offices):
        make.seat(council, office, Seat.CHAIR if number == 0 else Seat.MEMBER)
    meeting = make.meeting(council, announced=True, kind=MeetingKind.CIRCULATION, aim="Zmiana planu", **more)
    return offices, meeting, make.secretary(partnership)


@pytest.mark.django_db
def test_members_vote_until_it_is_closed_and_a_majority_carries_it():
    offices, meeting, secretary = circulation()
    guests = {one.institution_id: one for one in queries.attendance_of(meeting)}

    services.vote(meeting_id=meeting.pk, vote=Vote.AGAINST, at=NOON, by=make.worker(offices[0]))
    services.vote(meeting_id=meeting.pk, vote=Vote.FOR, at=NOON, by=make.worker(offices[0]))
    services.vote_by_link(key=services.link_key(guests[offices[1].pk]), vote=Vote.FOR, at=NOON)
    with pytest.raises(NotYours):
        services.vote(meeting_id=meeting.pk, vote=Vote.FOR, at=NOON, by=secretary)
    services.hold(meeting_id=meeting.pk, at=NOON, by=secretary)
    made = make.outcome(meeting, adopted=True)

    assert made.state == OutcomeState.ADOPTED
    assert queries.tally_of(meeting) == Tally(2, 0, 0, 1)
    assert [one.presence for one in queries.attendance_of(meeting)] == [
        Presence.PRESENT, Presence.PRESENT, Presence.ABSENT,
    ]  # fmt: skip
    with pytest.raises(WrongState):
        services.vote(meeting_id=meeting.pk, vote=Vote.FOR, at=NOON, by=make.worker(offices[2]))
    with pytest.raises(LinkSpent):
        services.vote_by_link(key=services.link_key(guests[offices[2].pk]), vote=Vote.FOR, at=NOON)


@pytest.mark.django_db
def test_without_a_majority_nothing_is_adopted_and_ordinary_meetings_have_no_votes():
    offices, meeting, secretary = circulation(2)
    for office, vote in zip(offices, (Vote.FOR, Vote.AGAINST), strict=True):
        services.vote(meeting_id=meeting.pk, vote=vote, at=NOON, by=make.worker(office))
    services.hold(meeting_id=meeting.pk, at=NOON, by=secretary)
    made = make.outcome(meeting)
    ordinary = make.meeting(meeting.body, announced=True)
    guest = queries.attendance_of(ordinary)[0]

    with pytest.raises(NotCarried):
        services.take_step(outcome_id=made.pk, step=Step.ADOPT, at=NOON, today=DAY, by=secretary)
    with pytest.raises(WrongState):
        services.vote(meeting_id=ordinary.pk, vote=Vote.FOR, at=NOON, by=make.worker(offices[0]))
    with pytest.raises(LinkSpent):
        services.vote_by_link(key=services.link_key(guest), vote=Vote.FOR, at=NOON)


@pytest.mark.django_db
def test_on_screen_and_by_letter_the_vote_is_seen_and_printed(client):
    offices, meeting, secretary = circulation(2, visibility=Visibility.PUBLIC)
    services.queue_invitations(meeting_id=meeting.pk, at=NOON)
    letter = OutgoingMail.objects.filter(to="rada1@example.pl").get()
    member, keeper = (
        browser(offices[0], Role.DIRECTOR),
        browser(meeting.body.agreement.secretariat, Role.SECRETARY),
    )
    page = reverse("partnership:meeting", args=[meeting.uuid])

    assert "Twoja instytucja głosuje" in member.get(page).content.decode()
    assert posted(member, "vote", meeting.uuid, vote="kawa").headers["Location"] == page
    voted = member.post(reverse("partnership:vote", args=[meeting.uuid]), {"vote": "for"}, follow=True)
    link = next(word for word in letter.text.split() if "/zaproszenie/" in word)
    path = "/partnerstwo" + link.partition("/partnerstwo")[2]
    asked = client.get(path).content.decode()
    answered = client.post(path, {"vote": "abstain"}).content.decode()

    assert "Głos Twojej instytucji" in voted.content.decode()
    assert "Zmiana planu" in asked
    assert "Wstrzymuje się" in answered
    assert "Wstrzymuje się" in keeper.get(page).content.decode()
    services.hold(meeting_id=meeting.pk, at=NOON, by=secretary)
    services.write_minutes(meeting_id=meeting.pk, seen=0, text="Przyjęto.", at=NOON, by=secretary)
    printed = keeper.get(reverse("partnership:minutes_file", args=[meeting.uuid, "docx"]))
    assert printed.status_code == 200
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_a_file_is_read_by_those_who_see_its_item_and_taken_off_before_approval():
    office, member_office = people.institution(), people.institution()
    partnership = make.agreement(office, member_office)
    council = make.body(partnership)
    make.seat(council, member_office)
    meeting, secretary = make.meeting(council, announced=True), make.secretary(partnership)
    inner = services.add_item(
        meeting_id=meeting.pk, details=ItemDetails(title="Skład", kind=ItemKind.INTERNAL), by=secretary
    )

    for_all = services.add_file(meeting_id=meeting.pk, file=PAPER, by=secretary)
    inside = services.add_file(meeting_id=meeting.pk, item_id=inner.pk, file=PAPER, by=secretary)

    signatory, member = make.worker(office), make.worker(member_office)
    assert queries.meeting_file(signatory, for_all.pk) == for_all
    assert queries.meeting_file(signatory, inside.pk) is None
    assert queries.meeting_file(member, inside.pk) == inside
    assert for_all.sha256 == inside.sha256
    services.remove_file(file_id=inside.pk, by=secretary)
    assert MeetingFile.objects.count() == 1
    for wrong, error in (
        (lambda: services.add_file(meeting_id=meeting.pk, item_id=0, file=PAPER, by=secretary), NotFound),
        (lambda: services.add_file(meeting_id=meeting.pk, file=PAPER, by=member), NotYours),
        (lambda: services.remove_file(file_id=0, by=secretary), NotFound),
        (lambda: services.remove_file(file_id=for_all.pk, by=member), NotYours),
        (
            lambda: services.add_file(meeting_id=meeting.pk, file=Attached("x.exe", b"MZ"), by=secretary),
            FileRefused,
        ),
    ):
        with pytest.raises(error):
            wrong()


@pytest.mark.django_db
def test_on_screen_a_file_is_added_read_and_taken_off():
    office = people.institution()
    wup = people.institution()
    partnership = make.agreement(office, secretariat=wup)
    meeting = make.meeting(make.body(partnership), announced=True)
    secretary, signatory = browser(wup, Role.SECRETARY), browser(office, Role.CASE_WORKER)
    page = reverse("partnership:meeting", args=[meeting.uuid])

    refused = posted(secretary, "add_meeting_file", meeting.uuid, file=SimpleUploadedFile("a.exe", b"MZ"))
    posted(secretary, "add_meeting_file", meeting.uuid, file=SimpleUploadedFile("plan.pdf", b"%PDF-1"))
    kept = MeetingFile.objects.get()
    read = signatory.get(reverse("partnership:meeting_file", args=[kept.pk]))

    assert refused.status_code == 422
    assert "plan.pdf" in signatory.get(page).content.decode()
    assert b"".join(read.streaming_content) == b"%PDF-1"
    assert posted(signatory, "remove_meeting_file", kept.pk).status_code == 403
    assert posted(secretary, "remove_meeting_file", kept.pk).headers["Location"] == page
    assert not MeetingFile.objects.exists()


@pytest.mark.django_db
def test_everybody_reads_a_public_meeting_and_its_minutes_once_they_are_published(client):
    office = people.institution()
    partnership = make.agreement(office)
    council, secretary = make.body(partnership), make.secretary(partnership)
    make.seat(council, office, Seat.CHAIR)
    meeting = make.meeting(council, held=True, visibility=Visibility.PUBLIC, title="Posiedzenie otwarte")
    services.add_item(meeting_id=meeting.pk, details=ItemDetails(title="Plan roku"), by=secretary)
    services.add_item(
        meeting_id=meeting.pk,
        details=ItemDetails(title="Sprawy kadrowe", kind=ItemKind.INTERNAL),
        by=secretary,
    )
    services.write_minutes(meeting_id=meeting.pk, seen=0, text="Uchwalono plan.", at=NOON, by=secretary)
    address = reverse("partnership:public_meeting", args=[meeting.uuid])
    before = client.get(address).content.decode()

    services.open_review(meeting_id=meeting.pk, until=DAY, by=secretary)
    chair = make.worker(office, Role.DIRECTOR)
    services.approve_minutes(meeting_id=meeting.pk, seen=1, at=NOON, by=chair)
    services.publish_minutes(meeting_id=meeting.pk, at=NOON, by=secretary)
    after = client.get(address).content.decode()
    partners_only = make.meeting(council, announced=True)

    assert "Plan roku" in before
    assert "Sprawy kadrowe" not in before + after
    assert "Uchwalono plan." not in before
    assert "Uchwalono plan." in after
    assert address in client.get(reverse("partnership:public")).content.decode()
    assert client.get(reverse("partnership:public_meeting", args=[partners_only.uuid])).status_code == 404


@pytest.mark.django_db
def test_a_vote_goes_through_no_open_conclusions_and_asks_nobody_whether_they_come():
    offices, meeting, secretary = circulation()
    council = meeting.body
    held = make.meeting(council, held=True)

    services.open_topic(body_id=council.pk, title="Dojazdy", on=DAY, by=secretary)
    make.outcome(held, adopted=True)
    later = make.meeting(council, kind=MeetingKind.CIRCULATION)
    page = browser(offices[0], Role.CASE_WORKER).get(reverse("partnership:meeting", args=[meeting.uuid]))

    assert [row.items.count() for row in (meeting, later)] == [0, 0]
    assert "Jeszcze bez odpowiedzi" not in page.content.decode()
