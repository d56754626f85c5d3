from datetime import date

import pytest

from spoiwo.institutions import messages, queries
from spoiwo.institutions.types import Kind, Role
from tests.makers import institutions as make
from tests.makers import territory

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


def found(text="", **filters):
    rows = queries.directory(text=text, kinds_meant=messages.kinds_meant(text), **filters)
    return [institution.name for institution in rows]


def test_names_sort_the_polish_way():
    for name in ("Żory", "Łódź", "Zabrze", "Lubin", "Ścinawa", "Sława", "Ćmielów", "Cieszyn"):
        make.institution(name=name)

    assert found() == ["Cieszyn", "Ćmielów", "Lubin", "Łódź", "Sława", "Ścinawa", "Zabrze", "Żory"]
    assert found(sort="-name")[0] == "Żory"


def test_places_sort_the_polish_way():
    make.institution(name="A", place="Żagań")
    make.institution(name="B", place="Zielona Góra")
    make.institution(name="C", place="Łagów")

    assert found(sort="place") == ["C", "B", "A"]
    assert found(sort="-place") == ["A", "B", "C"]


@pytest.mark.parametrize("text", ["zagan", "ŻAGAŃ", "urzad zagan", "pracy powiatowy", "Zaga"])
def test_search_needs_no_diacritics_and_takes_words_in_any_order(text):
    make.institution(name="Powiatowy Urząd Pracy", place="Żagań")
    make.institution("", Kind.OPS, name="Ośrodek Pomocy Społecznej", place="Deszczno")

    assert found(text) == ["Powiatowy Urząd Pracy"]


@pytest.mark.parametrize("text", ["KIS", "klub integracji", "Klub Integracji Społecznej"])
def test_search_knows_kinds_by_code_and_by_name(text):
    make.institution("", Kind.KIS, name="Fundacja Próbna")
    make.institution("", Kind.PUP, name="Urząd")

    assert found(text) == ["Fundacja Próbna"]


def test_the_kind_and_the_county_narrow_the_list():
    make.institution("", Kind.OPS, name="Ośrodek w Witnicy", teryt="0801073")
    make.institution("", Kind.OPS, name="Ośrodek w Gorzowie", teryt="0861011")
    make.institution("", Kind.PUP, name="Urząd w Gorzowie", teryt="0861011")

    assert found(kind="OPS") == ["Ośrodek w Gorzowie", "Ośrodek w Witnicy"]
    assert found(kind="OPS", county="0801") == ["Ośrodek w Witnicy"]


def test_an_institution_of_several_kinds_stands_once():
    make.institution("", Kind.KIS, Kind.CIS, name="Fundacja Próbna")

    assert found("integracji") == ["Fundacja Próbna"]


def test_closed_institutions_are_not_listed():
    make.institution(name="Dawny", closed_on=DAY)

    assert found() == []
    assert queries.open_institutions() == []


def test_counties_are_those_in_which_institutions_sit():
    voivodeship = territory.unit("08", "LUBUSKIE")
    territory.unit("0801", "gorzowski", parent=voivodeship)
    territory.unit("0810", "żagański", parent=voivodeship)
    territory.unit("0811", "żarski", parent=voivodeship)
    make.institution(teryt="0810021")
    make.institution(teryt="0801")
    make.institution(teryt="08")
    make.institution()

    assert queries.counties_in_directory(DAY) == [("0801", "gorzowski"), ("0810", "żagański")]


def test_units_to_choose_from_are_those_of_the_institutions_region():
    voivodeship = territory.unit("08", "LUBUSKIE")
    county = territory.unit("0801", "gorzowski", parent=voivodeship)
    territory.unit("0801073", "Witnica", parent=county)
    territory.unit("10", "ŁÓDZKIE")
    office = make.institution(teryt="0801073")

    units = [
        ("08", "LUBUSKIE"),
        ("10", "ŁÓDZKIE"),
        ("0801", "gorzowski"),
        ("0801073", "Witnica, gorzowski"),
    ]
    assert queries.units_to_choose(office, DAY) == units
    assert queries.units_to_choose(None, DAY) == units
    assert queries.units_to_choose(make.institution(), DAY) == units[:2]


@pytest.mark.parametrize(
    ("area", "districts"),
    [("0801", ["Witnica"]), ("08", ["gorzowski"]), ("0801073", []), ("", [])],
)
def test_staff_work_in_parts_of_the_area(area, districts):
    voivodeship = territory.unit("08", "LUBUSKIE")
    county = territory.unit("0801", "gorzowski", parent=voivodeship)
    territory.unit("0801073", "Witnica", parent=county)

    office = make.institution(area=area)

    assert [name for _code, name in queries.districts_of(office, DAY)] == districts


def test_a_unit_that_the_register_does_not_know_stands_for_itself():
    territory.unit("08", "LUBUSKIE")

    assert queries.unit_names(("08", "0801073"), DAY) == ["LUBUSKIE", "0801073"]


def test_offices_with_staff_are_counted_once_each():
    office = make.institution()
    make.member(office, Role.CASE_WORKER)
    make.member(office, Role.CASE_WORKER)
    make.institution()

    assert queries.count_with_staff() == 1
