"""The tables behind the odds, without an engine."""

import pytest

from spoiwo.matching.strategy import comparing, deciding, explaining, given_names, weighing
from spoiwo.matching.strategy.weighing import MISSING, Priors, Weights, learn, unpacked

PRIORS = Priors(same=1000.0, strangers=1e8, relatives=500.0, twins=10.0)


def levels(**told: int) -> dict[str, int]:
    return {**dict.fromkeys(comparing.FIELDS, MISSING), "woman": 0, **told}


def odds(told: dict[str, int]) -> tuple[float, float, float]:
    same, *rivals = Weights(PRIORS).logs(told)
    stranger, relative, twin = (same - rival for rival in rivals)
    return stranger, relative, twin


def test_a_missing_field_says_nothing():
    told = levels(given=0, born=0)

    assert odds(told) == odds({**told, "phone": MISSING})


def test_other_given_names_on_one_birth_date_speak_for_twins():
    _, _, twin = odds(levels(given=7, surname=0, born=0, address=0))

    assert twin < 0


def test_every_share_is_a_share():
    assert all(
        0 < share <= 1 for table in weighing.TABLE.values() for shares in table.values() for share in shares
    )


def test_a_clean_register_teaches_that_slips_are_rare():
    clean = learn({"surname": {0: 10_000}})
    sloppy = learn({"surname": {0: 9_000, 1: 1_000}})

    assert clean["surname"][1] == pytest.approx(weighing.TABLE["surname"][1][0] / 10)
    assert sloppy["surname"][1] == pytest.approx(0.1, rel=0.02)


def test_without_pairs_to_learn_from_the_table_stands():
    learnt = learn({})

    assert learnt["given"][2] == pytest.approx(weighing.TABLE["given"][2][0])
    assert learnt["born"][1] == pytest.approx(weighing.TABLE["born"][1][0])


def test_a_code_holds_a_level_for_each_field():
    told = levels(given=3, surname=7, born=0, number=5, woman=1)
    code = sum(told[field] * 10**place for place, field in enumerate(comparing.FIELDS))

    assert unpacked(code, comparing.FIELDS) == told


@pytest.mark.parametrize(
    ("told", "verdict"),
    [
        pytest.param(levels(given=0, surname=0, born=0, number=5), "no", id="two valid numbers"),
        pytest.param(levels(given=7, surname=0, born=0, number=0), "review", id="number of a relative"),
        pytest.param(levels(given=7, surname=0, born=0), "no", id="another given name and no number"),
        pytest.param(levels(given=0, surname=0, born=7), "no", id="another birth date and no number"),
        pytest.param(levels(given=0, surname=0, born=9, address=0), "no", id="a generation apart"),
        pytest.param(levels(given=0, surname=0), "review", id="no birth date and no number"),
        pytest.param(levels(given=0, surname=0, born=0, number=0), "auto", id="everything agrees"),
    ],
)
def test_no_weight_overrides_a_veto(told: dict[str, int], verdict: str):
    assert deciding.ceiling(told) == verdict


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        (levels(given=0, surname=0, born=0, number=0), "pesel"),
        (levels(given=7, surname=0, born=0, number=0), "pesel_contradicts"),
        (levels(given=0, surname=0, born=0, number=3), "pesel_slip"),
        (levels(given=6, surname=6, born=0), "names_swapped"),
        (levels(given=0, surname=7, born=0), "surname_changed"),
        (levels(given=0, surname=0, born=2), "birth_date_slip"),
        (levels(given=0, surname=0), "names_contact"),
        (levels(given=0, surname=0, document=0), "document"),
    ],
)
def test_the_rule_names_what_brought_two_records_together(told: dict[str, int], rule: str):
    assert deciding.rule(told) == rule


def test_every_level_that_is_weighed_can_be_put_into_words():
    for field, table in weighing.TABLE.items():
        for level in table:
            told = levels(**{field: level})

            assert explaining.evidence(told, "").count("=") == 1
            assert explaining.evidence(told, "pl") != explaining.evidence(told, "en") or field in {
                "sex",
                "surname",
            }


def test_evidence_reads_as_a_sentence():
    told = levels(given=0, surname=1, born=6, number=3)

    assert explaining.evidence(told, "pl") == (
        "PESEL różni się jedną pomyłką, jeden jest błędny; to samo imię; nazwisko różni się literówką; "
        "data urodzenia podobna, PESEL potwierdza"
    )


def test_a_form_of_a_name_stands_in_one_class():
    forms = [form for line in given_names.CLASSES.split("\n") for form in set(line.split())]

    assert sorted({form for form in forms if forms.count(form) > 1}) == []
