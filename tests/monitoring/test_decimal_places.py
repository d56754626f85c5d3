"""Figures have the decimal places that their card says, wherever they stand."""

from pathlib import Path

import pytest
from django.utils import translation

from spoiwo.monitoring.models import Indicator, IndicatorVersion
from spoiwo.monitoring.tables.figures import change_rows
from spoiwo.monitoring.tables.own import beside_region
from spoiwo.monitoring.tables.pictures import shown
from spoiwo.monitoring.tables.released import Table
from spoiwo.monitoring.tables.summaries import headline
from spoiwo.monitoring.types import Aims, Change, Found, View, Wanted
from tests.makers import institutions
from tests.makers.monitoring import NOON, approved, measure, reported
from tests.monitoring.test_screens_of_figures import browser, text

DAY = NOON.date()


def figure(place: str, period: str, value: float) -> Found:
    return Found(place, len(place), period, (), value, None, value, 5, None, "ok")


def table(**entry) -> Table:
    version = IndicatorVersion(
        name_pl="Wskaźnik", indicator=Indicator(code="c"), entry={"kind": "ratio", **entry}
    )
    found = [
        figure(place, period, value)
        for place in ("08", "0801")
        for period, value in (("2024", 1.23456), ("2025", 2.34561))
    ]
    aims = Aims(targets={"2025": 3.14159}, baseline=0.98765, baseline_period="2020")
    return Table(version, found, {"08": "lubuskie", "0801": "gorzowski"}, aims)


@pytest.mark.parametrize(
    ("entry", "value", "target", "change", "own"),
    [
        pytest.param({}, "2,35", "3,14", "+1,11", "4,43", id="two unless something is said"),
        pytest.param({"decimals": 4}, "2,3456", "3,1416", "+1,1111", "4,4321", id="four"),
        pytest.param({"decimals": 0}, "2", "3", "+1", "4", id="none"),
    ],
)
def test_pictures_keep_the_places_of_the_card(entry, value, target, change, own):
    made = table(**entry)

    with translation.override("pl"):
        over_time = shown(made, Wanted(View.OVER_TIME, place="08"))
        slopes = shown(made, Wanted(View.SLOPES))
        beside = beside_region(made, {"2025": 4.43213})
        head = headline(made)

    assert over_time.rows[-1] == ("2025", value, target)
    assert f"cel {target}" in over_time.svg
    assert slopes.rows[0][-1] == change
    assert beside.rows[-1] == ("2025", own, value)
    assert (head.text, head.target) == (value, target)


@pytest.mark.django_db
def test_a_dry_run_shows_changes_that_two_places_would_not():
    change = Change(figure("08", "2025", 0.1231), figure("08", "2025", 0.1234))

    with translation.override("pl"):
        [row] = change_rows([change], DAY, 4)

    assert (row["before"], row["after"]) == ("0,1231", "0,1234")


@pytest.mark.django_db
def test_the_list_of_cards_keeps_them_too(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    here = institutions.institution()
    measure()
    reported(here, 10.12345, 20.0, 30.0)
    approved(here, entry={"decimals": 3})

    assert "60,123" in text(browser(here).get("/wskazniki/"))
