"""TERYT codes: shape, level, the way up."""

import pytest

from spoiwo.kernel.teryt import CommuneKind, NotTeryt, TerytCode, UnitLevel


@pytest.mark.parametrize(
    ("code", "level", "kind"),
    [
        ("08", UnitLevel.VOIVODESHIP, None),
        ("0801", UnitLevel.COUNTY, None),
        ("0801011", UnitLevel.COMMUNE, CommuneKind.URBAN),
        ("0801022", UnitLevel.COMMUNE, CommuneKind.RURAL),
        ("0801073", UnitLevel.COMMUNE, CommuneKind.URBAN_RURAL),
        ("0801074", UnitLevel.PART, CommuneKind.TOWN),
        ("0801075", UnitLevel.PART, CommuneKind.RURAL_AREA),
        ("1465028", UnitLevel.PART, CommuneKind.WARSAW_DISTRICT),
        ("1261029", UnitLevel.PART, CommuneKind.DELEGATION),
    ],
)
def test_length_and_last_digit_tell_what_a_unit_is(code, level, kind):
    unit = TerytCode(code)

    assert (unit.level, unit.kind) == (level, kind)


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("0801074", ["0801073", "0801", "08"]),
        ("0801075", ["0801073", "0801", "08"]),
        ("0801022", ["0801", "08"]),
        ("1465028", ["1465011", "1465", "14"]),
        ("1261029", ["1261011", "1261", "12"]),
        ("08", []),
    ],
)
def test_parents_lead_up_to_the_voivodeship(code, above):
    climbed = []
    unit = TerytCode(code).parent
    while unit is not None:
        climbed.append(str(unit))
        unit = unit.parent

    assert climbed == above


def test_commune_and_county_of_a_unit_above_them_are_absent():
    assert TerytCode("08").county is None
    assert TerytCode("0801").commune is None
    assert TerytCode("0801").county == TerytCode("0801")
    assert TerytCode("0801022").commune == TerytCode("0801022")
    assert TerytCode("0801075").voivodeship == TerytCode("08")


@pytest.mark.parametrize("text", ["08 01 07 3", " 0801073 ", "0801\u00a0073"])
def test_spaces_are_dropped_when_reading(text):
    assert str(TerytCode.parse(text)) == "0801073"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8",
        "080",
        "08010",
        "080101",
        "08010111",
        "00",
        "0800",
        "0801001",
        "0801016",
        "0801010",
        "08-01",
        "ó8",
        "٠٨",
    ],
)
def test_another_shape_is_refused(text):
    with pytest.raises(NotTeryt) as refusal:
        TerytCode.parse(text)

    assert refusal.value.text == text


@pytest.mark.parametrize(
    ("area", "inside"),
    [
        ("08", "0801074"),
        ("0801", "0801022"),
        ("0801073", "0801075"),
        ("0801022", "0801022"),
        ("1465011", "1465028"),
    ],
)
def test_an_area_covers_itself_and_what_lies_within(area, inside):
    assert TerytCode(area).covers(TerytCode(inside))


@pytest.mark.parametrize(
    ("area", "outside"),
    [
        ("0801", "08"),
        ("0801", "0802022"),
        ("0801022", "0801032"),
        ("0801074", "0801075"),
        ("0802011", "0802052"),
    ],
)
def test_an_area_does_not_cover_neighbours_or_what_is_above(area, outside):
    assert not TerytCode(area).covers(TerytCode(outside))


@pytest.mark.parametrize(
    ("code", "answer"), [("0861", True), ("0812", False), ("08", False), ("0861011", False)]
)
def test_cities_with_county_rights_are_numbered_from_61(code, answer):
    assert TerytCode(code).is_city_county is answer
