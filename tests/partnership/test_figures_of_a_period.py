"""Figures of any period and body, and the papers they and minutes become."""

import io
from datetime import timedelta
from typing import Any

import docx
import pypdf
import pytest
from django.urls import reverse

from spoiwo.institutions.types import Role
from spoiwo.partnership import queries, services
from spoiwo.partnership.types import MeetingKind, OutcomeKind, Visibility
from tests.makers import institutions as people
from tests.makers import partnership as make
from tests.makers.partnership import DAY, NOON
from tests.partnership.test_screens_of_the_partnership import browser

pytestmark = pytest.mark.django_db


def two_bodies():
    """A council that met in March and in May, and a forum that met in April."""
    partnership = make.agreement(people.institution(name="Sygnatariusz"))
    council, forum = make.body(partnership), make.body(partnership, name="Forum Wymiany")
    march = make.meeting(council, held=True, title="Posiedzenie marcowe")
    make.outcome(march, adopted=True, kind=OutcomeKind.RECOMMENDATION)
    make.meeting(council, held=True, starts_on=DAY + timedelta(days=60), title="Posiedzenie majowe")
    make.meeting(
        forum, held=True, starts_on=DAY + timedelta(days=30), kind=MeetingKind.FORUM, title="Forum kwietniowe"
    )
    return partnership, council, forum


def counted(partnership, first, last, body=None):
    return {one.key: one.value for one in queries.figures_of_period(partnership, first, last, body)}


def test_a_period_and_a_body_narrow_every_figure():
    partnership, council, forum = two_bodies()
    sent = make.communique(council, approved=True)
    services.send_communique(communique_id=sent.pk, at=NOON, day=DAY, by=make.secretary(partnership))
    spring = (DAY, DAY + timedelta(days=40))

    whole = counted(partnership, *spring)
    of_council = counted(partnership, *spring, council)
    of_forum = counted(partnership, *spring, forum)
    year = {one.key: one.value for one in queries.figures_of_year(partnership, DAY.year)}

    keys = ("council_meetings", "forum_meetings", "recommendations", "communiques", "signatories")
    assert [whole[key] for key in keys] == [1, 1, 1, 1, 1]
    assert [of_council[key] for key in keys] == [1, 0, 1, 1, 1]
    assert [of_forum[key] for key in keys] == [0, 1, 0, 0, 1]
    assert [year[key] for key in keys] == [2, 1, 1, 1, 1]


def test_on_screen_a_figure_opens_its_rows_and_the_paper_lists_them():
    partnership, council, _forum = two_bodies()
    secretary = browser(partnership.secretariat, Role.SECRETARY)
    page = reverse("partnership:period", args=[partnership.pk])
    asked = {"od": "1.03.2026", "do": "31.03.2026", "cialo": council.pk}

    opened = secretary.get(page, {**asked, "klucz": "council_meetings"}).content.decode()
    wrong = secretary.get(page, {"od": "1.03.2026", "do": "1.02.2026"}).content.decode()
    paper = secretary.get(reverse("partnership:period_file", args=[partnership.pk, "docx"]), asked)
    refused = secretary.get(reverse("partnership:period_file", args=[partnership.pk, "docx"]), {"od": "kawa"})

    assert "Posiedzenie marcowe" in opened
    assert "Posiedzenie majowe" not in opened
    assert secretary.get(page).status_code == 200
    assert "wcześniej niż pierwszy" in wrong
    cells = [cell.text for table in docx.Document(io.BytesIO(paper.content)).tables for cell in table._cells]
    assert "Posiedzenie marcowe" in cells
    assert refused.status_code == 404


def test_minutes_as_pdf_are_tagged_with_headed_tables_in_polish():
    partnership, council, _forum = two_bodies()
    meeting = council.meetings.order_by("pk").first()
    secretary = make.secretary(partnership)
    text = "## Przebieg\n\nObradowano.\n\n- punkt pierwszy"
    services.write_minutes(meeting_id=meeting.pk, seen=0, text=text, at=NOON, by=secretary)

    answer = browser(partnership.secretariat, Role.SECRETARY).get(
        reverse("partnership:minutes_file", args=[meeting.uuid, "pdf"])
    )

    root: Any = pypdf.PdfReader(io.BytesIO(answer.content)).trailer["/Root"]
    kinds = {one.get("/S") for one in _elements(root["/StructTreeRoot"])}
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"])) == ("pl", True)
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TR", "/TH", "/TD"} <= kinds


def _elements(node):
    children = node.get("/K", [])
    for child in children if isinstance(children, list) else [children]:
        one = child.get_object()
        if isinstance(one, dict) and "/S" in one:
            yield one
            yield from _elements(one)


def test_what_is_for_members_of_a_body_only_is_counted_and_not_told_to_others():
    member, other = people.institution(), people.institution()
    partnership = make.agreement(member, other)
    council = make.body(partnership)
    make.seat(council, member)
    inside = make.meeting(council, held=True, title="Sprawy kadrowe", visibility=Visibility.BODY)
    make.meeting(council, held=True, title="Posiedzenie jawne")
    make.outcome(inside, adopted=True, text="Zmienić skład")
    year = DAY.year

    def seen(office, name, *args, **query):
        address = reverse(f"partnership:{name}", args=[partnership.pk, *args])
        page = browser(office, Role.CASE_WORKER).get(address, query).content.decode()
        return "Posiedzenie jawne" in page, "Sprawy kadrowe" in page, "Tylko dla członków ciała" in page

    days = {"od": f"01.01.{year}", "do": f"31.12.{year}", "klucz": "council_meetings"}
    assert seen(member, "report_rows", year, "council_meetings") == (True, True, False)
    assert seen(other, "report_rows", year, "council_meetings") == (True, False, True)
    assert seen(other, "period", **days) == (True, False, True)
    lists = queries.lists_shown(partnership, year)
    assert [words for _day, words in lists["council_meetings"]] == ["Posiedzenie jawne"]
    assert lists["conclusions"] == []


def test_an_approved_report_keeps_its_lists_and_names_who_entered_a_figure():
    partnership, council, _forum = two_bodies()
    secretary = people.member(partnership.secretariat, Role.SECRETARY)
    by = people.acting(secretary)
    begun = services.begin_report(agreement_id=partnership.pk, year=DAY.year, by=by)
    services.enter_figure(
        report_id=begun.pk, key="targi", label="Targi", value=2, reason="Rejestr ich nie obejmuje", by=by
    )

    services.approve_report(report_id=begun.pk, at=NOON, by=by)
    council.meetings.filter(title="Posiedzenie majowe").update(title="Zmieniony tytuł")

    kept = [words for _day, words in queries.lists_shown(partnership, DAY.year)["council_meetings"]]
    desk = browser(partnership.secretariat, Role.SECRETARY)
    page = desk.get(reverse("partnership:report", args=[partnership.pk, DAY.year])).content.decode()
    paper = desk.get(reverse("partnership:report_file", args=[partnership.pk, DAY.year, "docx"])).content
    tables = docx.Document(io.BytesIO(paper)).tables
    begun.refresh_from_db()
    assert kept == ["Posiedzenie marcowe", "Posiedzenie majowe"]
    assert f"Rejestr ich nie obejmuje · {secretary.user.full_name}" in page
    assert "Posiedzenie majowe" in [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert begun.sha256 == services.fingerprint_of(begun)
