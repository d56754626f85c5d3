"""Before a link is undone or split, the question says whom it is about."""

import pytest
from django.urls import reverse

from spoiwo.clients.models import IdentityDecision
from spoiwo.matching.services import runs
from tests.makers.access import agreement
from tests.makers.institutions import institution
from tests.makers.registers import bring_in, pesels, records, row
from tests.makers.reviewing import signed_in

pytestmark = pytest.mark.django_db
(NUMBER,) = pesels(1)


@pytest.mark.parametrize("address", ["split", "undo"])
def test_the_question_names_the_person_and_their_number(address: str) -> None:
    labour, welfare = institution(), institution()
    agreement(labour, welfare)
    bring_in(labour, row("L1", pesel=NUMBER, first_name="Zenobia", last_name="Kos"))
    bring_in(welfare, row("W1", pesel=NUMBER, first_name="Zenobia", last_name="Kos"))
    runs.match_now(labour.pk)
    (mine,) = records(labour, "L1")
    what = mine.uuid if address == "split" else IdentityDecision.objects.get().pk

    question = signed_in(labour).get(reverse(f"matching:{address}", args=[what])).content.decode()

    assert "Zenobia Kos, L1" in question
