import pytest

from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.tables.pivots import pivot
from spoiwo.monitoring.tables.released import Table
from spoiwo.monitoring.types import Aims, Found, View, Wanted

SEXES, AGES = ("K", "M"), ("do 30", "30+")


def figure(place: str, period: str, cell: tuple[str | None, ...], value: float | None) -> Found:
    return Found(
        place, len(place), period, cell, value, None, value, 5, None, "ok" if value else "suppressed"
    )


def table(by: list[str]) -> Table:
    """Two counties over two years; every figure tells where it stands: county, year, sex, age."""
    cells = [(sex, age) for sex in SEXES for age in AGES] if len(by) == 2 else [(None,) * len(by)]
    found = [
        figure(place, str(year), cell, worth(place, year, cell))
        for place in ("08", "0801", "0862")
        for year in (2024, 2025)
        for cell in cells
    ]
    version = IndicatorVersion(name_pl="Wskaźnik", entry={"by": by, "kind": "count"})
    return Table(version, found, {"08": "lubuskie", "0801": "gorzowski", "0862": "Łęknica"}, Aims())


def worth(place: str, year: int, cell: tuple[str | None, ...]) -> float | None:
    if (place, year) == ("0862", 2025):
        return None
    sex, age = cell if len(cell) == 2 else (None, None)
    return int(place) * 10 + (year - 2024) + (100_000 if sex == "M" else 0) + (200_000 if age == "30+" else 0)


def wanted(down: str, across: str, **given) -> Wanted:
    return Wanted(View.PIVOT, **{"place": "08", "period": "2024"} | given, down=down, across=across)


@pytest.mark.parametrize(
    ("down", "across", "header", "rows"),
    [
        pytest.param(
            "miejsce",
            "okres",
            ("Obszar", "2024", "2025"),
            [
                ("lubuskie", "80", "81"),
                ("gorzowski", "8\u00a0010", "8\u00a0011"),
                ("Łęknica", "8\u00a0620", "#"),
            ],
            id="places and periods",
        ),
        pytest.param(
            "okres",
            "miejsce",
            ("Okres", "lubuskie", "gorzowski", "Łęknica"),
            [("2024", "80", "8\u00a0010", "8\u00a0620"), ("2025", "81", "8\u00a0011", "#")],
            id="the other way round",
        ),
        pytest.param(
            "okres",
            "okres",
            ("Okres", "lubuskie", "gorzowski", "Łęknica"),
            [("2024", "80", "8\u00a0010", "8\u00a0620"), ("2025", "81", "8\u00a0011", "#")],
            id="the same twice",
        ),
    ],
)
def test_places_and_periods_stand_in_rows_or_columns(down, across, header, rows):
    shown = pivot(table([]), wanted(down, across))

    assert shown.header == header
    assert list(shown.rows) == rows


def test_two_dimensions_are_crossed_for_one_place_and_period():
    shown = pivot(table(["sex", "age"]), wanted("sex", "age", period="2025"))

    assert shown.title == "Wskaźnik, lubuskie, 2025"
    assert (shown.header, shown.rows) == (
        ("płeć", "30+", "do 30"),
        (("K", "200\u00a0081", "81"), ("M", "300\u00a0081", "100\u00a0081")),
    )


def test_a_dimension_on_neither_axis_has_rows_of_its_own():
    shown = pivot(table(["sex", "age"]), wanted("sex", "okres"))

    assert shown.header == ("płeć", "W podziale na", "2024", "2025")
    assert [row[:2] for row in shown.rows] == [("K", "30+"), ("K", "do 30"), ("M", "30+"), ("M", "do 30")]
