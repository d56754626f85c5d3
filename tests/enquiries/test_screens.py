"""What people click: verify, ask, answer, certify, write; every page opens and says what it holds."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from spoiwo.audit.models import AuditRecord
from spoiwo.clients.types import FactKind
from spoiwo.enquiries.models import Confirmation, Conversation, Enquiry
from spoiwo.enquiries.queries import opened, waiting_for
from spoiwo.enquiries.types import Filing
from spoiwo.toolkit.sheets import xlsx_file
from tests.makers import enquiries as made
from tests.makers.access import legal_basis, purpose
from tests.makers.clients import bring_in_facts, fact, link, signed_in
from tests.makers.registers import bring_in, records, row

pytestmark = pytest.mark.django_db
PAGES = (
    "/wnioski/terminy/",
    "/sprawdz/moje/",
    "/wnioski/",
    "/wnioski/?box=sent",
    "/wnioski/nowy/",
    "/wnioski/z-listy/",
    "/sprawdz/",
)
MORE = ("/potwierdzenia/", "/wiadomosci/")


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def went_to(answer) -> str:
    """Where a redirect leads."""
    return str(answer.headers["Location"])


def value_of(name: str, page: str) -> str:
    """What a hidden field of the page holds."""
    found = re.search(rf'name="{name}" value="(\w+)"', page)
    assert found
    return found[1]


def enquiry_data(there, **fields):
    return {
        "asked": there.labour.pk,
        "pesel": made.PESEL,
        "last_name": "Nowak",
        "first_name": "Anna",
        "categories": ["identity", "status"],
        "purpose": purpose().pk,
        "legal_basis": legal_basis().pk,
        "grounds": "zasiłek",
        "case_ref": "OPS.1.2026",
        **fields,
    }


def with_own_client(there):
    bring_in(there.welfare, row("W1", pesel=made.PESEL, place="Lubiszyn", street="Leśna", house="4"))
    (own,) = records(there.welfare, "W1")
    link(own, there.record)
    return own


def test_every_page_opens_before_anything_is_there():
    browser = signed_in(made.offices().asker)

    assert [browser.get(page).status_code for page in PAGES + MORE] == [200] * 9


def test_an_officer_gets_a_yes_without_a_value():
    there = made.offices()
    own = with_own_client(there)
    browser = signed_in(there.asker)
    begun = browser.get(f"/sprawdz/?client={own.uuid}").content.decode()
    assert made.PESEL in begun
    assert 'value="Leśna"' in begun
    data = {
        "asked": there.labour.pk,
        "pesel": made.PESEL,
        "last_name": "Nowak",
        "questions": ["unemployed", "address"],
        "place": "Lubiszyn",
        "street": "Leśna",
        "house": "4",
        "purpose": "joint-support|act-art-1:1",
    }

    answer = browser.post("/sprawdz/", data)

    assert words(answer).count("Tak") >= 2
    assert "bezrobotna z prawem" not in words(answer).lower()
    assert browser.post("/sprawdz/", {**data, "last_name": ""}).status_code == 422
    mine = words(browser.get("/sprawdz/moje/"))
    assert "PUP Próbny" in mine
    assert "Nowak" not in mine
    assert "Nikogo jeszcze nie sprawdzano" in words(signed_in(there.officer).get("/sprawdz/moje/"))
    wrong = browser.post("/sprawdz/", {**data, "pesel": "12"})
    assert wrong.status_code == 422
    assert "błędny" in words(wrong)


@pytest.mark.parametrize("client", ["nie-uuid", "018f0000-0000-7000-8000-000000000000"])
def test_a_client_who_is_not_ours_begins_an_empty_form(client):
    browser = signed_in(made.offices().asker)

    assert made.PESEL not in browser.get(f"/sprawdz/?client={client}").content.decode()


def test_without_an_agreement_the_page_leads_to_an_enquiry():
    assert "/wnioski/nowy/" in signed_in(made.offices(agreed=False).asker).get("/sprawdz/").content.decode()


def test_an_enquiry_from_the_form_to_the_confirmation_and_the_public_page():
    there = made.offices(agreed=False)
    asker, officer = signed_in(there.asker), signed_in(there.officer)

    sent = asker.post("/wnioski/nowy/", enquiry_data(there))
    page = officer.get(went_to(sent))
    enquiry = Enquiry.objects.get()
    given = re.findall(r'name="line" value="([^"]+)"[^>]* checked', page.content.decode())
    digest = value_of("digest", page.content.decode())
    data = {"line": given, "digest": digest, "record": there.record.uuid, "case_ref": "PUP.1", "jrwa": "6110"}
    done = officer.post(f"{went_to(sent)}odpowiedz/", data, follow=True)

    assert "POT/1/" in words(done)
    assert waiting_for(there.asking).answers == 1
    assert "POT/1/" in words(asker.get(went_to(sent)))
    assert waiting_for(there.asking).answers == 0
    paper = Confirmation.objects.get()
    shown = words(asker.get(f"/potwierdzenia/{paper.uuid}/"))
    assert made.PESEL in shown
    public = words(Client().get(f"/dokument/{paper.institution_id}/{paper.code}/"))
    assert paper.sha256 in public
    assert paper.number in public
    assert "Nowak" not in public
    assert made.PESEL not in public
    assert Client().get(f"/dokument/{there.welfare.pk}/{paper.code}/").status_code == 404
    assert {line.field for line in opened.lines_of(paper)} == {"name", "birth_date", "pesel", "status"}
    assert enquiry.uuid == paper.enquiry.uuid


def test_sensitive_lines_are_not_ticked_by_themselves():
    there = made.offices()
    bring_in_facts(there.labour, fact("L1", FactKind.HEALTH, "choroba przewlekła"))
    items = {"items": ["health"], "items_basis": legal_basis("act-art-9").pk}
    asker, officer = signed_in(there.asker), signed_in(there.officer)

    sent = asker.post("/wnioski/nowy/", enquiry_data(there, **items))
    page = officer.get(went_to(sent)).content.decode()

    assert re.search(r'value="fact-\d+" id="line-1-5">', page)
    assert "choroba przewlekła" in page
    missing = asker.post("/wnioski/nowy/", enquiry_data(there, items=["health"]))
    assert missing.status_code == 422


def test_drafts_are_corrected_sent_and_thrown_away():
    there = made.offices()
    browser = signed_in(there.asker)
    page = browser.post("/wnioski/nowy/", enquiry_data(there, draft="1")).headers["Location"]
    assert "Wyślij" in words(browser.get(page))
    version = value_of("version", browser.get(f"{page}zmien/").content.decode())

    changed = browser.post(f"{page}zmien/", enquiry_data(there, version=version, jrwa="5120"))
    late = browser.post(f"{page}zmien/", enquiry_data(there, version=version, categories=["contact"]))
    kept = browser.post(
        f"{page}zmien/", enquiry_data(there, version="2", categories=["contact"], overwrite="1", last_name="")
    )

    assert changed.status_code == 302
    assert late.status_code == 422
    assert "Wartość zapisana w tym czasie" in words(late)
    assert "Kontakt" in words(late)
    assert kept.status_code == 422
    assert browser.post(f"{page}wyslij/").status_code == 302
    assert Enquiry.objects.get().state == "sent"
    assert "Ktoś był szybszy" in words(browser.post(f"{page}wyslij/", follow=True))
    assert browser.get(f"{page}zmien/").status_code == 404
    browser.post(f"{page}usun/")
    assert Enquiry.objects.count() == 1
    other = browser.post("/wnioski/nowy/", enquiry_data(there, draft="1")).headers["Location"]
    browser.post(f"{other}usun/")
    assert Enquiry.objects.count() == 1
    assert browser.get(other).status_code == 404


def test_the_next_enquiry_begins_as_the_last_one():
    there = made.offices()
    browser = signed_in(there.asker)
    browser.post("/wnioski/nowy/", enquiry_data(there, categories=["benefits"], jrwa="5120"))

    page = browser.get("/wnioski/nowy/").content.decode()

    assert f'value="{there.labour.pk}" selected' in page
    assert 'value="5120"' in page


def test_refusing_and_having_nothing():
    there = made.offices()
    refused, nothing = made.sent(there), made.sent(there, sought=made.sought(last_name="Obca"))
    officer, asker = signed_in(there.officer), signed_in(there.asker)

    assert "Nikt" in words(officer.get(f"/wnioski/{nothing.uuid}/"))
    empty = officer.post(f"/wnioski/{refused.uuid}/odmow/", {"reason": "other", "note": ""})
    officer.post(f"/wnioski/{refused.uuid}/odmow/", {"reason": "too_wide", "note": "tylko status"})
    officer.post(f"/wnioski/{nothing.uuid}/brak-danych/", {"case_ref": "PUP.2"})
    officer.post(f"/wnioski/{nothing.uuid}/brak-danych/", {"case_ref": "PUP.2"})

    assert empty.status_code == 422
    assert "tylko status" in words(asker.get(f"/wnioski/{refused.uuid}/"))
    assert Enquiry.objects.get(pk=nothing.pk).state == "no_data"
    assert asker.get(f"/wnioski/{nothing.uuid}/").status_code == 200
    for own in (f"/wnioski/{refused.uuid}/odmow/", f"/wnioski/{nothing.uuid}/odmow/"):
        assert asker.get(own).status_code == 404


def test_answers_that_cannot_be_given_are_explained():
    there = made.offices()
    enquiry = made.sent(there)
    officer = signed_in(there.officer)
    wrong = {"record": there.record.uuid, "digest": "0" * 64, "line": ["name"]}

    stale = officer.post(f"/wnioski/{enquiry.uuid}/odpowiedz/", wrong, follow=True)
    broken = officer.post(f"/wnioski/{enquiry.uuid}/odpowiedz/", {"digest": "0"})

    assert "zmienił się" in words(stale)
    assert broken.status_code == 422


def test_a_list_is_looked_through_before_it_is_sent():
    there = made.offices()
    browser = signed_in(there.asker)
    data = {key: value for key, value in enquiry_data(there).items() if key not in {"pesel", "last_name"}}
    people = f"{made.PESEL};Nowak\n123;Zły\n;Bez"

    looked = browser.post("/wnioski/z-listy/", {**data, "people": people})
    assert not Enquiry.objects.exists()
    assert "Wiersz 2" in words(looked)
    assert "Wiersz 3" in words(looked)
    sent = browser.post("/wnioski/z-listy/", {**data, "people": people, "send": "1"})
    empty = browser.post("/wnioski/z-listy/", {**data, "people": " "})
    nothing_asked = browser.post(
        "/wnioski/z-listy/", {**data, "people": people, "send": "1", "categories": []}
    )
    file = SimpleUploadedFile("lista.csv", f"nazwisko;pesel\nNowak;{made.PESEL}\n".encode("cp1250"))
    from_file = browser.post("/wnioski/z-listy/", {**data, "file": file})
    book = xlsx_file("Lista", ["nazwisko", "pesel"], [["Nowak", made.PESEL], ["Za\tmało", ""]])
    from_sheet = browser.post("/wnioski/z-listy/", {**data, "file": SimpleUploadedFile("lista.xlsx", book)})
    broken = browser.post("/wnioski/z-listy/", {**data, "file": SimpleUploadedFile("x.xlsx", book[:300])})

    assert sent.status_code == 302
    assert Enquiry.objects.count() == 1
    assert empty.status_code == nothing_asked.status_code == 422
    assert made.PESEL in from_file.content.decode()
    assert f"Nowak\t{made.PESEL}" in from_sheet.content.decode()
    assert "Wiersz 3" in words(from_sheet)
    assert broken.status_code == 422
    assert "nie da się odczytać" in words(broken)


def test_too_big_and_too_long_lists():
    there = made.offices()
    browser = signed_in(there.asker)
    data = {key: value for key, value in enquiry_data(there).items() if key not in {"pesel", "last_name"}}
    many = "\n".join(f";Osoba{n};Ewa;3.05.1980" for n in range(201))

    assert "200" in words(browser.post("/wnioski/z-listy/", {**data, "people": many}))
    big = SimpleUploadedFile("lista.csv", b"x" * 200_001)
    assert browser.post("/wnioski/z-listy/", {**data, "file": big}).status_code == 422


def test_lists_are_filtered_and_saved_without_people_and_formulas():
    there = made.offices()
    made.sent(there, filing=Filing(case_ref="=1+1"))
    late = made.sent(there, day=timezone.localdate() - timedelta(days=20))
    browser = signed_in(there.officer)

    overdue = words(browser.get("/wnioski/?state=overdue"))
    nothing = words(browser.get("/wnioski/?q=nie-ma-takiego"))
    csv = browser.get("/wnioski/lista.csv")
    xlsx = browser.get("/wnioski/lista.xlsx?state=overdue")
    part = browser.get("/wnioski/", headers={"HX-Request": "true"}).content.decode()

    assert late.number in overdue
    assert "Po terminie" in overdue
    assert "Nic nie pasuje" in nothing
    text = csv.content.decode("utf-8-sig")
    assert "'=1+1" in text
    assert ";=1+1" not in text
    assert "Nowak" not in text
    assert made.PESEL not in text
    assert xlsx.content.startswith(b"PK")
    assert browser.get("/wnioski/lista.pdf").status_code == 404
    assert browser.get("/wnioski/lista.csv?state=nie-ma").status_code == 200
    assert "<html" not in part
    assert AuditRecord.objects.filter(action="list_clients", institution_id=there.welfare.pk).exists()


def test_enquiries_go_to_paper_and_into_the_offices_files():
    there = made.offices()
    enquiry = made.sent(there)
    asker = signed_in(there.asker)

    pdf = asker.get(f"/wnioski/{enquiry.uuid}/wniosek.pdf")
    packed = asker.get(f"/wnioski/{enquiry.uuid}/paczka.zip")

    assert pdf.content.startswith(b"%PDF")
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert json.loads(archive.read("metadane.json"))["znak_sprawy"] == "OPS.1.2026"
        assert "OPS.1.2026" in archive.read("metadane.xml").decode()


def test_messages_about_a_common_client_stay_on_the_record():
    there = made.offices()
    own = with_own_client(there)
    asker, officer = signed_in(there.asker), signed_in(there.officer)
    page = f"/wiadomosci/klient/{own.uuid}/"
    assert "<html" not in asker.get(page, headers={"HX-Request": "true"}).content.decode()

    empty = asker.post(page, {"to": there.labour.pk, "text": " "})
    written = asker.post(page, {"to": there.labour.pk, "text": "Czy termin się zmienił?"})

    assert empty.status_code == 422
    assert waiting_for(there.asked).messages == 1
    assert "Nowe" in words(officer.get("/wiadomosci/"))
    assert "Czy termin się zmienił?" in words(officer.get(went_to(written)))
    assert waiting_for(there.asked).messages == 0
    assert officer.post(went_to(written), {"to": there.welfare.pk, "text": "Nie."}).status_code == 302
    assert waiting_for(there.asking).messages == 1
    assert "Nie." in words(asker.get(went_to(written)))
    assert went_to(written) in asker.get(page).content.decode()
    assert Conversation.objects.count() == 1
    kept = AuditRecord.objects.filter(action="message", outcome="sent")
    assert {one.institution_id for one in kept} == {there.welfare.pk, there.labour.pk}
    assert "Czy termin" not in str(list(AuditRecord.objects.values()))


def test_the_page_of_a_client_leads_to_all_of_it():
    there = made.offices()
    own = with_own_client(there)
    enquiry = made.sent(there, record=own.uuid)

    page = signed_in(there.asker).get(f"/wiadomosci/klient/{own.uuid}/").content.decode()

    for address in (
        f"/wnioski/{enquiry.uuid}/",
        f"/wnioski/nowy/?client={own.uuid}",
        f"/zaswiadczenia/{own.uuid}/",
    ):
        assert address in page


def test_who_is_no_common_client_any_more_is_not_written_about():
    there = made.offices()
    own = with_own_client(there)
    browser = signed_in(there.asker)
    talk = browser.post(f"/wiadomosci/klient/{own.uuid}/", {"to": there.labour.pk, "text": "Witam"}).headers[
        "Location"
    ]
    bring_in(there.labour, row("L2"))

    assert "Witam" in words(browser.get(talk))
    refused = browser.post(talk, {"to": there.labour.pk, "text": "Halo"})
    assert refused.status_code == 422
    bring_in(there.welfare, row("W2"))
    assert browser.get(f"/wiadomosci/klient/{own.uuid}/").status_code == 404
