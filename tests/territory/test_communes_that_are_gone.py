"""Where the area of a commune lies that is gone."""

import pytest

from spoiwo.kernel.actor import Actor
from spoiwo.territory import queries, rules
from spoiwo.territory.errors import NoSuchCommune, SuccessorChanged
from spoiwo.territory.models import CommuneSuccessor
from spoiwo.territory.services import import_terc
from spoiwo.territory.services.following import name_successor
from tests.makers import territory
from tests.makers.monitoring import NOON

pytestmark = pytest.mark.django_db
OPERATOR = Actor(user_id=1, institution_id=0, roles=frozenset(), is_operator=True)
LATER = territory.DAY.replace(year=2025)


def bogdaniec_gone(**new: str) -> None:
    """Bogdaniec ended with 2024."""
    import_terc(territory.terc_csv(territory.country(**new)))
    kept = territory.without(territory.country(**new), "0801022")
    import_terc(territory.terc_csv(kept, stated_on=LATER))


def named(successor: str, before: str = "", code: str = "0801022") -> None:
    name_successor(code=code, successor=successor, before=before, at=NOON, by=OPERATOR)


def test_a_commune_that_ended_waits_for_its_successor():
    bogdaniec_gone()

    [gone] = queries.gone_communes()

    assert (gone.code, gone.name, str(gone.ended_on), gone.successor) == (
        "0801022",
        "Bogdaniec",
        "2024-12-31",
        "",
    )
    assert queries.communes_to_choose("08") == [
        ("0861011", "Gorzów Wielkopolski (0861011)"),
        ("0801011", "Kostrzyn nad Odrą (0801011)"),
        ("0801073", "Witnica (0801073)"),
    ]


def test_a_commune_that_became_a_town_is_not_gone():
    import_terc(territory.terc_csv())
    units = territory.without(territory.COUNTRY, "0801022") | {"0801023": "Bogdaniec"}
    import_terc(territory.terc_csv(units, stated_on=LATER))

    assert queries.gone_communes() == []


def test_figures_go_where_somebody_says_they_belong():
    bogdaniec_gone()
    before = queries.places_state()

    named("0801073")

    assert queries.present_codes(["0801022"]) == {"0801022": "0801073"}
    assert queries.places_state() != before
    named("0861011", before="0801073")
    assert queries.present_codes(["0801022"]) == {"0801022": "0861011"}
    named("", before="0861011")
    assert queries.present_codes(["0801022"]) == {"0801022": "0801"}
    assert queries.places_state() == before
    named("")
    assert not CommuneSuccessor.objects.exists()


def test_a_successor_that_is_gone_too_is_followed_further():
    communes = {"0801073"}

    assert rules.present_code("0801022", communes, {"0801022": "0801011", "0801011": "0801073"}) == "0801073"
    assert rules.present_code("0801022", communes, {"0801022": "0801011", "0801011": "0801022"}) == "0801"


@pytest.mark.parametrize(
    ("code", "successor"),
    [
        pytest.param("0801011", "0801073", id="is there"),
        pytest.param("0801022", "0801", id="a county"),
        pytest.param("0801022", "1061011", id="of another voivodeship"),
    ],
)
def test_only_a_commune_in_force_follows_one_that_is_gone(code, successor):
    bogdaniec_gone()

    with pytest.raises(NoSuchCommune):
        named(successor, code=code)


def test_who_saw_another_successor_looks_again():
    bogdaniec_gone()
    named("0801073")

    with pytest.raises(SuccessorChanged):
        named("0861011")


def test_only_places_of_known_counties_can_be_wrong():
    import_terc(territory.terc_csv())

    assert queries.never_known(["08", "0801", "0801022", "0801099", "1499"]) == {"0801099"}
