"""Feeds and files: read by two independent parsers, secret addresses that can be revoked, partners' files taken in."""

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from icalendar import Calendar

from spoiwo.calendars import services
from spoiwo.calendars.errors import CalendarUnreadable, EndsBeforeStart, EntryNotFound
from spoiwo.calendars.models import Entry, Feed
from spoiwo.calendars.rules.clashes import Span, clashes
from spoiwo.calendars.types import Attendee, EntryDetails, Event
from spoiwo.institutions.models import Membership
from spoiwo.institutions.types import Role
from tests.makers import institutions as people
from tests.makers.partnership import worker

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 10, tzinfo=UTC)  # 12:00 in Warsaw
CALM = settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=list(HealthCheck))


def details(**values):
    given_values = {
        "source": "",
        "title": "Dyżur",
        "starts_at": NOON,
        "ends_at": NOON + timedelta(hours=2),
        **values,
    }
    return EntryDetails(**given_values)


def event(**values):
    base = {"uid": "u1@spoiwo", "title": "Rada", "starts_at": NOON, "ends_at": NOON + timedelta(hours=1)}
    return Event(**{**base, **values})


def calcurse_reads(content, tmp_path):
    """The appointments that calcurse, a calendar program written in C, takes from the file."""
    program = shutil.which("calcurse")
    assert program, "calcurse is missing. Run: apt-get install -y calcurse"
    file = tmp_path / "feed.ics"
    file.write_bytes(content)
    folder = tmp_path / "calcurse"
    done = subprocess.run(
        [program, "-D", str(folder), "-i", str(file)],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": os.environ["PATH"], "TZ": "Europe/Warsaw", "LANG": "C.UTF-8", "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    listed = subprocess.run(
        [program, "-D", str(folder), "-Q", "--from", "01/01/2026", "--days", "365"],
        capture_output=True, text=True, check=True,
        env={"PATH": os.environ["PATH"], "TZ": "Europe/Warsaw", "LANG": "C.UTF-8", "HOME": str(tmp_path)},
    )  # fmt: skip
    return listed.stdout


def test_a_feed_is_read_by_a_library_and_by_a_calendar_program(tmp_path):
    content = services.calendar_file(
        [
            event(place="Sala 7; parter", description="Pierwszy wiersz\nżółty, drugi"),
            event(uid="u2@spoiwo", title="Konferencja", is_all_day=True, ends_at=NOON + timedelta(days=1)),
        ],
        name="Kalendarz",
        stamp=NOON,
    )

    first, second = Calendar.from_ical(content).events
    shown = calcurse_reads(content, tmp_path)

    assert first["dtstart"].dt.astimezone(UTC) == NOON
    assert str(first["location"]) == "Sala 7; parter"
    assert second.duration.days == 2
    assert "Rada" in shown
    assert "12:00" in shown
    assert "Konferencja" in shown
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_an_invitation_names_organiser_and_guest_and_asks_for_an_answer():
    content = services.invitation_file(
        event(sequence=3),
        organiser=Attendee("sekretariat@example.pl", "Sekretariat"),
        attendees=[Attendee("gosc@example.pl", "Urząd")],
        method="REQUEST",
        stamp=NOON,
    )

    calendar = Calendar.from_ical(content)
    component = calendar.events[0]
    assert str(calendar["method"]) == "REQUEST"
    assert str(component["organizer"]) == "mailto:sekretariat@example.pl"
    assert component["attendee"].params["RSVP"] == "TRUE"
    assert component.sequence == 3


@CALM
@given(
    title=some.text(some.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60),
    minutes=some.integers(0, 60 * 24 * 3),
    start=some.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)),
)
def test_what_is_written_is_read_back(title, minutes, start):
    starts_at = start.replace(second=0, microsecond=0, tzinfo=UTC)
    written = event(title=title, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes))

    read = services.read_calendar(
        services.calendar_file([written], name="k", stamp=NOON), since=datetime(2019, 1, 1, tzinfo=UTC)
    )

    assert [(one.title, one.starts_at, one.ends_at) for one in read] == [
        (title, written.starts_at, written.ends_at)
    ]


