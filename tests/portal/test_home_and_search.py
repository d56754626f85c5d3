"""The day's work by role, the search box, the pages for everybody."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from spoiwo.access.models import SharingAgreement
from spoiwo.clients.models import RegisterState
from spoiwo.institutions.types import Kind, Role
from spoiwo.matching.models import Proposal
from tests.makers import institutions
from tests.makers.clients import register_as_of, signed_in, town, with_purpose
from tests.makers.registers import bring_in, pesels, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def home(place, *roles):
    """The home page of somebody at the labour office who holds these roles."""
    return signed_in(institutions.member(place.labour, *roles)).get("/")


def titles(answer):
    return [str(task.title) for task in answer.context["home"].tasks]


def test_a_case_worker_begins_with_the_new_common_clients():
    answer = home(town(), Role.CASE_WORKER)

    assert titles(answer) == ["1 nowy wspólny klient od ostatniego importu"]
    assert "Dzień dobry. Czeka na Ciebie 1 sprawa." in answer.content.decode()
    assert "/klienci/?new=on" in answer.content.decode()
    assert "Nowak" not in answer.content.decode()


def test_nothing_to_do_is_said_plainly():
    place = town()
    bring_in(place.labour, row("L1"))

    answer = home(place, Role.CASE_WORKER)

    assert titles(answer) == []
    assert "Dzień dobry. Nic na Ciebie nie czeka." in answer.content.decode()


def test_an_old_register_is_told_to_everybody_and_the_registrar_may_renew_it():
    place = town()
    bring_in(place.labour, row("L1"))
    register_as_of(place.labour, timezone.localdate() - timedelta(days=31))

    (told,) = titles(home(place, Role.CASE_WORKER))
    (renewed,) = titles(home(place, Role.REGISTRAR))

    assert told == renewed
    assert told.startswith("Wasz rejestr opisuje stan na")


def test_an_office_without_a_register_begins_with_it():
    office = institutions.institution()

    answer = signed_in(institutions.member(office, Role.REGISTRAR)).get("/")

    assert titles(answer) == ["Wasz rejestr nie został jeszcze wczytany"]
    assert not RegisterState.objects.filter(pk=office.pk).exists()


def test_a_reviewer_sees_how_many_proposals_wait():
    place = town()
    left, right = sorted([place.own, place.theirs], key=lambda record: record.pk)
    Proposal.objects.create(
        left_record=left,
        right_record=right,
        left_institution=left.institution,
        right_institution=right.institution,
        rule="names_and_date",
        strategy="exact-1",
        created_at=timezone.now(),
    )

    reviewing, working = home(place, Role.REVIEWER), home(place, Role.CASE_WORKER)

    assert "1 propozycja, że dwa wpisy to jedna osoba" in titles(reviewing)
    assert all("propozycja" not in title for title in titles(working))


def test_a_local_administrator_sees_what_ends_and_who_signs_in_by_password_alone():
    place = town()
    ending = institutions.member(place.labour, account=institutions.user(full_name="Ewa Mak"))
    institutions.authorisation(ending, Role.CASE_WORKER, valid_to=timezone.localdate() + timedelta(days=30))
    later = institutions.member(place.labour, account=institutions.user(full_name="Jan Kowal"))
    institutions.authorisation(later, Role.CASE_WORKER, valid_to=timezone.localdate() + timedelta(days=31))

    found = titles(home(place, Role.LOCAL_ADMIN))

    assert "Kończy się upoważnienie: Ewa Mak" in found
    assert not [title for title in found if "Jan Kowal" in title]
    assert [title for title in found if "bez drugiego kroku" in title]


def test_a_director_sees_totals_drafts_and_ends_but_nobody_by_name():
    place = town(number="P/ends", valid_to=timezone.localdate() + timedelta(days=10))
    (running,) = SharingAgreement.objects.all()
    draft = SharingAgreement.objects.create(
        number="P/draft", title="Projekt", valid_from=running.valid_from, state="draft"
    )
    draft.parties.create(institution=place.labour)

    answer = home(place, Role.DIRECTOR)

    assert sorted(titles(answer)) == [
        "Kończy się porozumienie P/ends",
        "Porozumienie P/draft czeka na podpisy",
    ]
    (panel,) = answer.context["home"].panels
    assert [str(one.label) for one in panel.measures] == ["OPS Próbny: 1 osoba, w tym miesiącu 1"]
    assert "Nowak" not in answer.content.decode()


def test_a_supervisor_sees_how_often_each_institution_looked():
    place = town()
    with_purpose(signed_in(place.worker), place.own).get(f"/klienci/{place.own.uuid}/")

    answer = home(place, Role.SUPERVISOR)

    looks = next(panel for panel in answer.context["home"].panels if panel.facts)
    assert [(fact.label, fact.value) for fact in looks.facts] == [
        ("PUP Próbny", 1),
        ("Osoby, które oglądały więcej niż 100 razy", 0),
    ]


def test_the_operator_sees_the_platform_and_no_clients():
    town()
    operator = institutions.user(is_operator=True)
    browser = Client()
    browser.force_login(operator)

    answer = browser.get("/")

    (panel,) = answer.context["home"].panels
    assert [fact.value for fact in panel.facts] == [2, 1]
    assert (
        "Nowak"
        not in browser.get("/szukaj/", {"q": "nowak"})
        .content.decode()
        .split("<main", 1)[1]
        .split("</h1>", 1)[1]
    )


@pytest.mark.parametrize("role", list(Role))
def test_every_role_has_a_home_page(role):
    assert home(town(), role).status_code == 200


def test_the_menu_counts_common_clients_for_those_who_work_with_them():
    place = town()

    def line(answer):
        lines = [item for group in answer.context["menu"] for item in group["items"]]
        return {item["url"]: item["count"] for item in lines}.get("/klienci/", "absent")

    assert line(home(place, Role.CASE_WORKER)) == 1
    assert line(home(place, Role.DIRECTOR)) == "absent"


def found(browser, text):
    answer = browser.get("/szukaj/", {"q": text})
    return [client.name for client in answer.context["clients"]]


def test_search_finds_own_clients_by_name_number_and_pesel_without_diacritics():
    (number,) = pesels(1)
    place = town()
    bring_in(
        place.labour,
        row("L1"),
        row("L2", first_name="Zofia", last_name="Żak", pesel=number),
        row("A-77", first_name="Łucja", last_name="Ślązak"),
    )
    browser = signed_in(place.worker)

    assert found(browser, "zak") == ["Żak Zofia"]
    assert found(browser, "lucja slazak") == ["Ślązak Łucja"]
    assert found(browser, "A-77") == ["Ślązak Łucja"]
    assert found(browser, number) == ["Żak Zofia"]
    assert found(browser, "%") == []
    assert found(browser, "nic\0takiego") == []


def test_search_never_finds_clients_of_others():
    place = town(theirs=row("W1", last_name="Obca"))

    assert found(signed_in(place.worker), "obca") == []


def test_search_by_who_does_not_work_with_people_finds_institutions_only():
    place = town()
    institutions.institution("ops-lubiszyn", Kind.OPS, name="Ośrodek w Lubiszynie", short_name="OPS Lubiszyn")
    director = signed_in(institutions.member(place.labour, Role.DIRECTOR))

    people, offices = director.get("/szukaj/", {"q": "nowak"}), director.get("/szukaj/", {"q": "lubiszyn"})

    assert people.context["clients"] == []
    assert [one.code for one in offices.context["institutions"]] == ["ops-lubiszyn"]


def test_search_says_when_there_are_more():
    place = town()
    bring_in(place.labour, *(row(f"L{n}") for n in range(21)))

    answer = signed_in(place.worker).get("/szukaj/", {"q": "nowak"})

    assert len(answer.context["clients"]) == 20
    assert "Jest ich więcej" in answer.content.decode()


def test_an_empty_search_explains_what_to_type():
    answer = signed_in(town().worker).get("/szukaj/", {"q": "  "})

    page = answer.content.decode()
    assert "pomyłkę wybaczamy" in page
    assert "Nic nie znaleziono" not in page


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("/dostepnosc/", "Deklaracja dostępności"),
        ("/dane-osobowe/", "Dane osobowe"),
        ("/pomoc/", "Pomoc"),
    ],
)
def test_public_pages_are_open_to_everybody_in_both_languages(client, address, heading):
    polish = client.get(address)
    client.cookies["django_language"] = "en"
    english = client.get(address)

    assert f"<h1>{heading}</h1>" in polish.content.decode()
    assert english.status_code == 200
    assert heading not in english.content.decode().split("<main", 1)[1]
