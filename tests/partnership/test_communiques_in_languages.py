"""Communiqués in several languages, with enclosures, and corrections that nobody reads before they are sent."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from spoiwo.institutions.types import Role
from spoiwo.partnership import queries, services
from spoiwo.partnership.errors import FileRefused, NotFound, NotYours
from spoiwo.partnership.models import Communique, OutgoingMail
from spoiwo.partnership.types import Attached, Channel, CommuniqueState, Language, Seat, Visibility
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import institutions as people
from tests.makers import partnership as make
from tests.makers.partnership import DAY, NOON

pytestmark = pytest.mark.django_db
PLAN = Attached("plan.pdf", b"%PDF-1.7 plan")


class Telling:
    """A council with a chair that tells two signatories something in two languages, with a file."""

    def __init__(self, *, visibility=Visibility.PUBLIC):
        self.chair, self.member = people.institution(email="p@example.pl"), people.institution()
        self.partnership = make.agreement(self.chair, self.member)
        self.council = make.body(self.partnership)
        make.seat(self.council, self.chair, Seat.CHAIR)
        self.by = make.secretary(self.partnership)
        self.row = make.communique(self.council, visibility=visibility)
        services.translate(
            communique_id=self.row.pk,
            language=Language.GERMAN,
            title="Mitteilung",
            text="Der Rat.",
            by=self.by,
        )
        self.file = services.enclose(communique_id=self.row.pk, file=PLAN, by=self.by)

    def send(self):
        services.approve_communique(communique_id=self.row.pk, at=NOON, by=self.by)
        services.send_communique(
            communique_id=self.row.pk,
            channels=[Channel.IN_APP, Channel.EMAIL],
            at=NOON,
            day=DAY,
            by=self.by,
        )
        return self.now()

    def now(self):
        self.row.refresh_from_db()
        return self.row

    def correct(self, **words):
        version = self.now().version
        return services.edit_communique(
            communique_id=self.row.pk,
            **{"title": "Sprostowanie", "text": "Inaczej.", "version": version, **words},
            by=self.by,
        )


def signed_in(office, *roles):
    browser = Client()
    browser.force_login(people.member(office, *roles).user)
    return browser


def read(browser, name, *args, **query):
    answer = browser.get(reverse(f"partnership:{name}", args=args), query)
    return answer.status_code, answer.content.decode() if not answer.streaming else b"".join(answer)


def test_a_letter_tells_it_in_every_language_names_the_files_and_says_where_to_confirm():
    telling = Telling()

    telling.send()

    text = OutgoingMail.objects.get(to="p@example.pl").text
    assert "Rada obradowała." in text
    assert "[de] Mitteilung\nDer Rat." in text
    assert "Załączniki: plan.pdf" in text
    assert reverse("partnership:communique", args=[telling.row.uuid]) in text


def test_everybody_reads_it_in_the_language_asked_for_and_saves_the_file():
    telling = Telling()
    uuid = telling.send().uuid
    stranger = Client()

    polish = read(stranger, "public_communique", uuid)
    german = read(stranger, "public_communique", uuid, jezyk="de")
    unknown = read(stranger, "public_communique", uuid, jezyk="fr")
    file = read(stranger, "public_enclosure", uuid, telling.file.sha256)

    assert "Rada obradowała." in polish[1]
    assert 'hreflang="de"' in polish[1]
    assert '<section class="card" lang="de"><p>Der Rat.</p>' in german[1]
    assert '<meta name="description" content="Der Rat.">' in german[1]
    assert "Rada obradowała." in unknown[1]
    assert file == (200, PLAN.content)
    assert read(stranger, "public_enclosure", uuid, "0" * 64)[0] == 404


def test_what_signatories_alone_may_read_stays_among_them():
    telling = Telling(visibility=Visibility.PARTNERS)
    uuid = telling.send().uuid
    member = signed_in(telling.member, Role.CASE_WORKER)
    outside = signed_in(people.institution(), Role.CASE_WORKER)

    assert read(member, "enclosure", uuid, telling.file.sha256) == (200, PLAN.content)
    assert read(outside, "enclosure", uuid, telling.file.sha256)[0] == 404
    assert read(Client(), "public_enclosure", uuid, telling.file.sha256)[0] == 404


def test_until_a_correction_is_sent_everybody_reads_what_was_sent():
    telling = Telling()
    uuid = telling.send().uuid
    member = signed_in(telling.member, Role.CASE_WORKER)
    secretary = signed_in(telling.partnership.secretariat, Role.SECRETARY)
    own = queries.unread_communiques(make.worker(telling.member))

    telling.correct()
    services.translate(
        communique_id=telling.row.pk, language=Language.GERMAN, title="Neu", text=" ", by=telling.by
    )
    services.take_out(communique_id=telling.row.pk, sha256=telling.file.sha256, by=telling.by)

    for browser, name in ((member, "communique"), (Client(), "public_communique")):
        status, page = read(browser, name, uuid)
        assert (status, "Rada obradowała." in page, "plan.pdf" in page, "Inaczej." in page) == (
            200, True, True, False,
        )  # fmt: skip
    prepared = read(secretary, "communique", uuid)[1]
    assert "Inaczej." in prepared
    assert "To jest sprostowanie" in prepared
    assert "plan.pdf" not in prepared
    assert read(Client(), "public_enclosure", uuid, telling.file.sha256)[0] == 200
    assert "Sprostowanie" not in read(Client(), "public_communiques")[1]
    assert queries.unread_communiques(make.worker(telling.member)) == own == 1
    telling.send()
    assert "Inaczej." in read(Client(), "public_communique", uuid)[1]
    assert read(Client(), "public_enclosure", uuid, telling.file.sha256)[0] == 404
    assert [one.translations for one in telling.row.editions.order_by("number")] == [
        [{"language": "de", "title": "Mitteilung", "text": "Der Rat."}],
        [],
    ]


def test_two_people_who_change_a_communique_see_both_wordings():
    telling = Telling()
    secretary = signed_in(telling.partnership.secretariat, Role.SECRETARY)
    seen = telling.now().version
    telling.correct(title="Pierwsza zmiana")

    def post(version):
        words = {"title": "Druga zmiana", "text": "b", "visibility": "partners", "version": version}
        return secretary.post(reverse("partnership:edit_communique", args=[telling.row.uuid]), words)

    refused = post(seen)
    page = refused.content.decode()
    assert (refused.status_code, "Pierwsza zmiana" in page, "Druga zmiana" in page) == (409, True, True)
    assert post(telling.now().version).status_code == 302
    assert (telling.now().title, telling.row.visibility) == ("Druga zmiana", Visibility.PARTNERS)
    with pytest.raises(Conflict):
        telling.correct(version=1)


def test_whatever_changes_has_to_be_approved_again():
    telling = Telling()
    services.approve_communique(communique_id=telling.row.pk, at=NOON, by=telling.by)

    services.enclose(communique_id=telling.row.pk, file=Attached("b.pdf", b"%PDF b"), by=telling.by)

    assert telling.now().state == CommuniqueState.DRAFT


def test_the_chair_reads_a_draft_and_approves_it_and_other_signatories_do_not():
    telling = Telling()
    director, member = signed_in(telling.chair, Role.DIRECTOR), signed_in(telling.member, Role.DIRECTOR)
    approving = reverse("partnership:approve_communique", args=[telling.row.uuid])

    assert read(member, "communique", telling.row.uuid)[0] == 404
    assert member.post(approving).status_code == 404
    assert "Rada obradowała." in read(director, "communique", telling.row.uuid)[1]
    assert director.post(approving).status_code == 302
    assert telling.now().state == CommuniqueState.APPROVED


def test_only_the_secretariat_encloses_and_translates():
    telling = Telling()
    telling.send()
    worker = make.worker(telling.member)

    with pytest.raises(NotYours):
        services.enclose(communique_id=telling.row.pk, file=PLAN, by=worker)
    with pytest.raises(NotYours):
        services.translate(
            communique_id=telling.row.pk, language=Language.ENGLISH, title="x", text="y", by=worker
        )
    with pytest.raises(FileRefused):
        services.enclose(communique_id=telling.row.pk, file=Attached("a.exe", b"MZ"), by=telling.by)
    with pytest.raises(NotFound):
        services.take_out(communique_id=telling.row.pk, sha256="0", by=telling.by)


def test_on_screen_a_file_and_a_language_are_added_and_taken_off():
    council = make.body(make.agreement(people.institution()))
    row = make.communique(council)
    secretary = signed_in(council.agreement.secretariat, Role.SECRETARY)

    def address(name, *more):
        return reverse(f"partnership:{name}", args=[row.uuid, *more])

    file = SimpleUploadedFile("plan.pdf", b"%PDF")
    secretary.post(address("enclose"), {"file": file})
    secretary.post(address("translate", "uk"), {"title": "Повідомлення", "text": "Рада"})
    page = secretary.get(address("communique"), {"jezyk": "uk"}).content.decode()
    again = secretary.get(address("translate", "uk")).content.decode()
    digest = row.enclosures.get().sha256
    saved = secretary.get(address("enclosure", digest))
    secretary.post(address("take_out", digest))

    assert '<span lang="uk">Повідомлення</span>' in page
    assert "Zmień treść w tym języku" in page
    assert "Dodaj język: niemiecki" in page
    assert "Повідомлення" in again
    assert b"".join(saved) == b"%PDF"
    assert not row.enclosures.exists()
    assert secretary.get(address("translate", "fr")).status_code == 404


def test_partners_put_a_frame_with_the_newest_communiques_into_their_pages():
    telling = Telling()
    telling.send()

    answer = Client().get(reverse("partnership:frame"))
    snippet = read(Client(), "public_communiques")[1]

    assert "X-Frame-Options" not in answer
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert telling.row.title in answer.content.decode()
    assert f"{reverse('partnership:frame')}&quot;" in snippet or f'{reverse("partnership:frame")}"' in snippet
    assert "X-Frame-Options" in Client().get(reverse("partnership:public_communiques"))


def test_feeds_say_when_it_was_first_told_and_when_corrected():
    telling = Telling()
    telling.send()
    telling.correct()
    services.approve_communique(communique_id=telling.row.pk, at=NOON, by=telling.by)
    later = NOON.replace(hour=18)
    services.send_communique(communique_id=telling.row.pk, at=later, day=DAY, by=telling.by)

    item = json.loads(Client().get(reverse("partnership:json_feed")).content)["items"][0]

    assert Communique.objects.get().edition == 2
    assert (item["date_published"], item["date_modified"]) == (NOON.isoformat(), later.isoformat())
    assert item["title"].endswith("Sprostowanie")