def test_a_secret_address_shows_what_its_owner_sees_until_it_is_revoked():
    office, other = people.institution(), people.institution()
    member = people.member(office, Role.CASE_WORKER)
    by = people.acting(member)
    now = timezone.now()
    services.plan_entry(details(title="Nasz dyżur", starts_at=now, ends_at=now), at=NOON, by=by)
    services.plan_entry(details(title="Cudzy", starts_at=now, ends_at=now), at=NOON, by=worker(other))
    key = services.make_feed(name="telefon", at=NOON, by=by)
    address = reverse("calendars:feed", args=[key])

    shown = Client().get(address)
    feed = Feed.objects.get()

    assert shown["Content-Type"].startswith("text/calendar")
    assert "Nasz dyżur" in shown.content.decode()
    assert "Cudzy" not in shown.content.decode()
    assert key not in feed.key_sha256
    assert feed.last_read_at is not None
    services.note_reading(feed, at=feed.last_read_at + timedelta(minutes=59))
    assert Feed.objects.get().last_read_at == feed.last_read_at
    services.note_reading(feed, at=feed.last_read_at + timedelta(minutes=61))
    assert Feed.objects.get().last_read_at == feed.last_read_at + timedelta(minutes=61)
    with pytest.raises(EntryNotFound):
        services.revoke_feed(feed_id=feed.pk, at=NOON, by=worker(office))
    services.revoke_feed(feed_id=feed.pk, at=NOON, by=by)
    assert Client().get(address).status_code == 404


def test_a_secret_address_dies_with_the_work_at_the_institution():
    member = people.member(people.institution(), Role.CASE_WORKER)
    key = services.make_feed(name="telefon", at=NOON, by=people.acting(member))
    address = reverse("calendars:feed", args=[key])
    assert Client().get(address).status_code == 200

    Membership.objects.filter(pk=member.pk).update(suspended_at=timezone.now())

    assert Client().get(address).status_code == 404
    Membership.objects.filter(pk=member.pk).update(suspended_at=None)
    member.user.is_active = False
    member.user.save()
    assert Client().get(address).status_code == 404


def test_the_public_feed_holds_public_entries_only():
    by = worker(people.institution())
    now = timezone.now()
    services.plan_entry(details(title="Otwarte", is_public=True, starts_at=now, ends_at=now), at=NOON, by=by)
    services.plan_entry(details(title="Zamknięte", starts_at=now, ends_at=now), at=NOON, by=by)

    shown = Client().get(reverse("calendars:public_feed")).content.decode()

    assert "Otwarte" in shown
    assert "Zamknięte" not in shown


def test_an_entry_keeps_its_uid_and_its_sequence_rises_with_visible_changes_only():
    pushed = [
        services.push_entry(details(source="x.y:1", **values), at=NOON)
        for values in ({}, {}, {"place": "sala 1"}, {"place": "sala 1", "is_public": True})
    ]

    assert [one.sequence for one in pushed] == [0, 0, 1, 1]
    assert {one.uid for one in pushed} == {"1@spoiwo"}
    services.withdraw_entry("x.y:1")
    assert not Entry.objects.exists()
    with pytest.raises(EndsBeforeStart):
        services.push_entry(details(source="x.y:2", ends_at=NOON - timedelta(hours=1)), at=NOON)


def test_an_own_appointment_is_seen_by_its_owner_alone():
    office = people.institution()
    membership, colleague = people.member(office, Role.CASE_WORKER), people.member(office, Role.CASE_WORKER)
    page = Client()
    page.force_login(membership.user)
    today = f"{timezone.localdate():%d.%m.%Y}"
    address = reverse("calendars:plan")

    page.post(address, {"title": "Lekarz", "starts_on": today, "only_me": "on", "is_public": "on"})

    entry = Entry.objects.get()
    assert (entry.owner_id, entry.is_public) == (membership.user_id, False)
    assert "widzę tylko ja" in page.get(reverse("calendars:calendar")).content.decode()
    assert "checked" in page.get(reverse("calendars:change", args=[entry.pk])).content.decode()
    mine, theirs = people.acting(membership), people.acting(colleague)
    assert Entry.objects.visible_to(mine).get() == entry
    assert not Entry.objects.visible_to(theirs).exists()
    with pytest.raises(EntryNotFound):
        services.cancel_entry(entry_id=entry.pk, at=NOON, by=theirs)


