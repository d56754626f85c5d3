"""The workers of an address and of a client, from the districts of every institution there."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from spoiwo.districts import queries
from spoiwo.districts.services import drawing, substitutes
from spoiwo.districts.types import Address
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Kind
from spoiwo.toolkit.context import acting_for
from tests.makers import districts as made
from tests.makers import institutions, registers

pytestmark = pytest.mark.django_db
POLNA = Address(teryt=made.GORZOW, place="Gorzów Wielkopolski", street="ul. Polna", house="3")
DAY = date(2026, 3, 2)


def two_offices():
    """A labour office and a welfare centre, each with a keeper."""
    labour, welfare = made.office(), made.office(Kind.OPS)
    return made.keeper(labour), made.keeper(welfare)


def test_the_pair_comes_from_both_divisions_the_labour_office_first():
    labour, welfare = two_offices()
    anna = made.worker(Institution.objects.get(pk=labour.institution_id), "Anna Klon")
    jan = made.worker(Institution.objects.get(pk=welfare.institution_id), "Jan Buk")
    made.ground(welfare, made.district(welfare, "7", jan), street="Polna", last_house="20")
    made.ground(labour, made.district(labour, "1", anna))

    pair = queries.pair_at(POLNA, DAY)

    assert [(side.district_code, side.worker.name) for side in pair.sides if side.worker] == [
        ("1", "Anna Klon"),
        ("7", "Jan Buk"),
    ]
    assert pair.is_whole
    assert pair.of(welfare.institution_id) == pair.sides[1]
    assert pair.of(0) is None


def test_a_division_shared_by_two_offices_gives_both_workers_once_the_partner_agreed():
    labour, welfare = two_offices()
    shared = made.district(labour, "1", partner_id=welfare.institution_id)
    made.ground(labour, shared)
    with acting_for(labour.institution_id):
        drawing.name_worker(shared.uuid, name="Ewa Bez Konta", since=made.SINCE, by=labour)
    assert len(queries.pair_at(POLNA, DAY).sides) == 1

    with acting_for(welfare.institution_id):
        drawing.accept_district(shared.uuid, on=DAY, by=welfare)
        drawing.name_worker(shared.uuid, name="Jan Bez Konta", since=made.SINCE, by=welfare)

    sides = queries.pair_at(POLNA, DAY).sides
    assert [side.worker.name for side in sides if side.worker] == ["Ewa Bez Konta", "Jan Bez Konta"]


def test_an_address_of_no_district_has_nobody_and_a_district_may_have_nobody_yet():
    labour, _ = two_offices()
    made.ground(labour, made.district(labour), street="Leśna")

    assert queries.pair_at(POLNA, DAY).sides == ()
    (side,) = queries.pair_at(Address(teryt=made.GORZOW, street="Leśna"), DAY).sides
    assert side.worker is None
    assert not queries.pair_at(Address(teryt=made.GORZOW, street="Leśna"), DAY).is_whole


def test_two_districts_that_claim_an_address_are_told():
    labour, _ = two_offices()
    for code in ("1", "2"):
        made.ground(
            labour, made.district(labour, code), street="Polna", last_house=f"1{code}", first_house=code
        )

    (side,) = queries.pair_at(POLNA, DAY).sides

    assert side.district_code == "1"
    assert side.rivals == ("2 Rejon 2",)


def test_a_substitute_is_named_beside_the_absent_worker():
    labour, _ = two_offices()
    holder = Institution.objects.get(pk=labour.institution_id)
    anna, ola = made.worker(holder, "Anna Klon"), made.worker(holder, "Ola Wrzos")
    made.ground(labour, made.district(labour, "1", anna))
    with acting_for(holder.pk):
        substitutes.name_substitute(
            substitute_id=ola.user_id,
            starts_on=DAY,
            ends_on=DAY + timedelta(days=3),
            by=institutions.acting(anna),
        )

    (side,) = queries.pair_at(POLNA, DAY).sides
    later = queries.pair_at(POLNA, DAY + timedelta(days=4)).sides[0]

    assert (side.substitute.name if side.substitute else "", side.substitute_until) == (
        "Ola Wrzos",
        DAY + timedelta(days=3),
    )
    assert later.substitute is None
    with acting_for(holder.pk):
        assert queries.stood_in_for(institutions.acting(ola), DAY) == {anna.user_id: "Anna Klon"}
        assert queries.stood_in_for(institutions.acting(anna), DAY) == {}


def test_the_pair_of_a_client_follows_the_own_register():
    labour, _ = two_offices()
    holder = Institution.objects.get(pk=labour.institution_id)
    anna = made.worker(holder, "Anna Klon")
    made.ground(labour, made.district(labour, "1", anna), street="Polna")
    registers.bring_in(holder, made.lives("a"))
    (client,) = registers.records(holder, "a")
    today = timezone.localdate()

    with acting_for(holder.pk):
        found = queries.pair_for(institutions.acting(anna), client.uuid, day=today)
        absent = queries.pair_for(institutions.acting(anna), uuid4(), day=today)

    assert found is not None
    assert found.sides[0].worker is not None
    assert found.sides[0].worker.user_id == anna.user_id
    assert absent is None
    with acting_for(labour.institution_id):
        assert queries.pair_for(labour, client.uuid, day=today) is None
