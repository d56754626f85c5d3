"""Agreements on screen: read, drafted, signed, ended by their parties; unknown to everybody else."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import SharingAgreement
from spoiwo.access.types import Category
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from tests.makers import access as make
from tests.makers import institutions as people
from tests.pages import seen

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 scan"


def signed_in(office: Institution, *roles: Role) -> Client:
    """A browser of somebody who works at the office."""
    client = Client()
    client.force_login(people.member(office, *roles).user)
    return client


def operator() -> Client:
    """A browser of the operator, who works nowhere."""
    client = Client()
    client.force_login(people.user(is_operator=True))
    return client


def two_offices() -> tuple[Institution, Institution]:
    """A labour office and a welfare centre."""
    return people.institution(name="Urząd Lewy"), people.institution(name="Ośrodek Prawy")


def entered(*parties: Institution, **changed: object) -> dict[str, object]:
    """What a director enters for an agreement between the parties."""
    purpose, basis = make.purpose(), make.legal_basis()
    values: dict[str, object] = {
        "number": "7/2026",
        "title": "Wspólna praca z klientem",
        "valid_from": "1.01.2026",
        "valid_to": "",
        "stale_after_days": "30",
        "parties": [str(party.pk) for party in parties],
        "clauses": ["0:0:identity", f"{parties[0].pk}:0:status"],
        f"basis_{purpose.pk}": str(basis.pk),
        "suggested": str(purpose.pk),
        "link_rules": ["pesel_one_field"],
        **changed,
    }
    return values


def draft(*parties: Institution, **fields: Any) -> SharingAgreement:
    """An unsigned agreement."""
    return make.agreement(*parties, state=SharingAgreement.State.DRAFT, signed_on=None, **fields)


def page_of(client: Client, agreement: SharingAgreement) -> str:
    """The agreement's page as text."""
    return client.get(reverse("access:agreement", args=[agreement.pk])).content.decode()


def test_a_party_reads_who_gives_what_to_whom_and_why():
    left, right = two_offices()
    agreement = make.agreement(
        left,
        right,
        gives=[(None, None, Category.IDENTITY), (left, right, Category.STATUS)],
        stale_after_days=22,
    )
    make.legal_basis("ended", valid_to=date(2021, 1, 1))

    page = page_of(signed_in(right, Role.CASE_WORKER), agreement)

    assert "Tożsamość, Status w instytucji" in page
    assert "Wspólne wsparcie klienta" in page
    assert "art. 1 ustawa próbna" in page
    assert "Wartości starsze niż 22 dni" in page
    assert "Ten sam prawidłowy numer PESEL" in page


def test_a_stranger_cannot_tell_an_agreement_from_none():
    left, right = two_offices()
    agreement = make.agreement(left, right)
    stranger = signed_in(people.institution(), Role.DIRECTOR)

    forbidden = stranger.get(reverse("access:agreement", args=[agreement.pk]))
    absent = stranger.get(reverse("access:agreement", args=[agreement.pk + 1000]))

    assert forbidden.status_code == absent.status_code == 404
    assert seen(forbidden) == seen(absent)
    assert agreement.title not in stranger.get(reverse("access:agreements")).content.decode()


def test_the_list_shows_a_director_what_waits_for_the_signature():
    left, right = two_offices()
    draft(left, right)

    page = signed_in(left, Role.DIRECTOR).get(reverse("access:agreements")).content.decode()

    assert "czeka na Twój podpis" in page
    assert "Ośrodek Prawy, Urząd Lewy" in page


def test_an_empty_list_says_what_will_appear():
    page = (
        signed_in(people.institution(), Role.CASE_WORKER).get(reverse("access:agreements")).content.decode()
    )

    assert "Nie ma jeszcze porozumienia" in page
    assert reverse("access:new") not in page


def test_two_directors_bring_an_agreement_into_force():
    left, right = two_offices()
    first, second = signed_in(left, Role.DIRECTOR), signed_in(right, Role.DIRECTOR)

    answer = first.post(reverse("access:new"), entered(left, right))
    agreement = SharingAgreement.objects.get(number="7/2026")
    for director in (first, second):
        director.post(reverse("access:sign", args=[agreement.pk]), {"version": agreement.edit_version})

    agreement.refresh_from_db()
    assert answer.headers["Location"] == reverse("access:agreement", args=[agreement.pk])
    assert agreement.state == SharingAgreement.State.ACTIVE
    assert "Obowiązuje" in page_of(second, agreement)


