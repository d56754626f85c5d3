import pytest

from spoiwo.territory import queries, rules

COMMUNES = {"0801013", "0801032", "0862011"}


@pytest.mark.parametrize(
    ("code", "now"),
    [
        pytest.param("0801032", "0801032", id="nothing has changed"),
        pytest.param("0801012", "0801013", id="a rural commune got a town"),
        pytest.param("0801014", "0801013", id="the town of a commune"),
        pytest.param("0862029", "0862011", id="a part of a divided city"),
        pytest.param("0809102", "0862011", id="taken in by a city"),
        pytest.param("0801999", "0801", id="split up: only the county is sure"),
        pytest.param("0801", "0801", id="a county"),
        pytest.param("08", "08", id="a voivodeship"),
    ],
)
def test_an_old_code_lies_under_a_present_one(code, now):
    assert rules.present_code(code, COMMUNES, queries.SUCCESSORS) == now


def test_where_the_register_knows_no_communes_codes_stay():
    assert rules.present_code("1401012", (), {}) == "1401012"
