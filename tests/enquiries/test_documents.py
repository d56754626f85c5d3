"""Confirmations and certificates: one file for ever, a signature that counts, a page that tells nothing of a person."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from spoiwo.audit.models import AuditRecord
from spoiwo.clients.services import erasing
from spoiwo.enquiries import errors, messages
from spoiwo.enquiries.models import Confirmation
from spoiwo.enquiries.queries import opened
from spoiwo.enquiries.rules import content as rules
from spoiwo.enquiries.services import issuing
from spoiwo.toolkit.context import acting_for
from tests.enquiries.test_screens import words
from tests.makers import enquiries as made
from tests.makers import signing
from tests.makers.clients import register_as_of, signed_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 plik %%EOF"


def with_file(there, paper) -> bytes:
    with acting_for(there.labour.pk):
        return issuing.pdf_of(paper, lambda: PDF)


def upload(content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile("plik.pdf", content)}


def test_a_fingerprint_follows_every_letter():
    there = made.offices()
    paper = made.answered(there)
    content = opened.content_of(paper)

    assert rules.fingerprint(content) == paper.sha256
    content["head"]["purpose"] += "x"
    assert rules.fingerprint(content) != paper.sha256


def test_a_document_is_drawn_once():
    there = made.offices()
    paper = made.answered(there)

    first = with_file(there, paper)
    with acting_for(there.labour.pk):
        again = issuing.pdf_of(paper, lambda: b"inny")
        paper.refresh_from_db()
        third = issuing.pdf_of(paper, lambda: b"inny")

    assert first == again == third == PDF
    assert paper.pdf_sha256 == hashlib.sha256(PDF).hexdigest()


def test_the_recipient_gets_the_pdf_and_its_package():
    there = made.offices()
    paper = made.answered(there)
    browser = signed_in(there.asker)

    pdf = browser.get(f"/potwierdzenia/{paper.uuid}/dokument.pdf")
    packed = browser.get(f"/potwierdzenia/{paper.uuid}/paczka.zip")

    assert pdf.content.startswith(b"%PDF")
    assert "no-store" in pdf["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        meta = json.loads(archive.read("metadane.json"))
        assert meta["znak_sprawy"] == "OPS.1.2026"
        assert meta["relacja"] == paper.enquiry.number
        assert meta["pliki"][0]["sha256"] == hashlib.sha256(pdf.content).hexdigest()
        assert archive.read(meta["pliki"][0]["nazwa"]) == pdf.content
    read = AuditRecord.objects.filter(object_ref=f"confirmation:{paper.uuid}", outcome="read")
    assert {one.institution_id for one in read} == {there.welfare.pk, there.labour.pk}
    assert all(one.person for one in read)


def test_old_data_are_said_to_be_old():
    there = made.offices()
    register_as_of(there.labour, timezone.localdate() - timedelta(days=31))

    paper = made.answered(there)

    assert all(line.old for line in opened.lines_of(paper))
    assert paper.as_of == timezone.localdate() - timedelta(days=31)


def test_a_certificate_is_valid_once_its_signed_file_is_back():
    there = made.offices()
    browser = signed_in(there.officer)
    data = {"categories": ["identity", "status"], "purpose": "do szkoły", "legal_basis": "art. 217 kpa"}
    missing = browser.post(f"/zaswiadczenia/{there.record.uuid}/", {**data, "categories": []})
    page = browser.post(f"/zaswiadczenia/{there.record.uuid}/", data).headers["Location"]
    paper = Confirmation.objects.get()

    early = browser.post(f"{page}podpis/", upload(b"%PDF-"))
    pdf = browser.get(f"{page}dokument.pdf").content
    public = Client().get(f"/dokument/{there.labour.pk}/{paper.code}/")
    unsigned = browser.post(f"{page}podpis/", upload(pdf))
    file = signing.pades(pdf)
    signed = browser.post(f"{page}podpis/", upload(file))
    again = browser.post(f"{page}podpis/", upload(file))

    assert [missing.status_code, early.status_code, unsigned.status_code] == [422, 422, 422]
    assert "nie jest jeszcze ważny" in words(public)
    assert signed.status_code == 302
    assert again.status_code == 422
    paper.refresh_from_db()
    assert (paper.state, paper.signed_form, paper.signer) == ("valid", "PAdES", signing.SIGNER)
    assert paper.number.startswith("ZAS/1/")
    assert signing.SIGNER in words(browser.get(page))
    assert "Podpis poprawny, wystawca niesprawdzony" in words(browser.get(page))
    assert browser.get(f"{page}podpisany/").content == file
    with zipfile.ZipFile(io.BytesIO(browser.get(f"{page}paczka.zip").content)) as archive:
        assert len(archive.namelist()) == 4
    assert "autentyczny" in words(Client().get(f"/dokument/{there.labour.pk}/{paper.code}/"))
    assert signed_in(there.asker).get(page).status_code == 404


def test_a_signature_over_another_document_is_told_apart():
    there = made.offices()
    paper = made.certificate(there)
    with_file(there, paper)

    with acting_for(there.labour.pk):
        with pytest.raises(errors.SignatureOfSomethingElse):
            issuing.bring_signed(
                paper.uuid, signing.pades(b"%PDF-1.7 inny"), now=timezone.now(), by=there.asked
            )
        with pytest.raises(errors.NoSuchThing):
            issuing.bring_signed(made.answered(there).uuid, PDF, now=timezone.now(), by=there.asking)

    assert Confirmation.objects.get(pk=paper.pk).state == "unsigned"


def test_what_is_withdrawn_says_so_to_everybody():
    there = made.offices()
    paper = made.answered(there)
    browser = signed_in(there.officer)

    empty = browser.post(f"/potwierdzenia/{paper.uuid}/wycofaj/", {"reason": ""})
    browser.post(f"/potwierdzenia/{paper.uuid}/wycofaj/", {"reason": "pomyłka w rejestrze"})

    assert empty.status_code == 422
    assert browser.get(f"/potwierdzenia/{paper.uuid}/wycofaj/").status_code == 404
    assert "pomyłka w rejestrze" in words(signed_in(there.asker).get(f"/potwierdzenia/{paper.uuid}/"))
    public = words(Client().get(f"/dokument/{there.labour.pk}/{paper.code}/"))
    assert "wycofany" in public
    assert "pomyłka" not in public
    with acting_for(there.labour.pk):
        with pytest.raises(errors.AlreadySettled) as caught:
            issuing.withdraw(paper.uuid, reason="znowu", now=timezone.now(), by=there.asked)
        with pytest.raises(errors.ReasonMissing):
            issuing.withdraw(paper.uuid, reason=" ", now=timezone.now(), by=there.asked)
    assert "Wycofane" in messages.message_for(caught.value)


def test_anybody_may_compare_a_file():
    there = made.offices()
    paper = made.answered(there)
    with_file(there, paper)
    address = f"/dokument/{there.labour.pk}/{paper.code}/"

    assert "dokładnie ten plik" in words(Client().post(address, upload(PDF)))
    assert "nie jest plik" in words(Client().post(address, upload(PDF + b" ")))
    assert Client().post(address).status_code == 422


def test_a_file_that_is_too_big_is_refused(monkeypatch):
    there = made.offices()
    paper = made.answered(there)
    monkeypatch.setattr("spoiwo.enquiries.forms.settling.BIGGEST", 3)

    answer = Client().post(f"/dokument/{there.labour.pk}/{paper.code}/", upload(PDF))

    assert answer.status_code == 422


def test_every_refusal_has_a_sentence():
    for kind in errors.EnquiriesError.__subclasses__():
        error = kind("sent") if kind is errors.AlreadySettled else kind()
        assert messages.message_for(error)
    with pytest.raises(errors.EnquiriesError):
        messages.message_for(errors.EnquiriesError())


def test_lists_of_documents_are_filtered():
    there = made.offices()
    confirmation, certificate = made.answered(there), made.certificate(there)
    browser = signed_in(there.officer)

    both = words(browser.get("/potwierdzenia/"))
    only = words(browser.get("/potwierdzenia/?kind=citizen"))
    none = words(browser.get("/potwierdzenia/?q=nie-ma&kind=zle"))

    assert confirmation.number in both
    assert certificate.number in both
    assert confirmation.number not in only
    assert certificate.number in none
    assert certificate.number not in words(signed_in(there.asker).get("/potwierdzenia/"))


def test_a_certificate_for_nobody_of_ours():
    there = made.offices()

    assert signed_in(there.asker).get(f"/zaswiadczenia/{there.record.uuid}/").status_code == 404


def test_nothing_of_an_erased_person_stays_but_numbers_and_fingerprints():
    there = made.offices()
    enquiry = made.sent(there)
    paper = made.answered(there, enquiry)
    with_file(there, paper)
    with acting_for(there.labour.pk, job="guarding"):
        erasing.erase_records([there.record.pk], institution_id=there.labour.pk, basis="żądanie", by=None)

    kept = Confirmation.objects.get()
    asked = signed_in(there.asker)

    assert (kept.number, kept.sha256) == (paper.number, paper.sha256)
    assert not any((kept.wrapped_key, kept.content_sealed, kept.pdf_sealed))
    pages = [
        asked.get(f"/wnioski/{enquiry.uuid}/"),
        asked.get(f"/potwierdzenia/{paper.uuid}/"),
        asked.get("/wnioski/?box=sent"),
    ]
    assert [page.status_code for page in pages] == [200] * 3
    for page in pages:
        assert "Nowak" not in words(page)
        assert made.PESEL not in words(page)
    assert asked.get(f"/potwierdzenia/{paper.uuid}/dokument.pdf").status_code == 404
    assert asked.get(f"/potwierdzenia/{paper.uuid}/paczka.zip").status_code == 404
    assert paper.number in words(Client().get(f"/dokument/{there.labour.pk}/{paper.code}/"))
