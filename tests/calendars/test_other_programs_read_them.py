"""Feeds and invitations, read by libical: the C library of GNOME's, KDE's and other calendars, with its own checks."""

import ctypes
import ctypes.util
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from spoiwo.calendars import services
from spoiwo.calendars.types import Attendee, Event
from spoiwo.partnership import services as partnership
from spoiwo.partnership.models import OutgoingMail
from tests.calendars.test_feeds_and_files import calcurse_reads
from tests.makers import institutions as people
from tests.makers import partnership as make

ANY = 0  # kind of properties in libical
NOON = datetime(2026, 6, 1, 10, tzinfo=UTC)  # 12:00 in Warsaw
RADA = Event(uid="u1@spoiwo", title="Rada", starts_at=NOON, ends_at=NOON + timedelta(hours=1))
WINTER = datetime(2026, 12, 1, 11, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Read:
    """What libical says of a file: the method, and every event by property."""

    method: str
    events: list[dict[str, str]]
    zones: int


def library() -> ctypes.CDLL:
    found = ctypes.util.find_library("ical")
    assert found, "libical is missing. Run: apt-get install -y libical3"
    loaded = ctypes.CDLL(found)
    for name in (
        "icalparser_parse_string", "icalcomponent_get_first_component", "icalcomponent_get_next_component",
        "icalcomponent_get_first_property", "icalcomponent_get_next_property",
    ):  # fmt: skip
        getattr(loaded, name).restype = ctypes.c_void_p
    for name in (
        "icalproperty_get_value_as_string", "icalproperty_get_property_name",
        "icalproperty_get_parameter_as_string",
    ):  # fmt: skip
        getattr(loaded, name).restype = ctypes.c_char_p
    return loaded


def libical_reads(content: bytes) -> Read:
    """Parse and check against RFC 5545 and RFC 5546 (libical's restriction tables); fail on any complaint."""
    ical = library()
    whole = ctypes.c_void_p(ical.icalparser_parse_string(content))
    assert whole.value, content
    assert ical.icalrestriction_check(whole) == 1
    assert ical.icalcomponent_count_errors(whole) == 0
    kinds = {name: ical.icalcomponent_string_to_kind(name) for name in (b"VEVENT", b"VTIMEZONE")}
    events, part = [], ical.icalcomponent_get_first_component(whole, kinds[b"VEVENT"])
    while part:
        events.append(dict(_properties(ical, ctypes.c_void_p(part))))
        part = ical.icalcomponent_get_next_component(whole, kinds[b"VEVENT"])
    own = dict(_properties(ical, whole))
    zones = ical.icalcomponent_count_components(whole, kinds[b"VTIMEZONE"])
    ical.icalcomponent_free(whole)
    return Read(own.get("METHOD", ""), events, zones)


def _properties(ical, part):
    found = ical.icalcomponent_get_first_property(part, ANY)
    while found:
        one = ctypes.c_void_p(found)
        name = ical.icalproperty_get_property_name(one).decode()
        value = ical.icalproperty_get_value_as_string(one).decode()
        zone = ical.icalproperty_get_parameter_as_string(one, b"TZID")
        yield name, f"{zone.decode()} {value}" if zone else value
        found = ical.icalcomponent_get_next_property(part, ANY)


def test_a_feed_passes_the_checks_of_another_library_summer_and_winter():
    day = replace(RADA, uid="u2@spoiwo", is_all_day=True, title="Konferencja")
    winter = replace(RADA, uid="u3@spoiwo", starts_at=WINTER, ends_at=WINTER + timedelta(hours=1))
    content = services.calendar_file([RADA, day, winter], name="Kalendarz", stamp=NOON)

    read = libical_reads(content)

    assert [one["DTSTART"] for one in read.events] == [
        "Europe/Warsaw 20260601T120000",
        "20260601",
        "Europe/Warsaw 20261201T120000",
    ]
    assert [one["UID"] for one in read.events] == ["u1@spoiwo", "u2@spoiwo", "u3@spoiwo"]
    assert read.zones == 1


@settings(deadline=None, derandomize=True, max_examples=30)
@given(
    title=some.text(some.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=60),
    place=some.text('aą;,:\\"\nĄ€𝄞', max_size=120),
    sequence=some.integers(0, 99),
)
def test_whatever_is_written_another_library_reads_the_same(title, place, sequence):
    event = replace(RADA, title=title, place=place, sequence=sequence)

    (read,) = libical_reads(services.calendar_file([event], name="k", stamp=NOON)).events

    assert (_plain(read["SUMMARY"]), read["SEQUENCE"]) == (title, str(sequence))
    assert _plain(read.get("LOCATION", "")) == place


def _plain(value):
    """libical gives the text as it stands in a file."""
    return (
        value.replace("\\\\", "\0")
        .replace("\\n", "\n")
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\0", "\\")
    )


@pytest.mark.django_db
def test_invitation_change_and_cancellation_are_understood_by_two_other_programs(tmp_path):
    office = people.institution(email="urzad@example.pl")
    council = make.body(make.agreement(office))
    make.seat(council, office)
    secretary = make.secretary(council.agreement)
    meeting = make.meeting(
        council, announced=True, starts_on=NOON.date(), starts_at=datetime(2026, 6, 1, 12).time()
    )
    partnership.queue_invitations(meeting_id=meeting.pk, at=NOON)
    moved = make.details(starts_on=NOON.date(), starts_at=datetime(2026, 6, 1, 13).time())
    partnership.change_meeting(meeting_id=meeting.pk, version=1, details=moved, at=NOON, by=secretary)
    partnership.queue_invitations(meeting_id=meeting.pk, at=NOON)
    partnership.cancel_meeting(meeting_id=meeting.pk, at=NOON, by=secretary)
    partnership.queue_invitations(meeting_id=meeting.pk, at=NOON)

    letters = [one.calendar.encode() for one in OutgoingMail.objects.order_by("pk")]
    read = [libical_reads(one) for one in letters]

    assert [one.method for one in read] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [one.events[0]["SEQUENCE"] for one in read] == ["0", "1", "2"]
    assert len({one.events[0]["UID"] for one in read}) == 1
    assert [one.events[0]["ATTENDEE"] for one in read] == ["mailto:urzad@example.pl"] * 3
    assert read[1].events[0]["DTSTART"] == "Europe/Warsaw 20260601T130000"
    assert read[2].events[0]["STATUS"] == "CANCELLED"
    assert "12:00" in calcurse_reads(letters[0], tmp_path)


def test_a_broken_file_does_not_pass():
    content = services.invitation_file(
        RADA, organiser=Attendee("a@example.pl", ""), attendees=[], method="REQUEST", stamp=NOON
    )

    with pytest.raises(AssertionError):
        libical_reads(content.replace(b"BEGIN:VEVENT", b"BEGIN:VEVENT\r\nDTSTART:jutro"))
