import json
from collections.abc import Mapping
from xml.etree import ElementTree as ET

import pytest

from spoiwo.monitoring.errors import BoundariesUnreadable
from spoiwo.monitoring.rules.boundaries import read_boundaries
from spoiwo.monitoring.rules.drawing import charts, maps
from spoiwo.monitoring.rules.drawing.paper import SHADES, Mark, shade_of
from spoiwo.toolkit.pictures import png_of

SVG = "{http://www.w3.org/2000/svg}"
SQUARE = [[15.0, 52.0], [15.1, 52.0], [15.1, 52.1], [15.0, 52.1], [15.0, 52.0]]


def drawn(svg: str) -> ET.Element:
    """The picture, which must be well formed and say what it shows."""
    root = ET.fromstring(svg)
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert "style" not in svg
    return root


def said(root: ET.Element) -> list[str]:
    return [text.text or "" for text in root.iter(f"{SVG}text")]


def mark(label: str, value: float | None, code: str = "", text: str = "") -> Mark:
    return Mark(label, value, text or ("#" if value is None else f"{value:g}"), code)


def test_a_line_stops_at_a_break_and_at_what_is_not_known():
    marks = [mark("2021", 1.0), mark("2022", 2.0), mark("2023", None), mark("2024", 3.0), mark("2025", 4.0)]

    root = drawn(
        charts.over_time(
            "Wskaźnik",
            marks,
            targets={},
            breaks={"2025": "nowa ankieta", "2031": "później"},
            target_word="cel",
        )
    )

    lines = [line.get("points", "").split() for line in root.iter(f"{SVG}polyline")]
    assert [len(points) for points in lines] == [2]
    assert len(list(root.iter(f"{SVG}circle"))) == 4
    assert {"#", "nowa ankieta", "2025"} <= set(said(root))
    assert "później" not in said(root)


def test_a_target_is_a_dashed_line_with_its_value():
    marks = [mark("2024", 1.0), mark("2025", 2.0)]
    one = {"2025": mark("2025", 4.0)}
    both = {"2024": mark("2024", 3.0), **one}

    for targets in (one, both):
        root = drawn(charts.over_time("W", marks, targets=targets, breaks={}, target_word="cel"))
        dashed = [line for line in root.iter(f"{SVG}polyline") if line.get("stroke-dasharray")]
        assert len(dashed) == 1
        assert "cel 4" in said(root)


def test_a_higher_value_stands_higher():
    root = drawn(
        charts.over_time("W", [mark("2024", 1.0), mark("2025", 3.0)], targets={}, breaks={}, target_word="")
    )

    first, second = (float(circle.get("cy", "0")) for circle in root.iter(f"{SVG}circle"))
    assert second < first


def test_a_ranking_begins_with_the_longest_and_ends_with_what_is_hidden():
    marks = [mark("A", 1.0), mark("B", None), mark("C", 3.0, "c"), mark("D", -1.0)]

    root = drawn(charts.ranking("W", marks, average=mark("region", 2.0), own="c"))

    order = [text for text in said(root) if text in {"A", "B", "C", "D"}]
    widths = [float(bar.get("width", "0")) for bar in root.iter(f"{SVG}rect")]
    assert order == ["C", "A", "D", "B"]
    assert len(widths) == 3
    assert widths[0] == max(widths)
    assert "region 2" in said(root)


def test_small_multiples_share_one_scale():
    panels = [("A", [mark("2024", 1.0), mark("2025", 2.0)]), ("B", [mark("2024", 10.0), mark("2025", None)])]

    root = drawn(charts.multiples("W", [*panels, ("C", [])], {}))
    broken = drawn(charts.multiples("W", panels, {"2025": "nowa ankieta"}))

    assert {"A", "B", "C", "2", "#"} <= set(said(root))
    assert len(list(root.iter(f"{SVG}circle"))) == 3
    assert [len(list(picture.iter(f"{SVG}polyline"))) for picture in (root, broken)] == [1, 0]


def test_slopes_join_what_is_known_in_both_periods_with_labels_apart():
    rows = [
        ("A", mark("A", 1.0), mark("A", 2.0)),
        ("B", mark("B", 1.0), mark("B", 0.5)),
        ("C", mark("C", None), mark("C", 2.0)),
    ]

    root = drawn(charts.slopes("W", "2024", "2025", rows))

    assert len(list(root.iter(f"{SVG}polyline"))) == 2
    heights = [
        float(text.get("y", "0"))
        for text in root.iter(f"{SVG}text")
        if (text.text or "").startswith(("A 1", "B 1"))
    ]
    assert abs(heights[0] - heights[1]) >= 16


def test_slopes_of_nothing_are_an_empty_sheet():
    drawn(charts.slopes("W", "2024", "2025", []))


