"""The start that comes with the product, and reading it through queries."""

from datetime import date

import pytest

from spoiwo.kernel.teryt import NotTeryt
from spoiwo.territory import queries, services
from spoiwo.territory.models import Subregion, SubregionCounty, TercEdition, TerytUnit
from spoiwo.territory.types import UnitPath
from tests.makers.territory import terc_csv, unit

DAY = date(2026, 1, 1)

pytestmark = pytest.mark.django_db


def names(units):
    return [found.name for found in units]


def test_all_voivodeships_are_there_in_the_polish_order():
    services.load_shipped()

    found = names(queries.voivodeships(DAY))

    assert len(found) == 16
    assert found[:4] == ["DOLNOŚLĄSKIE", "KUJAWSKO-POMORSKIE", "LUBELSKIE", "LUBUSKIE"]
    assert found[4:6] == ["ŁÓDZKIE", "MAŁOPOLSKIE"]
    assert found[10:13] == ["POMORSKIE", "ŚLĄSKIE", "ŚWIĘTOKRZYSKIE"]


def test_lubuskie_has_twelve_counties_two_cities_and_82_communes():
    """The figures the statistical office gives for the voivodeship."""
    services.load_shipped()

    counties = queries.counties_of("08", DAY)
    communes = [commune for county in counties for commune in queries.communes_of(county.code, DAY)]

    assert [county.code for county in counties if county.teryt.is_city_county] == ["0861", "0862"]
    assert len(counties) == 14
    assert [sum(commune.commune_kind == kind for commune in communes) for kind in (1, 2, 3)] == [9, 39, 34]


def test_every_urban_rural_commune_has_its_town_and_rural_area():
    services.load_shipped()

    for commune in TerytUnit.objects.filter(commune_kind=3):
        parts = commune.children.order_by("code").values_list("code", "name")
        number = commune.code[:6]
        assert list(parts) == [(f"{number}4", commune.name), (f"{number}5", commune.name)]


def test_counties_sort_with_their_polish_letters():
    services.load_shipped()

    assert names(queries.counties_of("08", DAY)) == [
        "gorzowski",
        "Gorzów Wielkopolski",
        "krośnieński",
        "międzyrzecki",
        "nowosolski",
        "słubicki",
        "strzelecko-drezdenecki",
        "sulęciński",
        "świebodziński",
        "wschowski",
        "Zielona Góra",
        "zielonogórski",
        "żagański",
        "żarski",
    ]


def test_communes_of_one_name_stand_urban_first():
    services.load_shipped()

    found = [(commune.code, commune.name) for commune in queries.communes_of("0811", DAY)]

    assert [name for _, name in found[:5]] == ["Brody", "Jasień", "Lipinki Łużyckie", "Lubsko", "Łęknica"]
    assert found[-2:] == [("0811021", "Żary"), ("0811102", "Żary")]


def test_the_gorzow_subregion_has_five_counties_and_the_city():
    services.load_shipped()

    assert names(queries.subregions_of("08")) == ["gorzowski", "zielonogórski"]
    assert names(queries.counties_of_subregion("PL431", DAY)) == [
        "gorzowski",
        "Gorzów Wielkopolski",
        "międzyrzecki",
        "słubicki",
        "strzelecko-drezdenecki",
        "sulęciński",
    ]
    assert len(queries.counties_of_subregion("PL432", DAY)) == 8


def test_loading_again_changes_nothing():
    first = services.load_shipped()
    before = list(TerytUnit.objects.order_by("pk").values()), SubregionCounty.objects.count()

    second = services.load_shipped()

    assert (len(first.opened), second.changed_anything) == (180, False)
    assert (list(TerytUnit.objects.order_by("pk").values()), SubregionCounty.objects.count()) == before
    assert TercEdition.objects.count() == 1


def test_an_edited_subregion_is_left_alone():
    services.load_shipped()
    Subregion.objects.filter(code="PL431").update(name="północny")
    SubregionCounty.objects.filter(county__code="0807").delete()

    services.load_shipped()

    assert names(queries.subregions_of("08")) == ["północny", "zielonogórski"]
    assert len(queries.counties_of_subregion("PL431", DAY)) == 5


def test_where_an_official_file_was_taken_in_the_start_adds_only_subregions():
    services.import_terc(terc_csv())

    report = services.load_shipped()

    assert (report.as_of, report.changed_anything) == (date(2024, 1, 1), False)
    assert queries.unit_on("0811", DAY) is None
    assert names(queries.counties_of_subregion("PL431", DAY)) == ["gorzowski", "Gorzów Wielkopolski"]
    assert names(queries.counties_of_subregion("PL432", DAY)) == []


def test_the_start_holds_from_the_state_it_declares():
    before = queries.register_state()

    services.load_shipped()

    assert before is None
    assert queries.register_state() == date(2021, 1, 1)
    assert queries.unit_on("08", date(2020, 12, 31)) is None
    assert str(queries.unit_on("08", date(2021, 1, 1))) == "08 LUBUSKIE"


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("08", UnitPath("lubuskie", None, None)),
        ("0801", UnitPath("lubuskie", "gorzowski", None)),
        ("0801073", UnitPath("lubuskie", "gorzowski", "Witnica")),
        ("0801075", UnitPath("lubuskie", "gorzowski", "Witnica")),
        ("0861011", UnitPath("lubuskie", "Gorzów Wielkopolski", "Gorzów Wielkopolski")),
        ("1061011", UnitPath("łódzkie", None, None)),
        ("9901011", UnitPath(None, None, None)),
    ],
)
def test_a_path_names_what_is_known_from_the_voivodeship_down(code, path):
    services.load_shipped()

    assert queries.path_of(code, DAY) == path


def test_a_path_takes_the_names_of_its_day():
    above = unit("08", "LUBUSKIE", valid_from=date(2000, 1, 1))
    unit("0801", "stary", parent=above, valid_from=date(2000, 1, 1), valid_to=date(2009, 12, 31))
    unit("0801", "nowy", parent=above, valid_from=date(2010, 1, 1))

    assert queries.path_of("0801", date(2009, 12, 31)).county == "stary"
    assert queries.path_of("0801", date(2010, 1, 1)).county == "nowy"
    assert queries.path_of("0801", date(1999, 12, 31)) == UnitPath(None, None, None)


def test_a_path_of_something_that_is_no_code_is_refused():
    with pytest.raises(NotTeryt):
        queries.path_of("Witnica", DAY)


def test_rows_name_themselves_for_logs_and_lists():
    services.load_shipped()

    assert str(Subregion.objects.get(code="PL431")) == "gorzowski"
    assert str(TercEdition.objects.get()) == "2021-01-01 shipped"
    membership = SubregionCounty.objects.get(county__code="0801")
    assert str(membership) == f"{membership.subregion_id}: {membership.county_id}"
