from datetime import date

import pytest

from spoiwo.institutions import rules
from spoiwo.institutions.errors import BadDetails
from spoiwo.institutions.types import Fault, Kind, KindPeriod
from tests.makers import institutions as make


def faults_of(**values: object) -> set[tuple[str, Fault]]:
    with pytest.raises(BadDetails) as refusal:
        rules.checked_details(make.details(**values))
    return {(problem.field, problem.fault) for problem in refusal.value.problems}


def test_numbers_and_codes_are_kept_in_one_form():
    typed = make.details(
        name="  Powiatowy  Urząd Pracy ",
        nip="PL 525-22-48-481",
        regon="631257822 00000".replace(" ", ""),
        krs="0000 045 146",
        teryt="08 10 02 1",
        area="08 10",
        postal_code="68100",
        e_delivery="ae:pl-12345-67890-abcde-12",
        email="pup@example.pl",
        website="https://pup.example.pl/kontakt",
    )

    kept = rules.checked_details(typed)

    assert kept.name == "Powiatowy Urząd Pracy"
    assert kept.nip == "5252248481"
    assert kept.regon == "631257822"
    assert kept.krs == "0000045146"
    assert (kept.teryt, kept.area) == ("0810021", "0810")
    assert kept.postal_code == "68-100"
    assert kept.e_delivery == "AE:PL-12345-67890-ABCDE-12"


@pytest.mark.parametrize(
    ("field", "typed", "fault"),
    [
        ("name", "   ", Fault.MISSING),
        ("short_name", "", Fault.MISSING),
        ("name", "x" * 251, Fault.TOO_LONG),
        ("street", "x" * 121, Fault.TOO_LONG),
        ("place", "Żagań\x00", Fault.CHARACTERS),
        ("nip", "525-22-48-482", Fault.NIP),
        ("regon", "123", Fault.REGON),
        ("krs", "45146", Fault.KRS),
        ("teryt", "081", Fault.TERYT),
        ("area", "Żagań", Fault.TERYT),
        ("postal_code", "6810", Fault.POSTAL_CODE),
        ("e_delivery", "AE:PL-1-2-3-4", Fault.E_DELIVERY),
        ("email", "pup.example.pl", Fault.EMAIL),
        ("email", "pup@example", Fault.EMAIL),
        ("website", "pup.example.pl", Fault.WEBSITE),
        ("website", "javascript:alert(1)", Fault.WEBSITE),
    ],
)
def test_a_value_that_cannot_be_what_it_says_is_refused(field, typed, fault):
    assert faults_of(**{field: typed}) == {(field, fault)}


def test_all_problems_are_told_at_once():
    assert faults_of(name="", nip="1", kinds=()) == {
        ("name", Fault.MISSING),
        ("nip", Fault.NIP),
        ("kinds", Fault.MISSING),
    }


def test_a_kind_stands_once_and_does_not_end_before_it_starts():
    twice = (KindPeriod(Kind.KIS), KindPeriod(Kind.KIS))
    backwards = (KindPeriod(Kind.KIS, date(2024, 1, 2), date(2024, 1, 1)),)

    assert faults_of(kinds=twice) == {("kinds", Fault.KIND_TWICE)}
    assert faults_of(kinds=backwards) == {("kinds", Fault.ENDS_BEFORE_START)}


def test_a_kind_may_last_one_day():
    one_day = (KindPeriod(Kind.KIS, date(2024, 1, 1), date(2024, 1, 1)),)

    assert rules.checked_details(make.details(kinds=one_day)).kinds == one_day


def test_kinds_are_listed_in_one_order_whatever_was_typed():
    typed = (KindPeriod(Kind.CIS), KindPeriod(Kind.PUP), KindPeriod(Kind.KIS))

    kept = rules.checked_details(make.details(kinds=typed)).kinds

    assert [period.kind for period in kept] == [Kind.PUP, Kind.KIS, Kind.CIS]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "fault"),
    [
        (None, date(2024, 5, 1), Fault.END_WITHOUT_START),
        (date(2024, 5, 2), date(2024, 5, 1), Fault.ENDS_BEFORE_START),
    ],
)
def test_the_status_of_a_social_enterprise_has_a_first_day_before_its_last(starts_on, ends_on, fault):
    problems = faults_of(social_enterprise_from=starts_on, social_enterprise_to=ends_on)

    assert problems == {("social_enterprise_to", fault)}


def test_the_status_of_a_social_enterprise_may_have_no_end():
    details = make.details(social_enterprise_from=date(2024, 5, 1), social_enterprise_to=None)

    assert rules.checked_details(details).social_enterprise_from == date(2024, 5, 1)


@pytest.mark.parametrize("code", ["pup-zagan", "ops2", "a" * 40])
def test_a_code_is_small_letters_digits_and_hyphens(code):
    assert rules.checked_code(code) == code


@pytest.mark.parametrize("code", ["", "PUP", "pup żagań", "pup--x", "-pup", "a" * 41, "pracownicy", "import"])
def test_other_codes_are_refused_as_are_words_of_addresses(code):
    with pytest.raises(BadDetails) as refusal:
        rules.checked_code(code)

    assert refusal.value.problems[0].fault == Fault.CODE


@pytest.mark.parametrize(
    ("short_name", "taken", "code"),
    [
        ("PUP Żagań", set(), "pup-zagan"),
        ("PUP Żagań", {"pup-zagan"}, "pup-zagan-2"),
        ("PUP Żagań", {"pup-zagan", "pup-zagan-2"}, "pup-zagan-3"),
        ("Import", set(), "import-2"),
        ("Привет", set(), "instytucja"),
    ],
)
def test_a_code_is_made_from_the_short_name(short_name, taken, code):
    assert rules.code_from(short_name, taken.__contains__) == code


def test_a_made_code_is_never_too_long():
    code = rules.code_from("Stowarzyszenie " * 5, {"stowarzyszenie-stowarzyszenie-stowa"}.__contains__)

    assert rules.checked_code(code) == code


def test_the_search_key_holds_name_short_name_and_place_without_diacritics():
    key = rules.directory_search_key("Powiatowy Urząd Pracy", "PUP Żagań", "Żagań")

    assert key == "pup zagan zagan powiatowy urzad pracy"
    assert len(rules.directory_search_key("ż" * 250, "ż" * 80, "ż" * 80)) == 400
