"""The page of one client: purpose first, both registers side by side, everything on record."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import SharingAgreement
from spoiwo.access.types import Category
from spoiwo.audit import services as audit_services
from spoiwo.audit.errors import AuditUnavailable
from spoiwo.audit.models import AuditRecord
from spoiwo.audit.queries import verify
from spoiwo.clients.models import Fact
from spoiwo.clients.queries import opening
from spoiwo.clients.types import FactKind
from spoiwo.institutions.types import Role
from tests.makers import institutions
from tests.makers.clients import (
    EVERYTHING,
    bring_in_facts,
    fact,
    register_as_of,
    signed_in,
    town,
    with_purpose,
)
from tests.makers.registers import bring_in, pesels, row
from tests.questions import asks

pytestmark = pytest.mark.django_db
# Four to learn who asks, nine for the client, one for the name in the top bar, four to put it on record.
QUERIES = 19


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def address(record):
    return f"/klienci/{record.uuid}/"


def opened(place):
    """The page after a purpose was stated."""
    return with_purpose(signed_in(place.worker), place.own).get(address(place.own))


def text(answer):
    return answer.content.decode()


def lines(answer):
    """(label, texts, whether the sources differ) of the table."""
    return {
        line.label: ([spot.text for spot in line.spots], line.differs) for line in answer.context["lines"]
    }


def test_before_anything_is_shown_the_purpose_is_asked_with_its_basis():
    place = town(theirs=row("W1", place="Zupełnie Gdzie Indziej"))
    browser = signed_in(place.worker)

    answer = browser.get(address(place.own), follow=True)

    assert answer.redirect_chain == [(f"{address(place.own)}cel/", 302)]
    assert "Wspólne wsparcie klienta" in text(answer)
    assert "art. 1 ustawa próbna" in text(answer)
    assert "checked" in text(answer)
    assert "Zupełnie Gdzie Indziej" not in text(answer)


def test_the_purpose_is_asked_once_per_person():
    place = town()
    browser = with_purpose(signed_in(place.worker), place.own)

    assert browser.get(address(place.own)).status_code == 200
    assert browser.get(address(place.own)).status_code == 200


def test_without_a_choice_the_form_says_what_is_missing():
    place = town()

    answer = signed_in(place.worker).post(f"{address(place.own)}cel/", {})

    assert answer.status_code == 422
    assert "Wybierz, do czego potrzebujesz danych." in text(answer)


def test_a_purpose_no_agreement_allows_is_not_taken():
    place = town()

    answer = signed_in(place.worker).post(f"{address(place.own)}cel/", {"purpose": "curiosity|act-art-1:1"})

    assert answer.status_code == 422


def test_both_registers_stand_side_by_side_with_their_sources():
    place = town(
        own=row("L1", status="jobseeker", status_from=date(2024, 2, 3)),
        theirs=row("W1", status="temporary_benefit", status_from=date(2026, 8, 1)),
    )
    bring_in_facts(
        place.welfare,
        fact("W1", FactKind.PERIODIC_ALLOWANCE, "634.00", unit="PLN/month", valid_to=date(2099, 12, 31)),
        fact("W1", FactKind.HOUSEHOLD_SIZE, "3", unit="persons"),
    )

    answer = opened(place)

    assert lines(answer)["Status"] == (
        ["Osoba poszukująca pracy, od 3 lutego 2024", "Zasiłek okresowy, od 1 sierpnia 2026"],
        False,
    )
    assert lines(answer)["Zasiłek okresowy"][0] == ["634,00\u00a0zł miesięcznie, do 31 grudnia 2099"]
    assert lines(answer)["Osoby w gospodarstwie"][0] == ["3 osoby"]
    assert "PUP Próbny" in text(answer)
    assert "OPS Próbny" in text(answer)
    assert "Wspólne wsparcie klienta" in text(answer)


def test_who_works_with_the_person_may_say_that_these_are_two():
    place = town()

    assert reverse("matching:split", args=[place.own.uuid]) in text(opened(place))


def test_contradictions_are_marked_and_agreement_is_one_line():
    place = town(
        own=row("L1", last_name="Żak", place="Lubiszyn"),
        theirs=row("W1", last_name="ZAK", birth_date=date(1980, 3, 5), place="Deszczno"),
    )

    found = lines(opened(place))

    assert found["Imię i nazwisko"] == (["Anna Żak"], False)
    assert found["Data urodzenia"] == (["3 maja 1980", "5 marca 1980"], True)
    assert found["Adres"] == (["Lubiszyn", "Deszczno"], True)


def test_of_the_others_pesel_only_agreement_is_told():
    (number, other) = pesels(2)
    same = town(own=row("L1", pesel=number), theirs=row("W1", pesel=number))
    unlike = town(own=row("L1", pesel=number), theirs=row("W1", pesel=other))

    agreeing, contradicting = opened(same), opened(unlike)

    assert lines(agreeing)["PESEL"] == ([f"{number[:6]}•••{number[-2:]}"], False)
    assert lines(contradicting)["PESEL"] == (
        [f"{number[:6]}•••{number[-2:]}", "Inny numer lub numer z błędem"],
        True,
    )
    assert number not in text(agreeing)
    assert other not in text(contradicting)


@pytest.mark.parametrize(
    "missing", [Category.CONTACT, Category.STATUS, Category.BENEFITS, Category.LIFE_SITUATION]
)
def test_what_an_agreement_does_not_name_is_not_shown(missing):
    place = town(
        theirs=row(
            "W1", place="Obce Miejsce", phone="600700800", worker="Obca Pracownica", status="social_work"
        ),
        gives=[category for category in EVERYTHING if category is not missing],
    )
    bring_in_facts(
        place.welfare,
        fact("W1", FactKind.PERIODIC_ALLOWANCE, "634.00", unit="PLN/month"),
        fact("W1", FactKind.HOUSING, "mieszkanie komunalne"),
    )
    words = {
        Category.CONTACT: ["Obce Miejsce", "600700800", "Obca Pracownica"],
        Category.STATUS: ["Praca socjalna bez świadczeń"],
        Category.BENEFITS: ["634,00"],
        Category.LIFE_SITUATION: ["mieszkanie komunalne"],
    }

    page = text(opened(place))

    for category, phrases in words.items():
        for phrase in phrases:
            assert (phrase in page) == (category is not missing), phrase


def test_sensitive_facts_never_leave_their_owner_even_if_an_agreement_names_them():
    place = town(gives=[*EVERYTHING, Category.SENSITIVE])
    bring_in_facts(place.welfare, fact("W1", FactKind.DISABILITY, "umiarkowany"))
    Fact.objects.filter(institution=place.welfare).update(value="umiarkowany", value_sealed=b"")

    page = text(opened(place))

    assert "umiarkowany" not in page
    assert "niepełnosprawności" not in page


def test_own_sensitive_facts_are_opened_for_own_staff():
    place = town()
    bring_in_facts(place.labour, fact("L1", FactKind.HEALTH, "po operacji", note="do maja"))

    assert lines(opened(place))["Zdrowie"][0] == ["po operacji, do maja"]


@pytest.mark.parametrize(
    ("days", "old"), [pytest.param(14, False, id="on the limit"), pytest.param(15, True, id="a day over it")]
)
def test_values_older_than_the_agreement_allows_are_grey_and_say_so(days, old):
    place = town(theirs=row("W1", place="Deszczno"), stale_after_days=14)
    register_as_of(place.welfare, timezone.localdate() - timedelta(days=days))

    answer = opened(place)

    assert (f"dane sprzed {days} dni" in text(answer)) == old
    assert ('class="stale"' in text(answer)) == old


def test_the_path_names_every_institution_in_words():
    place = town(
        own=row("L1", status="jobseeker", status_from=date(2024, 2, 3)),
        theirs=row("W1", status="temporary_benefit", status_from=date(2023, 8, 1)),
    )
    bring_in_facts(
        place.labour,
        fact("L1", FactKind.TRAINING, "opiekun", valid_from=date(2025, 5, 1), valid_to=date(2025, 9, 1)),
    )

    answer = opened(place)

    summary = answer.context["path"].summary
    assert "PUP Próbny: Osoba poszukująca pracy, od 3 lutego 2024" in summary
    assert "Szkolenie: opiekun, od 1 maja 2025 do 1 września 2025" in summary
    assert "OPS Próbny: Zasiłek okresowy, od 1 sierpnia 2023" in summary


def test_of_a_great_many_facts_the_newest_of_each_kind_are_shown(monkeypatch):
    monkeypatch.setattr(opening, "MANY_FACTS", 5)
    monkeypatch.setattr(opening, "NEWEST_OF_A_KIND", 2)
    place = town()
    first = date(2020, 1, 1)
    many = [
        fact(
            "W1", FactKind.MEALS, f"obiad {n}", valid_from=first + timedelta(n), valid_to=first + timedelta(n)
        )
        for n in range(5)
    ]
    bring_in_facts(place.welfare, *many)
    assert not opened(place).context["data"].only_newest

    bring_in_facts(place.welfare, *many, fact("W1", FactKind.CHILDREN, "2"))
    answer = opened(place)

    shown = sorted(one.value for one in answer.context["data"].facts)
    assert shown == ["2", "obiad 3", "obiad 4"]
    assert "tylko najnowsze" in text(answer)


def test_former_values_household_and_workers_of_the_own_register_are_shown():
    place = town(own=row("L1", place="Lubiszyn", household_id="H1", worker="Ewa Mak"))
    bring_in(
        place.labour,
        row("L1", place="Deszczno", household_id="H1", worker="Ewa Mak"),
        row("L2", first_name="Jan", household_id="H1"),
        row("L3", first_name="Obcy", household_id="H2"),
    )

    answer = opened(place)

    assert [one.values for one in answer.context["history"]] == [(("Adres", "Lubiszyn"),)]
    assert [member.first_name for member in answer.context["data"].household] == ["Jan"]
    assert [worker.name for worker in answer.context["workers"]] == ["Ewa Mak"]


def test_the_next_reader_sees_who_looked_before():
    place = town()
    opened(place)

    answer = with_purpose(signed_in(institutions.member(place.labour, Role.CASE_WORKER)), place.own).get(
        address(place.own)
    )

    (look,) = answer.context["looks"]
    assert (look.badge.name, look.purpose) == ("PUP Próbny", "Wspólne wsparcie klienta")


def test_being_told_that_others_share_data_is_on_record_before_a_purpose_is_stated():
    place = town()

    signed_in(place.worker).get(f"{address(place.own)}cel/")

    told = AuditRecord.objects.filter(action="list_clients").order_by("institution_id")
    assert [one.institution_id for one in told] == [place.labour.pk, place.welfare.pk]
    assert all(one.person for one in told)


def test_a_look_is_on_record_in_the_readers_and_the_owners_chain():
    place = town(theirs=row("W1", place="Deszczno"), gives=[Category.IDENTITY, Category.CONTACT])
    (number,) = SharingAgreement.objects.values_list("number", flat=True)

    opened(place)

    looks = AuditRecord.objects.filter(action="view_client").order_by("institution_id")
    assert [one.institution_id for one in looks] == [place.labour.pk, place.welfare.pk]
    assert {one.institution_acting_id for one in looks} == {place.labour.pk}
    assert {(one.purpose, one.legal_basis, one.agreement) for one in looks} == {
        ("joint-support", "act-art-1:1", number)
    }
    assert [one.categories for one in looks] == ["contact,identity", "contact,identity"]
    assert len({bytes(one.digest) for one in looks}) == 2
    assert all(len(bytes(one.digest)) == 32 for one in looks)
    assert verify().breaches == ()


def test_when_the_log_is_down_nothing_is_shown(monkeypatch):
    place = town(theirs=row("W1", place="Deszczno"))
    browser = with_purpose(signed_in(place.worker), place.own)

    def down(*_entries):
        raise AuditUnavailable("test")

    monkeypatch.setattr(audit_services, "append", down)
    answer = browser.get(address(place.own))

    assert answer.status_code == 503
    assert "Nowak" not in text(answer)
    assert "Deszczno" not in text(answer)


def test_the_whole_pesel_is_a_look_of_its_own():
    (number,) = pesels(1)
    place = town(own=row("L1", pesel=number))
    browser = with_purpose(signed_in(place.worker), place.own)
    assert number not in text(browser.get(address(place.own)))

    whole = browser.post(f"{address(place.own)}pesel/")
    fragment = browser.post(f"{address(place.own)}pesel/", headers={"HX-Request": "true"})

    assert number in text(whole)
    assert number in text(fragment)
    assert "<html" not in text(fragment)
    assert AuditRecord.objects.filter(categories="pesel", institution_id=place.labour.pk).count() == 2
    assert browser.get(f"{address(place.own)}pesel/").status_code == 405


def test_the_page_costs_a_fixed_number_of_queries():
    place = town(own=row("L1", household_id="H1", status="jobseeker", status_from=date(2024, 2, 3)))
    bring_in_facts(place.welfare, *(fact("W1", FactKind.JOB_OFFER, str(n)) for n in range(9)))
    browser = with_purpose(signed_in(place.worker), place.own)
    browser.get(address(place.own))

    with asks(QUERIES):
        browser.get(address(place.own))