def test_people_change_their_own_entries_and_no_others():
    office = people.institution()
    by = worker(office)
    own = services.plan_entry(details(), at=NOON, by=by)
    pushed = services.push_entry(details(source="x.y:1", institution_id=office.pk), at=NOON)

    changed = services.plan_entry(details(title="Inny"), entry_id=own.pk, at=NOON, by=by)
    services.cancel_entry(entry_id=own.pk, at=NOON, by=by)

    own.refresh_from_db()
    assert (changed.pk, own.title, own.is_cancelled, own.sequence) == (own.pk, "Inny", True, 2)
    for entry, actor in ((pushed, by), (own, worker(people.institution()))):
        with pytest.raises(EntryNotFound):
            services.cancel_entry(entry_id=entry.pk, at=NOON, by=actor)
    nobody = worker(office).__class__(user_id=1, institution_id=office.pk)
    for service in (
        lambda: services.plan_entry(details(), at=NOON, by=nobody),
        lambda: services.make_feed(name="x", at=NOON, by=nobody),
        lambda: services.take_in(name="x", content=b"", at=NOON, by=nobody),
    ):
        with pytest.raises(EntryNotFound):
            service()


def test_a_group_is_who_was_named_last():
    first, second = people.institution(), people.institution()
    services.set_group("g", name="Grupa", institution_ids=[first.pk])
    services.push_entry(details(source="x.y:1", group="g"), at=NOON)

    services.set_group("g", name="Grupa", institution_ids=[second.pk])

    assert not Entry.objects.visible_to(worker(first)).exists()
    assert Entry.objects.visible_to(worker(second)).exists()


PARTNER = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//partner//PL\r
BEGIN:VEVENT\r
UID:raz@partner\r
DTSTAMP:20260101T000000Z\r
DTSTART:20260605T090000\r
DURATION:PT90M\r
SUMMARY:Szkolenie\r
URL:javascript:alert(1)\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:co-tydzien@partner\r
DTSTAMP:20260101T000000Z\r
DTSTART;TZID=Europe/Warsaw:20260601T080000\r
DTEND;TZID=Europe/Warsaw:20260601T090000\r
RRULE:FREQ=WEEKLY;COUNT=3\r
EXDATE;TZID=Europe/Warsaw:20260608T080000\r
SUMMARY:Odprawa\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:dzien@partner\r
DTSTAMP:20260101T000000Z\r
DTSTART;VALUE=DATE:20260610\r
SUMMARY:Dzien otwarty\r
STATUS:CANCELLED\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_a_partners_file_is_taken_in_whole_and_replaces_what_was_taken_in_before():
    office = people.institution()
    by = worker(office)

    for _ in range(2):
        assert services.take_in(name="CIS", content=PARTNER, at=NOON, by=by) == 4

    entries = {
        (one.title, timezone.localtime(one.starts_at).strftime("%m-%d %H:%M")) for one in Entry.objects.all()
    }
    assert entries == {
        ("Szkolenie", "06-05 09:00"),
        ("Odprawa", "06-01 08:00"),
        ("Odprawa", "06-15 08:00"),
        ("Dzien otwarty", "06-10 00:00"),
    }
    assert Entry.objects.get(title="Szkolenie").url == ""
    assert Entry.objects.get(title="Dzien otwarty").is_cancelled
    assert not Entry.objects.visible_to(worker(people.institution())).exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"to nie kalendarz", "format"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n", "empty"),
        (b"x" * 2_000_001, "too_large"),
        (PARTNER.replace(b"UID:raz@partner\r\n", b""), "format"),
    ],
)
def test_what_is_no_calendar_is_refused(content, reason):
    with pytest.raises(CalendarUnreadable) as refusal:
        services.read_calendar(content, since=NOON)

    assert refusal.value.reason == reason


@CALM
@given(
    spans=some.lists(some.tuples(some.integers(0, 40), some.integers(0, 10), some.booleans()), max_size=12)
)
def test_clashes_are_the_entries_that_share_time(spans):
    base = NOON
    made = [
        Span(number, base + timedelta(hours=start), base + timedelta(hours=start + length), counts)
        for number, (start, length, counts) in enumerate(spans)
    ]

    expected = {
        one.id
        for one in made
        for other in made
        if one.id != other.id and one.counts and other.counts
        and max(one.starts_at, other.starts_at) < min(one.ends_at, other.ends_at)
    }  # fmt: skip

    assert expected <= clashes(made)
    assert all(one.counts for one in made if one.id in clashes(made))
