"""Pages of referrals, as both sides and a receiver without an account use them."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.audit.models import AuditRecord
from spoiwo.catalogue.services import needs
from spoiwo.catalogue.types import PlaceKind
from spoiwo.institutions.models import User
from spoiwo.institutions.types import Kind, Role
from spoiwo.partnership.models import OutgoingMail, Topic
from spoiwo.referrals.models import Referral
from spoiwo.referrals.types import Basis, Outcome, PacketField, Step
from tests.makers import catalogue, institutions
from tests.makers import partnership as council_made
from tests.makers import referrals as made

pytestmark = pytest.mark.django_db


def browser(by) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=by.user_id))
    return client


def page(client, name, *args, status=200, **query):
    answer = client.get(reverse(f"referrals:{name}", args=args), query)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def act(client, row, step, **data):
    row.refresh_from_db()
    sent = {"step": step.value, "version": row.version, "note": "", **data}
    return client.post(reverse("referrals:step", args=[row.uuid]), sent)


def filled(**changed):
    checks = {f"check_{code}": answer for code, answer in made.FINE.items()}
    return {
        "reason": "Powrót do pracy",
        "basis": "agreement",
        "chosen": ["birth_date", "phone"],
        **checks,
        **changed,
    }


def test_a_client_is_found_and_referred():
    parties = made.pair()
    client = browser(parties.worker)
    address = reverse("referrals:new", args=[parties.place.uuid])

    assert "Nowak2" in client.get(address, {"q": "nowak"}).content.decode()
    assert "Nikt nie pasuje" in client.get(address, {"q": "zzz", "klient": "x"}).content.decode()
    address += f"?klient={parties.clients[1].uuid}"
    form = client.get(address).content.decode()
    assert "600 100 200" not in form
    assert "art. 1 ust. 3" in form
    assert client.post(address, filled(reason="")).status_code == 422
    refused = client.post(address, filled(check_benefit="yes"))
    assert refused.status_code == 422
    assert "zamyka drogę" in refused.content.decode()
    answer = client.post(address, filled())
    row = Referral.objects.get()
    assert answer.headers["Location"] == reverse("referrals:referral", args=[row.uuid])
    assert row.last_name == "Nowak2"


def test_without_an_agreement_the_form_offers_consent():
    parties = made.pair(agreed=False)
    client = browser(parties.worker)
    address = f"{reverse('referrals:new', args=[parties.place.uuid])}?klient={parties.clients[0].uuid}"

    assert "tylko za zgodą" in client.get(address).content.decode()
    today = f"{timezone.localdate():%d.%m.%Y}"
    client.post(address, filled(basis="consent", consent_on=today, special_needs="winda"))

    assert Referral.objects.get().basis == Basis.CONSENT


def test_both_sides_take_their_steps_on_one_page():
    parties = made.pair()
    row = made.sent(parties, at=timezone.now())
    centre, worker = browser(parties.centre), browser(parties.worker)

    assert "Przyjmij" in page(centre, "referral", row.uuid)
    act(centre, row, Step.RECEIVE)
    assert act(centre, row, Step.ASK).status_code == 422
    act(centre, row, Step.ASK, note="Jaki zawód?")
    assert "Jaki zawód?" in page(worker, "referral", row.uuid)
    act(worker, row, Step.ANSWER, note="Kucharka")
    act(centre, row, Step.WAITLIST)
    assert "Numer 1 w kolejce" in page(centre, "referral", row.uuid)
    act(centre, row, Step.ACCEPT, by_day="1.12.2030")
    assert act(centre, row, Step.START, check_ipzs="no").status_code == 422
    act(centre, row, Step.START, check_ipzs="yes")
    assert act(centre, row, Step.COMPLETE).status_code == 422
    act(centre, row, Step.COMPLETE, outcome="employed")
    act(worker, row, Step.ACKNOWLEDGE)

    row.refresh_from_db()
    assert (row.state, row.outcome) == ("completed", "employed")
    assert "zamknięte" in page(worker, "referral", row.uuid)
    assert act(worker, row, Step.ACCEPT).status_code == 302


def test_a_stale_page_does_not_overwrite_a_step():
    parties = made.pair()
    row = made.sent(parties)
    made.step(row, parties.centre, Step.RECEIVE)

    answer = browser(parties.centre).post(
        reverse("referrals:step", args=[row.uuid]), {"step": "accept", "version": "1", "note": ""}
    )

    assert answer.status_code == 422
    assert "Ktoś wykonał krok" in answer.content.decode()


def test_lists_show_both_sides_and_every_look_is_on_record():
    parties = made.pair(places_total=None)
    row = made.sent(parties, at=timezone.now())
    made.step(row, parties.centre, Step.WAITLIST, at=timezone.now())
    centre, worker = browser(parties.centre), browser(parties.worker)
    before = AuditRecord.objects.filter(institution_id=parties.office.pk, action="list_clients").count()

    received = page(centre, "list")
    assert "Nowak1" in received
    assert "Jest wolne miejsce" in received
    assert "Nowak1" in page(worker, "list", strona="wyslane")
    assert "Brak skierowań" not in page(worker, "list", strona="wyslane", stan="all")
    assert "Nic nie pasuje" in page(worker, "list", strona="wyslane", q="zzz")
    assert "Nowak1" not in page(worker, "list", strona="otrzymane")
    part = centre.get(reverse("referrals:list"), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    looked = AuditRecord.objects.filter(institution_id=parties.office.pk, action="list_clients")
    assert looked.count() > before
    assert "Nowak1" in page(centre, "export", "csv", strona="otrzymane")
    assert centre.get(reverse("referrals:export", args=["xlsx"])).status_code == 200


def test_a_referral_is_printed_with_its_case_reference():
    parties = made.pair()
    known = frozenset({PacketField.BIRTH_DATE, PacketField.STATUS})
    row = made.sent(parties, case_ref="CAZ.1.2026", chosen=known, at=timezone.now())
    consented = made.sent(
        parties, 1, basis=Basis.CONSENT, consent_on=made.TODAY, chosen=frozenset(), answers={}
    )
    client = browser(parties.centre)

    assert "Bezrobocie bez prawa do zasiłku" in page(client, "referral", row.uuid)
    for one in (row, consented):
        paper = client.get(reverse("referrals:paper", args=[one.uuid]))
        assert paper.content.startswith(b"%PDF")
    assert AuditRecord.objects.filter(action="export", object_ref=f"referral:{row.uuid}").count() == 2


def test_a_receiver_without_an_account_works_by_link():
    parties = made.pair()
    row = made.sent(parties)
    worker, nobody = browser(parties.worker), Client()
    address = reverse("referrals:make_link", args=[row.uuid])

    told = worker.post(address).content.decode()
    code = re.search(r"(\d{4} \d{4})", told).group(1)
    letter = OutgoingMail.objects.order_by("-pk")[0]
    token = letter.text.split("/odnosnik/")[1].split("/")[0]
    assert "Nowak" not in letter.text
    assert "Kod jednorazowy" in page(nobody, "link", token)
    step = reverse("referrals:link_step", args=[token])
    assert nobody.post(step, {"step": "accept"}).status_code == 302
    link = reverse("referrals:link", args=[token])
    assert nobody.post(link, {"code": "1"}).status_code == 422
    assert nobody.post(link, {"send_code": "1"}).status_code == 302
    told = worker.post(address).content.decode()
    token = OutgoingMail.objects.order_by("-pk")[0].text.split("/odnosnik/")[1].split("/")[0]
    code = re.search(r"(\d{4} \d{4})", told).group(1)
    link, step = reverse("referrals:link", args=[token]), reverse("referrals:link_step", args=[token])
    nobody.post(link, {"code": code})
    assert "Nowak1" in page(nobody, "link", token)
    assert nobody.post(step, {"step": "ask", "version": "1", "note": ""}).status_code == 422
    assert nobody.post(step, {"step": "ask", "version": "9", "note": "x"}).status_code == 422
    assert nobody.post(step, {"step": "complete"}).status_code == 422
    nobody.post(step, {"step": "accept", "version": "1", "note": ""})
    row.refresh_from_db()
    assert row.state == "accepted"
    assert AuditRecord.objects.filter(action="view_client", institution_id=parties.office.pk).exists()
    worker.post(address, {"take_back": "1"})
    assert "nie działa" in page(nobody, "link", token, status=404)


def test_a_link_needs_an_address_and_the_senders_side():
    parties = made.pair()
    row = made.sent(parties)
    parties.provider.email = ""
    parties.provider.save()

    address = reverse("referrals:make_link", args=[row.uuid])
    assert browser(parties.worker).post(address).status_code == 302
    assert browser(parties.centre).post(address).status_code == 404


def test_files_of_former_referrals_are_read_on_a_page():
    parties = made.pair()
    client = browser(parties.worker)
    lines = [
        "numer;numer_klienta;odbiorca;miejsce;data_skierowania;stan;data_zakonczenia;wynik",
        f"S/1;1;{parties.provider.code};{parties.place.name};2025-01-10;odrzucone;2025-02-10;no_places",
        "S/2;99;x;y;2025-01-10;wyslane;;",
    ]

    page(client, "files")
    bad = SimpleUploadedFile("zle.csv", b"")
    assert client.post(reverse("referrals:files"), {"file": bad}).status_code == 422
    wrong = SimpleUploadedFile("zle.csv", b"a;b\n")
    assert client.post(reverse("referrals:files"), {"file": wrong}).status_code == 422
    good = SimpleUploadedFile("stare.csv", "\n".join(lines).encode())
    answer = client.post(reverse("referrals:files"), {"file": good}, follow=True)
    assert "nie ma takiego numeru" in answer.content.decode()
    uuid = answer.request["PATH_INFO"].rstrip("/").split("/")[-1]
    assert "S/2" in client.get(reverse("referrals:refused", args=[uuid])).content.decode()
    stranger = browser(made.pair().worker)
    assert stranger.get(reverse("referrals:file", args=[uuid])).status_code == 404
    assert stranger.get(reverse("referrals:refused", args=[uuid])).status_code == 404
    assert "stare.csv" in page(client, "files")


def test_referrals_of_a_client_stand_on_a_page_of_their_own():
    parties = made.pair()
    row = made.sent(parties, at=timezone.now())
    client = browser(parties.worker)

    assert row.number in page(client, "of_client", parties.clients[0].uuid)
    address = reverse("referrals:of_client", args=[parties.clients[1].uuid])
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "nie była jeszcze nigdzie skierowana" in part
    theirs = reverse("referrals:of_client", args=[parties.place.uuid])
    assert client.get(theirs).status_code == 404


def test_a_closed_referral_offers_to_send_again():
    parties = made.pair()
    row = made.sent(parties, at=timezone.now())
    made.step(row, parties.centre, Step.REJECT, outcome=Outcome.NO_PLACES, at=timezone.now())
    client = browser(parties.worker)

    assert "Wyślij ponownie" in page(client, "referral", row.uuid)
    address = reverse("referrals:new", args=[parties.place.uuid])
    client.post(f"{address}?klient={parties.clients[0].uuid}&poprzednie={row.uuid}", filled())
    again = Referral.objects.order_by("-pk")[0]
    assert again.previous == row
    assert row.number in page(client, "referral", again.uuid)


def test_the_secretariat_offers_needs_to_the_council():
    partnership = council_made.agreement()
    body = council_made.body(partnership)
    member = institutions.member(partnership.secretariat, Role.SECRETARY)
    client = browser(institutions.acting(member))
    worker = catalogue.keeper(catalogue.office(Kind.PUP))
    needs.note_need(kind=PlaceKind.ZAZ, area="0801", today=timezone.localdate(), by=worker)

    page(client, "offer_needs")
    client.post(reverse("referrals:offer_needs"), {"body": str(body.pk)})
    assert Topic.objects.filter(body=body).count() == 1
    again = client.post(reverse("referrals:offer_needs"), {"body": str(body.pk)})
    assert again.status_code == 422


def test_a_withdrawn_place_takes_nobody():
    parties = made.pair()
    parties.place.withdrawn_on = timezone.localdate()
    parties.place.save()

    address = reverse("referrals:new", args=[parties.place.uuid])
    assert browser(parties.worker).get(address).status_code == 404
