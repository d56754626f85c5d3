"""Every page of the register opens for the adviser whose centre it belongs to, and says what it holds."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from spoiwo.institutions.models import Institution, User
from spoiwo.institutions.types import Kind, Role
from spoiwo.support.models import Delivery, Event, Participant, Path, Registration
from spoiwo.support.services import cases, events, partnerships
from spoiwo.support.types import CaseStage, EventKind, PartnershipState, RecipientKind, RecipientRef
from spoiwo.support.views import frame
from spoiwo.toolkit.context import acting_for
from tests.makers import institutions, support_things
from tests.makers import plans as plans_made
from tests.makers import support as made

pytestmark = pytest.mark.django_db
LISTS = (
    *(
        "list",
        "record",
        "day",
        "suggest",
        "people",
        "add_person",
        "entities",
        "add_entity",
        "groups",
        "add_group",
    ),
    *("events", "plan_event", "cases", "add_case", "partnerships", "add_partnership", "paths", "begin_path"),
    *("templates", "registers", "fund_file", "report", "coming"),
)
THINGS = {
    "change": "delivery",
    "withdraw": "delivery",
    "person": "supported person",
    "change_person": "supported person",
    "erase_person": "supported person",
    "entity": "supported entity",
    "change_entity": "supported entity",
    "become": "initiative group",
    "event": "event",
    "change_event": "event",
    "attendance": "event",
    "evaluation": "event",
    "case": "support case",
    "remove_document": "case document",
    "partnership": "partnership group",
    "path": "path",
    "leave": "path",
    "apply": "public event",
    "verify": "certificate",
}
REGISTERS = ("animacja", "promocja", "cykle", "projekty", "kfs")


def browser_of(by) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(pk=by.user_id))
    return browser


def test_every_page_opens():
    office = institutions.institution("", Kind.OWES, short_name="OWES Próbny", teryt="0861011")
    things = dict(support_things.things_of(office, "Próbna"))
    browser = browser_of(made.adviser_of(office))
    addresses = [reverse(f"support:{name}") for name in LISTS]
    addresses += [reverse(f"support:{name}", args=things[kind]) for name, kind in THINGS.items()]
    addresses += [
        reverse(f"support:{name}", args=[slug])
        for slug in REGISTERS
        for name in ("register_of", "add_to_register")
    ]

    answers = {address: browser.get(address) for address in addresses}

    assert {address: one.status_code for address, one in answers.items() if one.status_code != 200} == {}
    holes = {address for address, one in answers.items() if re.search(r"\{[{%]", one.content.decode())}
    assert holes == set()


def test_every_figure_of_a_report_opens_its_rows():
    office = institutions.institution("", Kind.OWES, teryt="0861011")
    dict(support_things.things_of(office, "Próbna"))
    browser = browser_of(made.adviser_of(office))
    page = browser.get("/wsparcie/sprawozdanie/?first=2024-01-01&last=2024-12-31").content.decode()

    links = re.findall(r'href="(/wsparcie/sprawozdanie/[a-z_.]+/\?[^"]+)"', page)

    assert len(links) > 10
    assert {link: browser.get(link.replace("&amp;", "&")).status_code for link in links} == dict.fromkeys(
        links, 200
    )


@pytest.mark.parametrize(
    ("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")]
)
def test_the_report_is_one_click_to_a_file(form, begins):
    by = made.centre()
    made.delivered(by, made.person(by))

    answer = browser_of(by).get(f"/wsparcie/sprawozdanie/plik.{form}?first=2024-01-01&last=2024-12-31")

    assert answer.status_code == 200
    assert answer.content.startswith(begins)


def test_advice_is_written_down_for_somebody_new_and_repeated_from_the_last_entry():
    by = made.centre()
    browser = browser_of(by)
    data = {
        "recipient": "Ewa Maria Nowak",
        "new_kind": "person",
        "kind": "specialist",
        "day": "14.05.2024",
        "minutes": "45",
        "topic": "statut",
        "mode": "office",
        "adviser_id": str(by.user_id),
    }

    first = browser.post("/wsparcie/zapisz/", data)
    page = browser.get("/wsparcie/zapisz/").content.decode()

    assert first.status_code == 302
    with acting_for(by.institution_id):
        (person,) = Participant.objects.visible_to(by)
        (delivery,) = Delivery.objects.visible_to(by)
    assert (person.first_name, person.last_name) == ("Ewa Maria", "Nowak")
    assert (delivery.minutes, delivery.kind) == (45, "specialist")
    assert f'value="Nowak Ewa Maria · O-{person.pk}"' in page
    assert 'value="45"' in page


def test_a_line_of_the_day_sheet_that_is_wrong_saves_none():
    by = made.centre()
    person = made.person(by, last_name="Nowak")
    browser = browser_of(by)
    lines = {f"row-{place}-kind": "general" for place in range(8)}
    data = {
        "sheet-day": "14.05.2024",
        "row-TOTAL_FORMS": "8",
        "row-INITIAL_FORMS": "0",
        **lines,
        "row-0-recipient": f"Nowak · O-{person.pk}",
        "row-0-minutes": "30",
        "row-1-recipient": "Nikt Taki",
        "row-1-minutes": "30",
    }

    refused = browser.post("/wsparcie/dzien/", data)
    saved = browser.post("/wsparcie/dzien/", data | {"row-1-recipient": "", "row-1-minutes": ""})

    assert (refused.status_code, saved.status_code) == (422, 302)
    with acting_for(by.institution_id):
        assert Delivery.objects.visible_to(by).count() == 1


def test_who_registers_on_the_public_page_becomes_a_person_when_accepted():
    by = made.centre()
    event = made.event(by, 240, registration_until=None)
    with acting_for(by.institution_id):
        far = Event.objects.get(pk=event.pk)
        far.sessions.update(day="2099-05-14")
        Event.objects.filter(pk=event.pk).update(starts_on="2099-05-14", ends_on="2099-05-14")
    data = {"first_name": "Jan", "last_name": "Wymyślony", "email": "jan@example.pl"}

    applied = Client().post(f"/wsparcie/zapisy/{event.code}/", data)
    again = Client().post(f"/wsparcie/zapisy/{event.code}/", data)
    with acting_for(by.institution_id):
        (registration,) = Registration.objects.visible_to(by)
    browser_of(by).post(f"/wsparcie/zgloszenia/{registration.uuid}/", {"state": "accepted"})

    assert (applied.status_code, again.status_code) == (302, 422)
    with acting_for(by.institution_id):
        registration.refresh_from_db()
        assert registration.state == "accepted"
        assert str(registration.participant) == "Wymyślony Jan"


def test_a_list_far_too_long_to_leaf_through_is_counted_up_to_a_limit(monkeypatch):
    by = made.centre()
    for _ in range(4):
        made.person(by)
    browser = browser_of(by)
    monkeypatch.setattr(frame, "PAGE_SIZE", 2)
    whole = browser.get(reverse("support:people")).content.decode()

    monkeypatch.setattr(frame, "MOST_PAGED", 3)
    cut = browser.get(reverse("support:people"), {"page": "9"})

    assert "4 osoby" in whole
    assert "Ponad 3" in cut.content.decode()
    assert cut.context["page"].number == cut.context["page"].paginator.num_pages == 2


def test_a_person_is_erased_on_a_basis_after_a_question():
    by = made.centre()
    person = made.person(by, last_name="Wymyślona")
    browser, address = browser_of(by), reverse("support:erase_person", args=[person.uuid])

    refused = browser.post(address, {"basis": "nie"})
    done = browser.post(address, {"basis": "żądanie z 2 stycznia 2026"}, follow=True)

    assert refused.status_code == 422
    assert "Wymyślona" in refused.content.decode()
    assert "Wymyślona" not in done.content.decode()


def test_a_closed_report_says_what_would_be_another_figure_today():
    by = made.centre()
    made.delivered(by, made.person(by))
    browser, days = browser_of(by), {"first": "2024-01-01", "last": "2024-12-31"}
    browser.post(reverse("support:close"), days)
    made.delivered(by, made.person(by), minutes=90, correction_reason="znaleziono kartę")

    page = browser.get(reverse("support:report"), days).content.decode()
    paper = browser.get(reverse("support:report_file", args=["docx"]), days).content

    assert "Liczby, które dziś byłyby inne" in page
    assert "znaleziono kartę" in page
    with ZipFile(BytesIO(paper)) as archive:
        text = archive.read("word/document.xml").decode()
    assert "Liczby, które dziś byłyby inne" in text
    assert "2,50" in text  # an hour, and an hour and a half since


def test_companies_are_proposed_with_one_click():
    by = made.centre()
    firm = made.entity(by, "Firma Obiady", is_social=False)
    fair = made.event(by, kind=EventKind.FAIR)
    with acting_for(by.institution_id):
        events.add_exhibitors(fair.uuid, [firm.uuid], shows="obiady", by=by)
        group = partnerships.open_partnership(
            name="Grupa", area="obiady", needs="obiady", opened_on=made.DAY, by=by
        )
    browser, address = browser_of(by), reverse("support:suggest_companies", args=[group.uuid])

    found, again = (browser.post(address, follow=True).content.decode() for _ in range(2))
    with acting_for(by.institution_id):
        partnerships.move_partnership(group.uuid, state=PartnershipState.CLOSED, on=made.DAY, by=by)
    closed = browser.post(address, follow=True).content.decode()

    assert "Zaproponowano 1 firmę." in found
    assert "Firma Obiady" in found
    assert "O żadnej firmie" in again
    assert "Tego nie można teraz zrobić." in closed


def test_who_saves_what_somebody_saved_before_has_nothing_to_choose():
    by = made.centre()
    event, given = made.event(by, 240, title="Statut"), made.delivered(by, made.person(by), topic="statut")
    browser = browser_of(by)
    for address in (
        reverse("support:change_event", args=[event.uuid]),
        reverse("support:change", args=[given.uuid]),
    ):
        opened = browser.get(address).context["form"].initial
        sent = {name: value for name, value in opened.items() if value is not None}
        sent |= {"day": "14.05.2024"} if "day" in sent else {}

        first, second = (browser.post(address, sent) for _ in range(2))

        assert first.status_code == 302, first.context["form"].errors
        assert (second.status_code, second["Location"]) == (302, address)
        assert "to samo" in browser.get(address).content.decode()


def form_of(page: str) -> dict[str, str]:
    """What a browser would send of a page: hidden fields and text boxes as they stand."""
    found = re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', page)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def test_who_saves_second_sees_both_values_and_chooses():
    by = made.centre()
    person = made.person(by, last_name="Nowak", phone="600 100 200")
    browser = browser_of(by)
    address = reverse("support:change_person", args=[person.uuid])
    sent = {"first_name": "Ewa", "last_name": "Nowak", "labour_status": "unknown", "education": "unknown"}

    first = browser.post(address, sent | {"phone": "700", "supported_from": "3.02.2024", "version": "1"})
    second = browser.post(address, sent | {"phone": "800", "supported_from": "4.02.2024", "version": "1"})
    page = second.content.decode()
    third = browser.post(address, form_of(page))

    assert (first.status_code, second.status_code, third.status_code) == (302, 409, 302)
    assert [one for one in ("700", "800", "3 lutego 2024", "4 lutego 2024") if one not in page] == []
    assert "600 100 200" not in page
    with acting_for(by.institution_id):
        person.refresh_from_db()
    assert (person.phone, person.version) == ("800", 3)


def test_two_who_change_an_entity_an_event_or_an_entry_are_told_of_each_other():
    by = made.centre()
    entity = made.entity(by, "Kuchnia")
    happening = made.event(by, 240, title="Statut")
    given = made.delivered(by, entity, minutes=60)
    browser = browser_of(by)
    sent = {
        reverse("support:change_entity", args=[entity.uuid]): {"name": "Inna", "kind": "OTHER_PES"},
        reverse("support:change_event", args=[happening.uuid]): {
            "kind": "training",
            "title": "Statut od nowa",
            "sessions": "14.05.2024 9:30 200 Wstęp [sala B]",
        },
        reverse("support:change", args=[given.uuid]): {
            "recipient": f"Kuchnia · P-{entity.pk}",
            "kind": "specialist",
            "day": "14.05.2024",
            "starts_at": "10:00",
            "minutes": "45",
            "mode": "office",
            "adviser_id": str(by.user_id),
        },
    }

    answers = {one: browser.post(one, data | {"version": "7"}) for one, data in sent.items()}
    chosen = {one: browser.post(one, data | {"version": "1"}) for one, data in sent.items()}

    assert {one.status_code for one in answers.values()} == {409}
    pages = [one.content.decode() for one in answers.values()]
    assert ("Kuchnia" in pages[0], "Inna" in pages[0]) == (True, True)
    assert ("9:30 200 Wstęp [sala B]" in pages[1], "9:00 240" in pages[1]) == (True, True)
    assert ("specjalistyczn" in pages[2].lower(), "10:00" in pages[2]) == (True, True)
    assert {one.status_code for one in chosen.values()} == {302}
    with acting_for(by.institution_id):
        session = happening.sessions.get()
    assert (session.title, session.track) == ("Wstęp", "sala B")


def test_a_file_of_a_case_is_added_saved_and_deleted_on_the_screen():
    by = made.centre()
    browser = browser_of(by)
    person = made.person(by)
    with acting_for(by.institution_id):
        case = cases.open_case(
            recipient=RecipientRef(RecipientKind.PERSON, person.uuid), goal="firma", opened_on=made.DAY, by=by
        )
    address = reverse("support:add_document", args=[case.uuid])

    wrong = browser.post(address, {"document-file": SimpleUploadedFile("a.exe", b"MZ")})
    added = browser.post(address, {"document-file": SimpleUploadedFile("żywe kopie.pdf", b"%PDF-1")})
    page = browser.get(reverse("support:case", args=[case.uuid])).content.decode()
    (uuid,) = set(re.findall(r"/wsparcie/dokumenty/([0-9a-f-]{36})/usun/", page))
    file = browser.get(reverse("support:document", args=[uuid]))
    gone = browser.post(reverse("support:remove_document", args=[uuid]))
    again = browser.get(reverse("support:document", args=[uuid]))

    assert (wrong.status_code, added.status_code, gone.status_code, again.status_code) == (422, 302, 302, 404)
    assert file.content == b"%PDF-1"
    assert file["Content-Disposition"].startswith("attachment; filename*=utf-8''%C5%BCywe")
    assert file["Content-Type"] == "application/octet-stream"


def test_a_file_of_a_closed_case_stays():
    by = made.centre()
    browser = browser_of(by)
    with acting_for(by.institution_id):
        recipient = RecipientRef(RecipientKind.PERSON, made.person(by).uuid)
        case = cases.open_case(recipient=recipient, goal="firma", opened_on=made.DAY, by=by)
        kept = cases.add_document(case.uuid, name="a.pdf", content=b"%PDF", by=by)
        cases.move_case(case.uuid, stage=CaseStage.CLOSED, closed_on=made.DAY, by=by)

    browser.post(reverse("support:remove_document", args=[kept.uuid]))

    assert browser.get(reverse("support:document", args=[kept.uuid])).status_code == 200


def test_a_path_leads_to_the_joint_plans_of_its_candidates():
    pair = plans_made.active()
    with acting_for(pair.plan.institution_id):
        number = str(pair.plan.number)
    office = Institution.objects.get(pk=pair.plan.institution_id)
    adviser = made.adviser_of(office)
    worker = made.adviser_of(office, Role.SUPPORT_ADVISER, Role.CASE_WORKER)
    path = dict(support_things.things_of(office, "Próbna"))["path"]
    Path.objects.filter(uuid=path[0]).update(plan_refs=f"{number}; WP/1999/1")

    plain = browser_of(adviser).get(reverse("support:path", args=path)).content.decode()
    linked = browser_of(worker).get(reverse("support:path", args=path)).content.decode()
    opened = browser_of(worker).get(reverse("plans:numbered", args=[number]))
    absent = browser_of(worker).get(reverse("plans:numbered", args=["WP/1999/1"]))

    assert number in plain
    assert "/plany/numer/" not in plain
    assert reverse("plans:numbered", args=[number]) in linked
    assert opened["Location"] == reverse("plans:plan", args=[pair.plan.uuid])
    assert absent.status_code == 404