def test_a_form_with_a_mistake_comes_back_with_what_was_entered():
    left, right = two_offices()
    director = signed_in(left, Role.DIRECTOR)

    early = director.post(reverse("access:new"), entered(left, right, valid_to="1.01.2020"))
    broken = director.post(reverse("access:new"), entered(left, right, clauses=["x"]))
    without_title = director.post(reverse("access:new"), entered(left, right, title=""))

    assert [early.status_code, broken.status_code, without_title.status_code] == [422, 422, 422]
    assert "Ostatni dzień wypada przed pierwszym" in early.content.decode()
    assert "7/2026" in early.content.decode()
    assert "Nie można odczytać tabeli danych" in broken.content.decode()
    assert not SharingAgreement.objects.exists()


def test_a_changed_draft_shows_its_new_words():
    left, right = two_offices()
    agreement = draft(left, right, number="7/2026")
    director = signed_in(left, Role.DIRECTOR)

    form = director.get(reverse("access:edit", args=[agreement.pk])).content.decode()
    answer = director.post(
        reverse("access:edit", args=[agreement.pk]),
        entered(left, right, title="Nowy tytuł", version=1),
        follow=True,
    )

    assert "Porozumienie próbne" in form
    assert "Nowy tytuł" in answer.content.decode()


def test_a_refused_change_comes_back_with_the_reason():
    left, right = two_offices()
    make.agreement(left, right, number="8/2026")
    agreement = draft(left, right, number="7/2026")

    answer = signed_in(left, Role.DIRECTOR).post(
        reverse("access:edit", args=[agreement.pk]), entered(left, right, number="8/2026", version=1)
    )

    assert answer.status_code == 422
    assert "Inne porozumienie ma numer 8/2026" in answer.content.decode()


def test_two_people_who_change_a_draft_see_both_values():
    left, right = two_offices()
    agreement = draft(left, right, number="7/2026")
    first, second = signed_in(left, Role.DIRECTOR), signed_in(right, Role.DIRECTOR)
    address = reverse("access:edit", args=[agreement.pk])
    first.post(address, entered(left, right, title="Tytuł pierwszej", version=1))

    answer = second.post(address, entered(left, right, title="Tytuł drugiej", version=1))
    kept = second.post(address, entered(left, right, title="Tytuł drugiej", version=2, overwrite="1"))

    assert answer.status_code == 409
    assert "Tytuł pierwszej" in answer.content.decode()
    assert "Tytuł drugiej" in answer.content.decode()
    assert 'name="version" value="2"' in answer.content.decode()
    assert kept.status_code == 302
    agreement.refresh_from_db()
    assert agreement.title == "Tytuł drugiej"


def test_a_signature_for_other_words_is_refused_in_words():
    left, right = two_offices()
    agreement = draft(left, right)

    answer = signed_in(left, Role.DIRECTOR).post(
        reverse("access:sign", args=[agreement.pk]), {"version": "x"}
    )

    assert answer.status_code == 422
    assert "Porozumienie tymczasem zmieniono lub podpisano" in answer.content.decode()


def test_only_a_party_may_open_the_form_of_a_draft():
    left, right = two_offices()
    agreement = draft(left, right)
    signed = make.agreement(left, right)

    stranger = signed_in(people.institution(), Role.DIRECTOR)

    assert stranger.get(reverse("access:edit", args=[agreement.pk])).status_code == 404
    assert signed_in(left, Role.DIRECTOR).get(reverse("access:edit", args=[signed.pk])).status_code == 404


def test_a_new_version_says_what_changed():
    left, right = two_offices()
    agreement = make.agreement(left, right, number="7/2026", valid_from=date(2025, 1, 1))
    director = signed_in(left, Role.DIRECTOR)

    director.post(reverse("access:renew", args=[agreement.pk]))
    renewed = SharingAgreement.objects.get(number="7/2026", version=2)
    director.post(
        reverse("access:edit", args=[renewed.pk]), entered(left, right, version=1, one_side_links="on")
    )
    page = page_of(director, renewed)
    again = director.post(reverse("access:renew", args=[agreement.pk]), follow=True)

    assert "Tytuł: było Porozumienie próbne, jest Wspólna praca z klientem." in page
    assert "Doszło: Urząd Lewy dla: każda strona – Status w instytucji." in page
    assert "Do powiązania wystarcza odpowiedź jednej instytucji: było nie, jest tak." in page
    assert "W pozostałych przypadkach do powiązania wystarcza odpowiedź jednej instytucji" in page
    assert "Szkic następnej wersji już istnieje" in again.content.decode()


