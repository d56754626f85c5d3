"""A card that would hide much is told so before anybody approves it, with coarser crossings."""

from pathlib import Path

import pytest

from spoiwo.monitoring import services
from spoiwo.monitoring.errors import CardRefused
from spoiwo.monitoring.services.trying import coarser
from tests.makers import institutions
from tests.makers.monitoring import NOON, analyst, answered, draft, measure
from tests.monitoring.test_screens_of_figures import browser, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path


def drafted(cell=(), **entry):
    """Six units of two communes: by sex each commune has few men, together enough. cell: what else is told."""
    office = institutions.institution("rops", name="ROPS Próbny")
    measure()
    told = [
        answered(
            unit=f"{place}{number}",
            territory=place,
            period=period,
            cell={"sex": sex, **dict(cell)},
            value=10.0,
        )
        for place in ("0801011", "0801022")
        for number in range(3)
        for period in ("2025-Q1", "2025-Q2")
        for sex in (("K", "M") if number == 0 else ("K",))
    ]
    services.record_observations(told, institution_id=office.pk, at=NOON)
    entry = {"by": ["sex"], "levels": [2, 4, 7], "grain": "quarter", **entry}
    return office, services.draft_card(draft(entry=entry), at=NOON, by=analyst(office))


def test_coarser_crossings_are_proposed_with_how_much_they_hide():
    _office, version = drafted()

    own, *better = coarser(version)

    assert (own.by, own.levels, own.grain) == (("sex",), (2, 4, 7), "quarter")
    assert own.hidden / own.figures > 0.2
    assert ((), (2, 4, 7), "quarter") in [(one.by, one.levels, one.grain) for one in better]
    assert better == sorted(better, key=lambda one: one.share)
    assert all(one.share < own.share for one in better)
    assert better[0].hidden == 0


def test_divisions_are_left_out_one_by_one_and_together():
    _office, version = drafted(cell={"age": "60+"}, by=["sex", "age"], levels=[4], grain="year")

    _own, *better = coarser(version)

    assert {one.by for one in better} == {("age",), ()}, "without age alone as much stays hidden"


def test_a_draft_that_cannot_be_computed_is_refused():
    _office, version = drafted(by=["shoe"])

    with pytest.raises(CardRefused):
        coarser(version)


def test_a_card_that_hides_little_needs_no_proposal():
    _office, version = drafted(by=[], levels=[2], grain="year")

    assert coarser(version) == []


def test_a_crossing_that_a_formula_needs_is_not_proposed():
    _office, version = drafted(numerator="shift(finished, quarters=-1)")

    assert {one.grain for one in coarser(version)} == {"quarter"}


def test_without_data_nothing_is_proposed():
    office = institutions.institution()
    measure()
    version = services.draft_card(draft(), at=NOON, by=analyst(office))

    assert coarser(version) == []


def test_the_page_of_a_draft_proposes_to_break_down_less():
    office, _version = drafted()

    page = text(browser(office).get("/wskazniki/graduates/1/"))

    assert "Podziel wartości mniej" in page
    assert "jak w szkicu" in page
    assert "(0 %)".replace(" ", "\xa0") in page
