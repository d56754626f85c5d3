"""Reviewers who work in a part of the institution's area: neither more nor less than what is theirs."""

from collections.abc import Sequence

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.clients.models import Fact, IdentityDecision, SourceRecord
from spoiwo.clients.queries import own_records
from spoiwo.clients.types import FactKind
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.matching.models import Proposal
from spoiwo.matching.queries import reviewing, waiting
from spoiwo.matching.queries.reviewing import Wanted
from spoiwo.matching.services import runs
from spoiwo.portal.queries import counting
from tests.makers.access import agreement
from tests.makers.clients import bring_in_facts, fact
from tests.makers.institutions import institution, member
from tests.makers.registers import bring_in, row
from tests.makers.reviewing import says

pytestmark = pytest.mark.django_db
LUBISZYN, DESZCZNO = "0801042", "0801012"
COUNTY = "0801"


def two_communes() -> tuple[Institution, Institution]:
    """Two pairs of records that wait for an answer, the older one in Lubiszyn, the younger in Deszczno."""
    labour, welfare = institution(), institution()
    agreement(labour, welfare)
    mine = (
        row("L1", last_name="Lubiszyńska", teryt=LUBISZYN),
        row("L2", last_name="Deszczyńska", teryt=DESZCZNO),
    )
    bring_in(labour, *mine)
    bring_in(welfare, row("W1", last_name="Lubiszyńska", teryt=DESZCZNO), row("W2", last_name="Deszczyńska"))
    runs.match_now(welfare.pk)
    return labour, welfare


def reviewer_of(office: Institution, territories: Sequence[str]) -> Client:
    cache.clear()
    browser = Client()
    browser.force_login(member(office, Role.REVIEWER, territories=list(territories)).user)
    return browser


def actor_of(office: Institution, territories: Sequence[str]) -> Actor:
    return Actor(
        user_id=1, institution_id=office.pk, roles=frozenset({"reviewer"}), territories=frozenset(territories)
    )


def about(local_id: str) -> Proposal:
    return next(
        one
        for one in Proposal.objects.all()
        if local_id in (one.left_record.local_id, one.right_record.local_id)
    )


@pytest.mark.parametrize(
    ("territories", "names"),
    [
        ([], ["Deszczyńska", "Lubiszyńska"]),
        ([COUNTY], ["Deszczyńska", "Lubiszyńska"]),
        ([LUBISZYN, DESZCZNO], ["Deszczyńska", "Lubiszyńska"]),
        ([LUBISZYN], ["Lubiszyńska"]),
        ([DESZCZNO], ["Deszczyńska"]),
        (["0802"], []),
    ],
)
def test_the_list_its_count_and_the_menu_hold_what_lies_inside_the_area(
    territories: list[str], names: list[str]
) -> None:
    labour, _welfare = two_communes()

    page = reviewer_of(labour, territories).get(reverse("matching:list")).content.decode()
    actor = actor_of(labour, territories)

    assert [name for name in ("Deszczyńska", "Lubiszyńska") if name in page] == names
    assert waiting.count_waiting(actor) == len(names)
    assert counting.menu_counts(actor)["matching:list"] == len(names)
    assert "Poza Twoim obszarem" not in page


@pytest.mark.parametrize(("territories", "status"), [([LUBISZYN], 200), ([DESZCZNO], 404), ([], 200)])
def test_a_proposal_outside_the_area_is_not_there(territories: list[str], status: int) -> None:
    labour, _welfare = two_communes()

    answer = reviewer_of(labour, territories).get(reverse("matching:proposal", args=[about("L1").uuid]))

    assert answer.status_code == status


def test_where_the_other_sides_record_lives_narrows_nothing() -> None:
    _labour, welfare = two_communes()

    seen = reviewing.screen(actor_of(welfare, [DESZCZNO]), Wanted(), size=25, now=timezone.now()).proposals

    assert [one.uuid for one in seen] == [about("W1").uuid]


def test_the_next_proposal_to_decide_is_one_inside_the_area() -> None:
    labour, _welfare = two_communes()

    nobody_else = reviewing.next_to_decide(actor_of(labour, [DESZCZNO]), beside=about("L2"))
    first = reviewing.next_to_decide(actor_of(labour, [DESZCZNO]))
    everywhere = reviewing.next_to_decide(actor_of(labour, []), beside=about("L2"))

    assert nobody_else is None
    assert first == about("L2")
    assert everywhere == about("L1")


def test_after_an_answer_a_reviewer_of_one_commune_is_led_back_to_the_list_not_to_a_stranger() -> None:
    labour, _welfare = two_communes()

    page = says(reviewer_of(labour, [DESZCZNO]), about("L2"), "later")

    assert "Lubiszyńska" not in page
    assert "Propozycje połączeń</h1>" in page


def test_decisions_outside_the_area_are_not_listed_to_reviewers() -> None:
    labour, _welfare = two_communes()
    says(reviewer_of(labour, []), about("L1"), "different")
    address = reverse("matching:decisions")

    inside = reviewer_of(labour, [LUBISZYN]).get(address).content.decode()
    outside = reviewer_of(labour, [DESZCZNO]).get(address).content.decode()

    assert "Lubiszyńska" in inside
    assert "Lubiszyńska" not in outside
    assert "<tbody>" not in outside


def test_a_supervisor_with_an_area_sees_decisions_inside_it() -> None:
    labour, _welfare = two_communes()
    says(reviewer_of(labour, []), about("L1"), "different")
    supervisor = Actor(user_id=1, institution_id=labour.pk, roles=frozenset({"supervisor"}))

    def seen(*territories: str) -> int:
        narrowed = Actor(
            user_id=1,
            institution_id=labour.pk,
            roles=supervisor.roles,
            territories=frozenset(territories),
        )
        return IdentityDecision.objects.visible_to(narrowed).count()

    assert (seen(), seen(LUBISZYN), seen(DESZCZNO)) == (1, 1, 0)


def test_records_that_left_the_register_or_have_no_commune_are_for_those_who_work_everywhere() -> None:
    labour, welfare = two_communes()
    bring_in(labour, row("L2", last_name="Deszczyńska", teryt=DESZCZNO))

    gone = actor_of(labour, [LUBISZYN]), actor_of(labour, [])
    without = actor_of(welfare, [LUBISZYN, COUNTY]), actor_of(welfare, [])

    assert [Proposal.objects.visible_to(one).filter(pk=about("L1").pk).exists() for one in gone] == [
        False,
        True,
    ]
    assert [Proposal.objects.visible_to(one).filter(pk=about("W2").pk).exists() for one in without] == [
        False,
        True,
    ]


def test_records_facts_and_numbers_of_other_communes_are_out_of_reach() -> None:
    labour, _welfare = two_communes()
    bring_in_facts(labour, fact("L1", FactKind.HOUSING), fact("L2", FactKind.HOUSING))
    inside, outside = actor_of(labour, [LUBISZYN]), actor_of(labour, [DESZCZNO])

    def reached(actor: Actor) -> tuple[set[str], set[str]]:
        records = SourceRecord.objects.visible_to(actor).values_list("local_id", flat=True)
        facts = Fact.objects.visible_to(actor).values_list("record__local_id", flat=True)
        return set(records), set(facts)

    mine = SourceRecord.objects.get(local_id="L1").uuid
    assert reached(inside) == ({"L1"}, {"L1"})
    assert reached(outside) == ({"L2"}, {"L2"})
    assert reached(actor_of(labour, [])) == ({"L1", "L2"}, {"L1", "L2"})
    assert own_records.own_record(outside, mine) is None
    assert own_records.own_record(inside, mine) is not None
