"""Beside a proposal stand the people with whom the own record's person lives."""

from datetime import date

import pytest
from django.urls import reverse

from spoiwo.matching.models import Proposal
from spoiwo.matching.services import runs
from tests.makers.access import agreement
from tests.makers.institutions import institution
from tests.makers.registers import bring_in, pesels, row
from tests.makers.reviewing import signed_in

pytestmark = pytest.mark.django_db
(NUMBER,) = pesels(1)


@pytest.mark.parametrize(("neighbours", "shown"), [(1, True), (12, True), (13, False)])
def test_who_lives_at_the_same_address_is_shown_too_unless_it_is_no_home(
    neighbours: int, shown: bool
) -> None:
    labour, welfare = institution(), institution()
    agreement(labour, welfare)
    home = {"place": "Łagów", "street": "Rdestowa", "house": "9", "flat": "2"}
    others = [
        row(f"N{one}", first_name="Piotr", last_name="Wójcicki", birth_date=date(1990, 1, 1 + one), **home)
        for one in range(neighbours)
    ]
    bring_in(labour, row("L1", **home), row("L2", first_name="Ola", **{**home, "flat": "3"}), *others)
    bring_in(welfare, row("W1", pesel=NUMBER))
    runs.match_now(welfare.pk)
    (proposal,) = Proposal.objects.all()

    page = signed_in(labour).get(reverse("matching:proposal", args=[proposal.uuid])).content.decode()

    assert ("Piotr Wójcicki" in page) is shown
    assert "Ola Nowak" not in page


def test_the_other_record_of_somebody_entered_twice_is_no_relative() -> None:
    labour = institution()
    home = {"place": "Łagów", "street": "Rdestowa", "house": "9", "household_id": "H1"}
    bring_in(
        labour,
        row("L1", last_name="Wiśniewska", pesel=NUMBER, **home),
        row("L2", last_name="Wisniewska", pesel=NUMBER, **home),
        row("L3", first_name="Jan", last_name="Wiśniewski", birth_date=date(1971, 2, 3), **home),
    )
    runs.match_now(labour.pk)
    proposal = Proposal.objects.get(rule="pesel_one_field")

    page = signed_in(labour).get(reverse("matching:proposal", args=[proposal.uuid])).content.decode()

    assert page.count("Jan Wiśniewski,") == 1
    assert "Anna Wisniewska," not in page
