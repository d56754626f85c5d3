from http import HTTPStatus
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from spoiwo.institutions.types import Role
from spoiwo.kernel.expressions.parsing import parse
from spoiwo.monitoring import messages, services
from spoiwo.monitoring.errors import CardRefused, MonitoringError
from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.services import programmes
from spoiwo.monitoring.tables.figures import number, told
from spoiwo.monitoring.types import Found, Side, State, Step
from tests.makers import institutions
from tests.makers.monitoring import NOON, analyst, approved, draft, measure, reported

pytestmark = pytest.mark.django_db
CHOICES = {
    "name_pl": "Absolwenci", "name_en": "Graduates", "code": "absolwenci", "side": "risk", "counted": "finished",
    "multiplier": "1", "levels": ["2"], "grain": "year", "time": "sum", "missing": "skip", "protects": "persons",
}  # fmt: skip


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def browser(office, role: Role = Role.ANALYST) -> Client:
    account = institutions.user()
    institutions.member(office, role, account=account)
    client = Client()
    client.force_login(account)
    return client


def text(answer) -> str:
    page: str = answer.content.decode()
    return page


def test_a_card_is_built_from_choices_and_shown_with_what_it_would_publish():
    office = institutions.institution()
    measure()
    reported(office, 10.0, 20.0, 30.0)

    answer = browser(office).post("/wskazniki/nowa/", CHOICES, follow=True)

    assert answer.redirect_chain[-1][0] == "/wskazniki/absolwenci/1/"
    assert "„Miara finished”" in text(answer)
    assert "Zmieni się 1 opublikowana wartość." in text(answer)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"counted": ""}, "Wybierz, co jest liczone, albo wpisz wzór."),
        ({"code": "Z dużej"}, "Użyj małych liter"),
        ({"numerator": "finished + money"}, "Nie można dodać ani odjąć różnych jednostek"),
        ({"numerator": "nikt"}, "W katalogu nie ma takiej miary: nikt."),
        ({"numerator": "finished +"}, "Wzór jest niepełny"),
        ({"numerator": "finished[0]"}, "Sprawdź tę część"),
        ({"by": "sex, age"}, "Miara „Miara finished” nie ma podziału: age. Jej podziały: sex."),
        ({"by": "sex", "of_what": "money"}, "Miara „Miara money” nie ma podziału: sex. Jej podziały: –."),
    ],
)
def test_what_is_wrong_is_said_in_polish(change, sentence):
    office = institutions.institution()
    measure()
    measure("money", unit="pln", dimensions=())

    answer = browser(office).post("/wskazniki/nowa/", CHOICES | change)

    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in text(answer)
    assert not IndicatorVersion.objects.exists()


@pytest.mark.parametrize(
    ("change", "entry"),
    [
        ({"of_what": "all"}, {"kind": "ratio", "denominator": "all"}),
        ({"of_what": "all", "multiplier": "100"}, {"kind": "share", "multiplier": 100.0}),
        ({"of_what": "all", "multiplier": "10000"}, {"kind": "rate"}),
        (
            {"only_dimension": "sex", "only_value": "K"},
            {"kind": "count", "numerator": 'only(finished, sex="K")'},
        ),
        ({"kind": "average"}, {"kind": "average", "denominator": ""}),
        ({"by": "sex, sex"}, {"by": ["sex"]}),
    ],
)
def test_choices_become_formulas(change, entry):
    office = institutions.institution()
    measure()
    measure("all")

    browser(office).post("/wskazniki/nowa/", CHOICES | change)

    made = IndicatorVersion.objects.get().entry
    assert made == {**made, **entry}


def test_a_draft_is_changed_with_the_formulas_it_has():
    office = institutions.institution()
    measure()
    client = browser(office)
    client.post("/wskazniki/nowa/", CHOICES | {"kind": "average"})

    page = client.get("/wskazniki/absolwenci/1/zmiana/")
    answer = client.post(
        "/wskazniki/absolwenci/1/zmiana/", CHOICES | {"edit_version": 1, "numerator": "finished * 2"}
    )

    assert 'value="finished"' in text(page)
    assert answer["Location"] == "/wskazniki/absolwenci/1/"
    assert IndicatorVersion.objects.get().entry["numerator"] == "finished * 2"


def test_a_change_that_cannot_be_right_or_comes_too_late_is_explained():
    office = institutions.institution()
    measure()
    client = browser(office)
    client.post("/wskazniki/nowa/", CHOICES)

    wrong = client.post(
        "/wskazniki/absolwenci/1/zmiana/", CHOICES | {"edit_version": 1, "numerator": "nobody"}
    )
    client.post("/wskazniki/absolwenci/1/krok/", {"step": "send"})
    late = client.post("/wskazniki/absolwenci/1/zmiana/", CHOICES | {"edit_version": 1})

    assert wrong.status_code == late.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "zmienił już stan tej wersji" in text(late)


