"""Periods and places of which nothing was told are seen as such, and no line is drawn across them."""

from pathlib import Path

import pytest
from django.utils import translation

from spoiwo.engines.indicators.periods import between
from spoiwo.monitoring.models import Indicator, IndicatorVersion
from spoiwo.monitoring.tables.own import beside_region
from spoiwo.monitoring.tables.pictures import shown
from spoiwo.monitoring.tables.released import Table, table_of
from spoiwo.monitoring.types import Aims, Found, View, Wanted
from spoiwo.territory import queries as register
from spoiwo.territory.services import import_terc
from tests.makers import institutions, territory
from tests.makers.monitoring import NOON, approved, measure, reported
from tests.monitoring.test_screens_of_figures import browser, text

DAY = NOON.date()
NAMES = {"08": "lubuskie", "0801": "gorzowski", "0861": "Gorzów", "0862": "Łęknica"}


def figure(place: str, period: str, value: float) -> Found:
    return Found(place, len(place), period, (), value, None, value, 5, None, "ok")


def table(*found: Found) -> Table:
    """Figures of two years with a year between them; a county that told nothing."""
    version = IndicatorVersion(
        name_pl="Wskaźnik", indicator=Indicator(code="c"), entry={"kind": "count", "numerator": "finished"}
    )
    told = found or tuple(
        figure(place, period, 10.0) for place in ("08", "0801", "0861") for period in ("2022", "2024")
    )
    return Table(version, told, NAMES, Aims(), {4: ("0801", "0861", "0862")})


@pytest.mark.parametrize(
    ("first", "last", "all_of_them"),
    [
        ("2022", "2024", ["2022", "2023", "2024"]),
        ("2024-Q3", "2025-Q1", ["2024-Q3", "2024-Q4", "2025-Q1"]),
        ("2024-11", "2025-02", ["2024-11", "2024-12", "2025-01", "2025-02"]),
        ("2024", "2024", ["2024"]),
    ],
)
def test_periods_between_two_are_all_there(first, last, all_of_them):
    assert between(first, last) == all_of_them


def test_a_year_without_figures_is_a_gap_in_the_line():
    with translation.override("pl"):
        made = shown(table(), Wanted(View.OVER_TIME, place="08"))

    assert [row[:2] for row in made.rows] == [("2022", "10"), ("2023", "."), ("2024", "10")]
    assert "polyline" not in made.svg, "nothing joins 2022 and 2024"


@pytest.mark.parametrize("view", [View.RANKING, View.MAP, View.SLOPES])
@pytest.mark.django_db
def test_a_county_without_figures_is_seen(view):
    with translation.override("pl"):
        made = shown(table(), Wanted(view, place="08", level=4))

    assert [row[1] for row in made.rows if row[0] == "Łęknica"] == ["."]
    assert "Gorzów" in made.svg or view is View.SLOPES


@pytest.mark.parametrize("view", [View.MULTIPLES, View.COMPLETENESS])
@pytest.mark.django_db
def test_charts_of_all_places_have_all_places_and_periods(view):
    with translation.override("pl"):
        made = shown(table(), Wanted(view, place="08", level=4))

    assert made.header[1:] == ("2022", "2023", "2024")
    assert [row[0] for row in made.rows] == ["gorzowski", "Gorzów", "Łęknica"]


def test_a_pivot_has_a_column_for_the_year_between():
    with translation.override("pl"):
        made = shown(table(), Wanted(View.PIVOT, place="08", level=4))

    assert made.header[1:] == ("2022", "2023", "2024")
    assert made.rows[0] == ("lubuskie", "10", ".", "10")


def test_own_years_that_the_region_lacks_are_there_and_those_between():
    with translation.override("pl"):
        made = beside_region(table(), {"2020": 1.0})
        nothing = beside_region(Table(table().version, (), NAMES, Aims()), {})

    assert [row[0] for row in made.rows] == ["2020", "2021", "2022", "2023", "2024"]
    assert nothing.rows == ()


@pytest.mark.django_db
def test_places_come_from_the_register_of_territories(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    import_terc(territory.terc_csv())
    office = institutions.institution()
    measure()
    reported(office, 10.0, 20.0, 30.0)
    version = approved(office)
    counties = register.places_in("08", 4, DAY)

    made = table_of(version, [figure("08", "2025", 1.0), figure("0801", "2025", 1.0)], DAY)
    alone = table_of(version, [figure("08", "2025", 1.0)], DAY)

    assert counties == ["0801", "0861"]
    assert {*made.all_places(4)} == {*counties}
    assert made.places(4) == ["0801"]
    assert alone.all_places(4) == []
    assert register.places_in("08", 7, DAY) == ["0801011", "0801022", "0801073", "0861011"]
    page = text(browser(office).get("/wskazniki/analiza/?widok=ranking"))
    assert "Gorzów Wielkopolski" in page
