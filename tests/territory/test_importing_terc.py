"""Taking a TERC file into the register."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from spoiwo.territory import queries, services
from spoiwo.territory.errors import BadTercField, OlderThanRegister, TercCutOff
from spoiwo.territory.models import Subregion, SubregionCounty, TercEdition, TerytUnit
from tests.makers.territory import (
    COUNTRY,
    DAY,
    country,
    line,
    periods,
    terc_csv,
    terc_lines,
    terc_xml,
    unit,
    without,
)

LATER = date(2025, 1, 1)
EVE = date(2024, 12, 31)

pytestmark = pytest.mark.django_db


def everything():
    return list(TerytUnit.objects.order_by("pk").values()), list(TercEdition.objects.order_by("pk").values())


def test_an_empty_register_takes_the_country_with_its_hierarchy():
    report = services.import_terc(terc_csv())

    assert set(report.opened) == set(COUNTRY)
    assert (report.as_of, report.changed_anything) == (DAY, True)
    town = TerytUnit.objects.get(code="0801074")
    assert town.parent.code == "0801073"
    assert town.parent.parent.parent.code == "08"
    assert (town.level, town.commune_kind, town.valid_from, town.valid_to) == ("part", 4, DAY, None)
    assert queries.register_state() == DAY


def test_a_file_is_taken_from_a_path(tmp_path):
    path = tmp_path / "TERC_Urzedowy.csv"
    path.write_bytes(terc_csv().read())

    assert len(services.import_terc(path).opened) == len(COUNTRY)
    assert services.import_terc(str(path)).opened == ()


def test_the_same_file_twice_changes_nothing():
    services.import_terc(terc_csv())
    before = everything()

    report = services.import_terc(terc_xml())

    assert not report.changed_anything
    assert report.unchanged == len(COUNTRY)
    assert everything() == before


def test_a_newer_file_without_differences_only_moves_the_state_on():
    services.import_terc(terc_csv())

    report = services.import_terc(terc_csv(stated_on=LATER))

    assert not report.changed_anything
    assert queries.register_state() == LATER
    assert periods("0801022") == [("Bogdaniec", DAY, None)]


def test_a_unit_that_vanished_ends_on_the_eve():
    services.import_terc(terc_csv())

    report = services.import_terc(terc_csv(without(COUNTRY, "0801022"), stated_on=LATER))

    assert report.closed == ("0801022",)
    assert periods("0801022") == [("Bogdaniec", DAY, EVE)]
    assert queries.unit_on("0801022", EVE).name == "Bogdaniec"
    assert queries.unit_on("0801022", LATER) is None


def test_a_renamed_unit_closes_its_row_and_opens_another():
    services.import_terc(terc_csv())

    report = services.import_terc(terc_csv(country(u0801022="Bogdaniec Nowy")), as_of=LATER)

    assert (report.renamed, report.opened, report.closed) == (("0801022",), (), ())
    assert periods("0801022") == [("Bogdaniec", DAY, EVE), ("Bogdaniec Nowy", LATER, None)]
    assert queries.unit_on("0801022", EVE).name == "Bogdaniec"
    assert queries.unit_on("0801022", LATER).name == "Bogdaniec Nowy"


def test_a_file_of_the_same_day_corrects_a_name_in_place():
    services.import_terc(terc_csv(country(u0801022="Bogdanice")))

    report = services.import_terc(terc_csv())

    assert report.corrected == ("0801022",)
    assert periods("0801022") == [("Bogdaniec", DAY, None)]


def test_what_lies_below_a_renamed_unit_follows_its_new_row():
    services.import_terc(terc_csv())
    subregion = Subregion.objects.create(
        code="PL431", name="gorzowski", voivodeship=TerytUnit.objects.get(code="08")
    )
    SubregionCounty.objects.create(subregion=subregion, county=TerytUnit.objects.get(code="0801"))

    services.import_terc(terc_csv(country(u08="NADODRZAŃSKIE", u0801="warciański"), stated_on=LATER))

    assert TerytUnit.objects.get(code="0801022").parent.name == "warciański"
    assert TerytUnit.objects.in_force().get(code="0801").parent.name == "NADODRZAŃSKIE"
    assert [found.name for found in queries.communes_of("0801", LATER)] == [
        "Bogdaniec",
        "Kostrzyn nad Odrą",
        "Witnica",
    ]
    assert Subregion.objects.get().voivodeship.name == "NADODRZAŃSKIE"
    assert [found.name for found in queries.counties_of_subregion("PL431", EVE)] == ["gorzowski"]
    assert [found.name for found in queries.counties_of_subregion("PL431", LATER)] == ["warciański"]


def test_a_unit_may_come_back_after_a_break():
    services.import_terc(terc_csv())
    services.import_terc(terc_csv(without(COUNTRY, "0801022"), stated_on=LATER))

    services.import_terc(terc_csv(stated_on=date(2026, 1, 1)))

    assert periods("0801022") == [("Bogdaniec", DAY, EVE), ("Bogdaniec", date(2026, 1, 1), None)]


@pytest.mark.parametrize(
    ("stream", "refusal"),
    [
        pytest.param(
            terc_lines(line("08", "LUBUSKIE", LATER), "08;1;;;x;;2025-01-01"), BadTercField, id="bad row"
        ),
        pytest.param(terc_csv({"08": "LUBUSKIE"}, stated_on=LATER), TercCutOff, id="a piece"),
        pytest.param(terc_csv(stated_on=date(2023, 1, 1)), OlderThanRegister, id="an older state"),
    ],
)
def test_a_refused_file_leaves_the_register_as_it_was(stream, refusal):
    services.import_terc(terc_csv())
    before = everything()

    with pytest.raises(refusal):
        services.import_terc(stream)

    assert everything() == before


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"code": "08", "level": "county"}, id="code too short for its level"),
        pytest.param({"code": "08", "commune_kind": 1}, id="a voivodeship with a kind"),
        pytest.param({"code": "0801", "parent": None}, id="a county under nothing"),
        pytest.param({"code": "0801022", "commune_kind": None}, id="a commune without kind"),
        pytest.param({"code": "0801022", "commune_kind": 4}, id="a commune with the kind of a part"),
        pytest.param({"code": "0801074", "commune_kind": 3}, id="a part with the kind of a commune"),
        pytest.param({"code": "0801", "valid_to": date(2023, 12, 31)}, id="an end before the start"),
    ],
)
def test_the_database_itself_refuses_impossible_units(wrong):
    above = unit("10")
    parent = None if len(wrong["code"]) == 2 else above

    with pytest.raises(IntegrityError), transaction.atomic():
        unit(**{"parent": parent} | wrong)


def test_the_database_keeps_one_row_in_force_for_a_code():
    unit("10", valid_from=DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        unit("10", valid_from=LATER)


def test_every_field_of_the_context_is_classified():
    for model in (TerytUnit, Subregion, SubregionCounty, TercEdition):
        assert set(model.field_classes) == {field.name for field in model._meta.concrete_fields}
        assert set(model.field_classes.values()) == {"public"}