def test_two_people_bring_a_card_to_its_figures():
    office = institutions.institution()
    measure()
    for period in ("2024", "2025"):
        reported(office, 10.0, 20.0, 30.5, period=period)
    writer, director = browser(office), browser(office, Role.DIRECTOR)
    writer.post("/wskazniki/nowa/", CHOICES)

    own = writer.post("/wskazniki/absolwenci/1/krok/", {"step": "send"}, follow=True)
    refused = writer.post("/wskazniki/absolwenci/1/krok/", {"step": "approve"}, follow=True)
    done = director.post("/wskazniki/absolwenci/1/krok/", {"step": "approve"}, follow=True)

    assert "Musi ją zatwierdzić inna osoba." in text(own)
    assert "Musi ją zatwierdzić inna osoba." in text(refused)
    assert "60,50" in text(done)
    assert "<polyline" in text(done)
    assert "60,50" in text(browser(office, Role.CASE_WORKER).get("/wskazniki/"))


def test_the_next_version_begins_where_the_last_one_ended():
    office = institutions.institution()
    measure()
    approved(office, code="absolwenci")
    client = browser(office)

    begun = client.post("/wskazniki/absolwenci/nowa-wersja/")
    again = client.post("/wskazniki/absolwenci/nowa-wersja/", follow=True)

    assert begun["Location"] == "/wskazniki/absolwenci/2/zmiana/"
    assert "Najpierw dokończ tamtą" in text(again)
    assert "Żadna opublikowana wartość się nie zmieni." in text(client.get("/wskazniki/absolwenci/2/"))
    assert "Szkic karty" in text(client.get("/wskazniki/"))


def test_a_version_shows_what_differs_from_the_approved_card():
    office = institutions.institution()
    measure()
    approved(office, code="absolwenci")
    client = browser(office)
    client.post("/wskazniki/absolwenci/nowa-wersja/")
    changed = CHOICES | {"name_pl": "Kończący zajęcia", "multiplier": "1000", "levels": ["2", "4"]}

    client.post("/wskazniki/absolwenci/2/zmiana/", changed | {"edit_version": 1})

    page = text(client.get("/wskazniki/absolwenci/2/"))
    assert "Co różni się od zatwierdzonej karty" in page
    assert '<td data-l="Zatwierdzona">Absolwenci</td><td data-l="Ta wersja">Kończący zajęcia</td>' in page
    assert "finished × 1000" in page.replace("\xa0", "")


def test_a_trial_that_cannot_be_made_says_why():
    office = institutions.institution()
    measure()
    reported(office, 1.0)
    services.draft_card(draft(code="wiek", entry={"by": ["age"]}), at=NOON, by=analyst(office))

    assert "Nikt jeszcze nie podał danych w takim podziale." in text(
        browser(office).get("/wskazniki/wiek/1/")
    )


def test_what_is_not_there_or_not_ones_own_looks_the_same():
    office, other = institutions.institution(), institutions.institution()
    measure()
    services.draft_card(draft(code="cudza"), at=NOON, by=analyst(other))
    client = browser(office)
    addresses = ["/wskazniki/cudza/", "/wskazniki/cudza/1/", "/wskazniki/cudza/1/zmiana/", "/wskazniki/nic/"]

    answers = [client.get(address).status_code for address in addresses]
    posted = [client.post("/wskazniki/cudza/nowa-wersja/").status_code,
              client.post("/wskazniki/cudza/1/krok/", {"step": "send"}).status_code]  # fmt: skip

    assert {*answers, *posted} == {HTTPStatus.NOT_FOUND}


def test_an_approved_card_of_others_is_read_but_not_revised():
    office, other = institutions.institution(), institutions.institution()
    measure()
    approved(other, code="cudza")
    client = browser(office)

    assert client.get("/wskazniki/cudza/").status_code == HTTPStatus.OK
    assert client.post("/wskazniki/cudza/nowa-wersja/").status_code == HTTPStatus.NOT_FOUND


def test_a_step_nobody_knows_is_not_taken():
    office = institutions.institution()
    measure()
    services.draft_card(draft(code="a1"), at=NOON, by=analyst(office))

    answer = browser(office).post("/wskazniki/a1/1/krok/", {"step": "burn"})

    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert IndicatorVersion.objects.get().state == State.DRAFT
    assert Step.SEND in Step


def test_an_empty_list_says_what_a_card_is():
    assert "Nie ma jeszcze żadnej karty" in text(browser(institutions.institution()).get("/wskazniki/"))