def test_a_heat_map_is_darker_where_more_reported():
    root = drawn(
        charts.heat("W", ["2024", "2025"], [("A", [mark("", 0.0), mark("", 1.0)]), ("B", [mark("", None)])])
    )

    fills = [box.get("fill") for box in root.iter(f"{SVG}rect")]
    assert fills[:2] == [SHADES[0], SHADES[-1]]
    assert len(fills) == 3


def test_progress_stays_on_its_track():
    root = drawn(charts.progress("W", [("A", 1.5, "150 %"), ("B", None, "."), ("C", -1.0, "-100 %")]))

    widths = [float(box.get("width", "0")) for box in root.iter(f"{SVG}rect")]
    assert widths == [540.0, 540.0, 540.0, 540.0, 0.0]


def test_words_from_outside_are_escaped():
    root = drawn(charts.ranking('<b>&"', [mark("<i>", 1.0)], average=None))

    assert root.get("aria-label") == '<b>&"'
    assert "<i>" in said(root)


@pytest.mark.parametrize(
    ("codes", "places"),
    [
        (("0861", "0801"), [("0", "0"), ("158", "0")]),
        (
            ("9901", "9902", "9903", "9904", "9905"),
            [("0", "0"), ("158", "0"), ("316", "0"), ("474", "0"), ("0", "86")],
        ),
    ],
)
def test_tiles_lie_where_places_do_and_others_in_their_order(codes, places):
    root = drawn(maps.tiles("W", [mark(code, 1.0, code) for code in codes]))

    assert [(box.get("x"), box.get("y")) for box in root.iter(f"{SVG}rect")] == places


def test_shades_are_five_classes_and_one_when_all_are_equal():
    assert [shade_of(value, [0.0, 10.0]) for value in (0.0, 2.1, 5.0, 7.0, 10.0)] == [0, 1, 2, 3, 4]
    assert shade_of(3.0, [3.0, 3.0]) == 2


def test_a_map_draws_each_place_in_its_shape_with_its_value_as_a_hint():
    rings = {"0801": [SQUARE], "0802": [[[x + 0.1, y] for x, y in SQUARE]]}

    svg = maps.shapes("W", [mark("A", 1.0, "0801"), mark("B", None, "0802")], rings, ("1", "1"))

    shapes = list(drawn(svg).iter(f"{SVG}path"))
    assert [shape[0].text for shape in shapes] == ["A: 1", "B: #"]
    assert shapes[0].get("fill") != shapes[1].get("fill")
    assert png_of(svg, width=200).startswith(b"\x89PNG")


def geo(geometry: Mapping[str, object] | None = None, **properties: object) -> bytes:
    feature = {
        "type": "Feature",
        "properties": properties,
        "geometry": geometry or {"type": "Polygon", "coordinates": [SQUARE]},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def test_boundaries_of_geojson_are_known_by_their_teryt_code():
    several = {"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}

    assert read_boundaries(geo(TERYT="0801")) == {"0801": [SQUARE]}
    assert read_boundaries(geo(several, JPT_KOD_JE="0801011")) == {"0801011": [SQUARE, SQUARE]}


def test_boundaries_of_topojson_follow_their_arcs_forwards_and_backwards():
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [15.0, 52.0]},
        "arcs": [[[0, 0], [1, 0], [0, 1]], [[0, 0], [0, 1], [1, 0]]],
        "objects": {
            "counties": {
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, -2]], "properties": {"teryt": "0801"}},
                    {"type": "MultiPolygon", "arcs": [[[0, -2]]], "id": "0802"},
                    {"type": "Point", "properties": {"teryt": "0803"}},
                ]
            }
        },
    }
    plain = topology | {"transform": None, "arcs": [SQUARE[:3], [SQUARE[0], SQUARE[3], SQUARE[2]]]}

    for content in (topology, plain):
        found = read_boundaries(json.dumps(content).encode())
        assert sorted(found) == ["0801", "0802"]
        assert [[round(x, 3), round(y, 3)] for x, y in found["0801"][0]] == SQUARE


def test_points_nearer_than_a_picture_can_show_are_left_out():
    fine = [SQUARE[0], [15.0001, 52.0], *SQUARE[1:]]

    assert read_boundaries(geo({"type": "Polygon", "coordinates": [fine]}, kod="0801")) == {"0801": [SQUARE]}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe", "json"),
        (b"{", "json"),
        (b"[]", "format"),
        (b"{}", "format"),
        (geo({"type": "Polygon", "coordinates": [[1]]}, teryt="0801"), "format"),
        (geo(teryt="nic"), "empty"),
        (geo({"type": "Point", "coordinates": [15, 52]}, teryt="0801"), "empty"),
        (geo({"type": "Polygon", "coordinates": [SQUARE[:2]]}, teryt="0801"), "empty"),
    ],
)
def test_a_file_that_holds_no_boundaries_is_refused_with_the_reason(content, reason):
    with pytest.raises(BoundariesUnreadable) as refused:
        read_boundaries(content)

    assert refused.value.reason == reason
