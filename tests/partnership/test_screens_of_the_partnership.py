"""The partnership on screen: forms that keep what was typed, files, feeds, answers by a signed link."""

import json
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.institutions.types import Role
from spoiwo.partnership import queries, services
from spoiwo.partnership.models import Letter, Meeting, Outcome
from spoiwo.partnership.types import Channel, Seat, Visibility
from tests.makers import institutions as people
from tests.makers import partnership as make
from tests.makers.partnership import DAY, NOON

pytestmark = pytest.mark.django_db


def browser(office, *roles):
    client = Client()
    client.force_login(people.member(office, *roles).user)
    return client


def council_with_secretary():
    wup, member = people.institution(name="WUP"), people.institution(name="Członek")
    partnership = make.agreement(wup, member, secretariat=wup)
    council = make.body(partnership)
    make.seat(council, member, Seat.CHAIR)
    return council, member, browser(wup, Role.SECRETARY)


def posted(client, name, *args, **data):
    return client.post(reverse(f"partnership:{name}", args=args), data)


def test_a_refusal_stands_above_the_form_and_nothing_typed_is_lost():
    council, _, secretary = council_with_secretary()
    stranger = people.institution(name="Obcy")

    answer = posted(
        secretary,
        "seat",
        council.pk,
        institution=stranger.pk,
        seat="member",
        function="dyrektor",
        since="1.02.2026",
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "nie jest sygnatariuszem" in page
    assert 'value="dyrektor"' in page


def test_somebody_elses_change_of_a_meeting_is_shown_beside_ones_own():
    council, _, secretary = council_with_secretary()
    meeting = make.meeting(council)
    services.change_meeting(
        meeting_id=meeting.pk,
        version=1,
        details=make.details(place="sala 1"),
        at=NOON,
        by=make.secretary(council.agreement),
    )

    def send(version):
        return posted(
            secretary, "edit_meeting", meeting.uuid, title=meeting.title, kind="council", starts_on="10.03.2026",
            place="sala 2", visibility="partners", version=version,
        )  # fmt: skip

    answer = send(1)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "sala 1" in page
    assert "sala 2" in page
    assert send(2).status_code == 302
    assert Meeting.objects.get().place == "sala 2"


def test_minutes_become_files_for_those_who_may_read_them():
    council, member, secretary = council_with_secretary()
    meeting = make.meeting(council, held=True)
    make.outcome(meeting, adopted=True)
    posted(secretary, "write_minutes", meeting.uuid, seen=0, text="## Przebieg\n\nOmówiono.\n\n- punkt")

    word = secretary.get(reverse("partnership:minutes_file", args=[meeting.uuid, "docx"]))
    paper = secretary.get(reverse("partnership:minutes_file", args=[meeting.uuid, "pdf"]))
    sheet = secretary.get(reverse("partnership:sheet", args=[meeting.uuid, "pdf"]))
    early = browser(member, Role.CASE_WORKER).get(
        reverse("partnership:minutes_file", args=[meeting.uuid, "pdf"])
    )

    assert word.content.startswith(b"PK")
    assert paper.content.startswith(b"%PDF")
    assert sheet.content.startswith(b"%PDF")
    assert early.status_code == 404


def test_the_signed_link_of_an_invitation_answers_without_signing_in():
    council, *_ = council_with_secretary()
    meeting = make.meeting(council, announced=True, starts_on=timezone.localdate() + timedelta(days=5))
    address = reverse("partnership:rsvp", args=[services.link_key(queries.attendance_of(meeting)[0])])

    opened = Client().get(address)
    answered = Client().post(address, {"answer": "accepted"})

    assert opened.status_code == answered.status_code == 200
    assert "Zapisano dla Członek" in answered.content.decode()
    assert queries.attendance_of(meeting)[0].answer == "accepted"
    assert Client().get(reverse("partnership:rsvp", args=["zly"])).status_code == 404


def test_everybody_reads_public_communiques_on_pages_and_in_feeds():
    council, *_ = council_with_secretary()
    by = make.secretary(council.agreement)
    for visibility in (Visibility.PUBLIC, Visibility.PARTNERS):
        draft = make.communique(
            council, approved=True, title=f"Komunikat {visibility}", visibility=visibility
        )
        services.send_communique(communique_id=draft.pk, channels=[Channel.IN_APP], at=NOON, day=DAY, by=by)

    atom = ET.fromstring(Client().get(reverse("partnership:atom")).content)
    feed = json.loads(Client().get(reverse("partnership:json_feed")).content)
    page = Client().get(reverse("partnership:public")).content.decode()
    shown = Client().get(reverse("partnership:public_communiques")).content.decode()

    titles = [one.text for one in atom.iterfind("{*}entry/{*}title")]
    assert titles == [item["title"] for item in feed["items"]] == ["1/2026 Komunikat public"]
    assert "Komunikat public" in page
    assert "Komunikat partners" not in page + shown


def test_a_quoted_figure_is_typed_in_a_line_and_shown_with_its_doubt():
    council, _, secretary = council_with_secretary()
    meeting = make.meeting(council, held=True)

    posted(
        secretary, "add_item", meeting.uuid, title="Rynek pracy", kind="common",
        figures="? stopa bezrobocia; 9,3; %; 2015; PUP\noferty; 12",
    )  # fmt: skip
    item = queries.agenda_of(meeting, make.secretary(council.agreement))[0]
    form = secretary.get(reverse("partnership:edit_item", args=[item.pk])).content.decode()
    page = secretary.get(reverse("partnership:meeting", args=[meeting.uuid])).content.decode()

    assert [(one.value, one.unit, one.is_doubtful) for one in item.figures.order_by("pk")] == [
        ("9,3", "%", True),
        ("12", "", False),
    ]
    assert "? stopa bezrobocia; 9,3; %; 2015; PUP" in form
    assert "wątpliwa" in page


def test_the_table_of_conclusions_is_searched_and_filtered():
    council, member, secretary = council_with_secretary()
    meeting = make.meeting(council, held=True)
    make.outcome(meeting, owner=member, text="Wizyta studyjna")
    make.outcome(meeting, adopted=True, text="Szkolenie")

    def shown(**asked):
        page = secretary.get(reverse("partnership:outcomes_table"), asked).content.decode()
        return [text for text in ("Wizyta studyjna", "Szkolenie") if text in page]

    assert shown() == ["Wizyta studyjna", "Szkolenie"]
    assert shown(q="wizyta") == ["Wizyta studyjna"]
    assert shown(state="adopted") == ["Szkolenie"]
    assert shown(owner=member.pk, state="open") == ["Wizyta studyjna"]
    assert shown(overdue="on") == []


def test_a_file_of_signatories_is_taken_in_on_screen():
    council, _, secretary = council_with_secretary()
    office = people.institution()
    file = SimpleUploadedFile("lista.csv", f"kod;dzien\n{office.code};2.01.2026\n".encode())

    answer = posted(secretary, "take_in", council.agreement_id, file=file)
    listed = secretary.get(
        reverse("partnership:signatories_file", args=[council.agreement_id]), {"dzien": "3.01.2026"}
    )

    assert answer.status_code == 302
    assert queries.is_signatory(council.agreement, office.pk, DAY)
    assert listed.content.startswith(b"PK")


def test_the_annual_report_opens_the_rows_behind_its_figures():
    council, _, secretary = council_with_secretary()
    meeting = make.meeting(council, held=True)
    where = (council.agreement_id, 2026)

    posted(secretary, "write_report", *where, narrative="Rok pracy", effects="- współpraca")
    posted(secretary, "report_figure", *where, label="Ulotki", value=7, reason="spis ręczny")
    posted(secretary, "settle_report", *where, "zatwierdzenie")
    posted(secretary, "settle_report", *where, "publikacja")
    page = secretary.get(reverse("partnership:report", args=where)).content.decode()
    rows = secretary.get(
        reverse("partnership:report_rows", args=[*where, "council_meetings"])
    ).content.decode()
    public = Client().get(reverse("partnership:public_report", args=where)).content.decode()

    assert "wpis ręczny" in page
    assert meeting.title in rows
    assert "Ulotki" in public
    assert secretary.get(reverse("partnership:report_file", args=[*where, "pdf"])).content.startswith(b"%PDF")


def test_letters_and_conclusions_are_written_on_screen():
    council, member, secretary = council_with_secretary()
    meeting = make.meeting(council, held=True)

    posted(secretary, "new_outcome", meeting.uuid, kind="action", text="Wystąpienie", action_kind="letter")
    made = Outcome.objects.get()
    posted(secretary, "new_letter", council.pk, to=member.pk, subject="Zapytanie", text="Prosimy", purpose="action",
           outcome=made.pk)  # fmt: skip
    letter = Letter.objects.get()
    posted(secretary, "send_letter", letter.uuid, number="7/2026", on="2.03.2026")
    answered = posted(
        browser(member, Role.DIRECTOR), "answer_letter", letter.uuid, answer="Zgoda", on="3.03.2026"
    )

    letter.refresh_from_db()
    assert answered.status_code == 302
    assert (letter.state, letter.outcome) == ("answered", made)


def test_the_operator_founds_an_agreement_on_screen():
    office = people.institution()
    operator = Client()
    operator.force_login(people.user(is_operator=True))

    answer = posted(
        operator,
        "found",
        title="Partnerstwo",
        code="nowe",
        secretariat=office.pk,
        signed_on="1.02.2026",
        scope="x",
    )

    assert answer.status_code == 302
    assert queries.agreement_by_code("nowe").secretariat == office