def found(value: float | None, status: str = "ok", **where: Any) -> Found:
    kept: dict[str, Any] = {"territory": "08", "level": 2, "period": "2025", "cell": ()} | where
    return Found(
        **kept, numerator=value, denominator=None, value=value, n_units=3, coverage=None, status=status
    )


@pytest.mark.parametrize(
    ("value", "status", "shown"),
    [
        (None, "suppressed", "#"),
        (None, "missing", "."),
        (None, "na", "x"),
        (1234.5, "ok", "1234,50"),
        (3.0, "ok", "3"),
    ],
)
def test_figures_are_told_by_the_signs_of_public_statistics(value, status, shown):
    with translation.override("pl"):
        assert told(found(value, status)).replace("\xa0", "") == shown


def test_numbers_have_two_places_at_most():
    with translation.override("pl"):
        assert (number(3), number(2.346)) == ("3", "2,35")


@pytest.mark.parametrize(
    ("formula", "phrase"),
    [
        ("a / b * 100", "„A” podzielone przez „B” razy 100"),
        ('only(a, sex="K")', "„A” (tylko płeć: K)"),
        ("a - shift(a, years=-1)", "„A” minus „A” wcześniej o tyle miesięcy: 12"),
        ("shift(a, years=1) + 2.5", "„A” później o tyle miesięcy: 12 plus 2,5"),
        ("rolling(a, quarters=4)", "„A” w ostatnich miesiącach (12)"),
        ("cumulative(a)", "„A” narastająco"),
        ("edition(a, -1)", "„A” z wcześniejszej edycji"),
        ("-a", "minus „A”"),
        ('institutions(kind="CIS")', "liczba instytucji (tylko rodzaj podmiotu: CIS)"),
        ("response_rate()", "zwrotność"),
    ],
)
def test_a_formula_is_read_as_a_phrase(formula, phrase):
    with translation.override("pl"):
        assert messages.in_words(parse(formula), {"a": "A", "b": "B"}) == phrase


def test_a_refusal_without_a_sentence_is_a_bug():
    with pytest.raises(MonitoringError):
        messages.message_for(MonitoringError())
    with translation.override("pl"):
        assert messages.message_for(CardRefused("needs_denominator")).startswith("Ten rodzaj karty")


def test_a_card_is_retired_and_found_all_the_same():
    ropo = institutions.institution("rops", name="ROPS Próbny")
    measure()
    reported(ropo, 10.0, 20.0, 30.0)
    version = approved(ropo)
    goal = programmes.add_objective(
        programme_id=programmes.begin_programme(
            name="Program", first_year=2024, last_year=2027, by=analyst(ropo)
        ).pk,
        name="Praca",
        above_id=None,
        by=analyst(ropo),
    )
    goal.indicators.add(version.indicator_id)
    client = browser(ropo)

    before = text(client.get("/wskazniki/graduates/"))
    retired = text(client.post("/wskazniki/graduates/1/krok/", {"step": "retire"}, follow=True))
    twice = text(client.post("/wskazniki/graduates/1/krok/", {"step": "retire"}, follow=True))
    listed = text(client.get("/wskazniki/"))

    assert "Praca (Program)" in before
    assert "Wycofaj kartę" in before
    assert "Karta jest wycofana" in retired
    assert "60" in retired
    assert "Wycofaj kartę" not in retired
    assert "Ktoś zmienił już stan tej wersji" in twice
    assert "Karty wycofane" in listed
    assert client.get("/wskazniki/dane/graduates/").status_code == HTTPStatus.NOT_FOUND
    client.post("/wskazniki/graduates/nowa-wersja/")
    assert "Karty wycofane" not in text(client.get("/wskazniki/"))


def test_the_list_of_cards_is_looked_through():
    here = institutions.institution()
    measure()
    for code, name, side in (
        ("zlobki", "Żłobki", "risk"),
        ("lodzie", "Łodzie", "risk"),
        ("cis", "Centra", "centres"),
    ):
        services.draft_card(
            draft(code=code, name_pl=name, name_en=code, side=Side(side)), at=NOON, by=analyst(here)
        )
    client = browser(here)

    everything = text(client.get("/wskazniki/"))
    by_words = text(client.get("/wskazniki/", {"szukaj": "żłob"}))
    by_side = text(client.get("/wskazniki/", {"strona": "centres"}))
    nothing = text(client.get("/wskazniki/", {"szukaj": "nikt"}))

    assert "3 karty" in everything
    assert everything.index("Łodzie") < everything.index("Żłobki"), "in the Polish order"
    assert "Żłobki" in by_words
    assert "Łodzie" not in by_words
    assert "Centra" in by_side
    assert "Żłobki" not in by_side
    assert "Nie ma takiej karty" in nothing