def test_a_draft_cannot_be_renewed():
    left, right = two_offices()
    agreement = draft(left, right)

    answer = signed_in(left, Role.DIRECTOR).post(reverse("access:renew", args=[agreement.pk]))

    assert answer.status_code == 422
    assert "Porozumienie nie obowiązuje" in answer.content.decode()


def test_a_draft_can_be_thrown_away():
    left, right = two_offices()
    agreement = draft(left, right)

    answer = signed_in(left, Role.DIRECTOR).post(reverse("access:discard", args=[agreement.pk]))

    assert answer.headers["Location"] == reverse("access:agreements")
    assert not SharingAgreement.objects.exists()


def test_an_agreement_ends_after_the_day_entered():
    left, right = two_offices()
    agreement = make.agreement(left, right)
    director = signed_in(right, Role.DIRECTOR)
    address = reverse("access:end", args=[agreement.pk])
    yesterday = timezone.localdate() - timedelta(days=1)

    question = director.get(address)
    refused = director.post(address, {"last_day": "1.01.1999"})
    done = director.post(address, {"last_day": yesterday.strftime("%d.%m.%Y")}, follow=True)
    afterwards = director.get(address)

    assert question.status_code == 200
    assert refused.status_code == 422
    assert "Zakończone" in done.content.decode()
    assert afterwards.status_code == 404


def test_the_operator_enters_what_was_signed_on_paper():
    left, right = two_offices()
    agreement = draft(left, right)
    browser = operator()
    force = reverse("access:put_into_force", args=[agreement.pk])

    too_early = browser.post(force)
    browser.post(
        reverse("access:attach", args=[agreement.pk]),
        {"document": SimpleUploadedFile("skan.pdf", PDF, "application/pdf")},
    )
    done = browser.post(force, follow=True)
    scan = signed_in(right, Role.CASE_WORKER).get(reverse("access:document", args=[agreement.pk]))

    assert "Najpierw dodaj dokument" in too_early.content.decode()
    assert "Obowiązuje" in done.content.decode()
    assert scan.getvalue() == PDF
    assert scan.headers["Content-Disposition"] == 'attachment; filename="skan.pdf"'
    assert scan.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    ("upload", "reason"),
    [
        pytest.param(SimpleUploadedFile("x.pdf", b"PK\x03\x04"), "To nie jest plik PDF", id="not a PDF"),
        pytest.param(None, "skan", id="no file"),
    ],
)
def test_a_file_that_is_no_pdf_is_refused_in_words(upload, reason):
    left, right = two_offices()
    agreement = draft(left, right)

    answer = signed_in(left, Role.DIRECTOR).post(
        reverse("access:attach", args=[agreement.pk]), {"document": upload} if upload else {}
    )

    assert answer.status_code == 422
    assert reason.lower() in answer.content.decode().lower()


def test_a_version_without_a_document_has_none_to_give():
    left, right = two_offices()
    agreement = make.agreement(left, right)

    answer = signed_in(left, Role.CASE_WORKER).get(reverse("access:document", args=[agreement.pk]))

    assert answer.status_code == 404


def test_legal_bases_say_which_are_examples_and_which_are_over():
    make.legal_basis("gone", valid_to=date(2021, 1, 1))
    make.legal_basis("waits")
    make.legal_basis("sure", is_example=False)

    page = signed_in(people.institution(), Role.IOD).get(reverse("access:bases")).content.decode()

    for word in ("nie obowiązuje", "przykład", "potwierdzona"):
        assert word in page


def test_a_reader_of_english_reads_english():
    left, right = two_offices()
    agreement = make.agreement(left, right)
    member = people.member(right, Role.CASE_WORKER, account=people.user(language="en"))
    client = Client()
    client.force_login(member.user)

    page = page_of(client, agreement)

    assert "Joint support of a client" in page
    assert "Who gives what to whom" in page
