"""Who serves a client follows the address; a change of workers becomes a hand-over that is worked off."""

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.districts.errors import NoSuchRow, WrongStep
from spoiwo.districts.models import Assignment, HandOver
from spoiwo.districts.services import assigning, drawing, handing_over
from spoiwo.districts.types import Sweep
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.toolkit import jobs
from spoiwo.toolkit.context import acting_for
from tests.makers import districts as made
from tests.makers import institutions, registers

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
LATER = date(2026, 3, 9)
STREETS = ("Polna", "Leśna", "Nigdzie")


class Town:
    """An office with two districts and their workers, Anna in Polna and Jan in Leśna."""

    def __init__(self) -> None:
        self.office: Institution = made.office()
        self.by = made.keeper(self.office)
        self.anna, self.jan = made.worker(self.office, "Anna Klon"), made.worker(self.office, "Jan Buk")
        self.polna = made.district(self.by, "1", self.anna)
        self.lesna = made.district(self.by, "2", self.jan)
        self.ground = made.ground(self.by, self.polna, street="Polna")
        made.ground(self.by, self.lesna, street="Leśna")

    def live(self, day: date = DAY, **streets: str) -> Sweep:
        """The register says who lives where: local id -> street."""
        registers.bring_in(self.office, *(made.lives(who, street) for who, street in streets.items()))
        return assigning.sweep(self.office.pk, day)

    def serving(self) -> list[str]:
        """Who serves now, by client."""
        with acting_for(self.office.pk):
            rows = Assignment.objects.filter(institution=self.office, ends_on=None).order_by(
                "record__local_id"
            )
            return [one.worker_name for one in rows]

    def hand_overs(self) -> list[tuple[str, str, str, str]]:
        """Reason, from, to and state of every hand-over."""
        with acting_for(self.office.pk):
            rows = HandOver.objects.filter(institution=self.office).order_by("pk")
            return [(one.reason, one.from_worker, one.to_worker, one.state) for one in rows]


def test_clients_are_assigned_by_address_and_again_changes_nothing():
    town = Town()

    first = town.live(a="Polna", b="Leśna", c="Nigdzie")

    assert first == Sweep(first=2)
    assert town.serving() == ["Anna Klon", "Jan Buk"]
    assert assigning.sweep(town.office.pk, LATER) == Sweep()
    assert town.hand_overs() == []


def test_without_districts_nobody_is_served():
    office = made.office()
    registers.bring_in(office, made.lives("a"))

    assert assigning.sweep(office.pk, DAY) == Sweep()


def test_a_move_reassigns_at_once_and_leaves_a_hand_over():
    town = Town()
    town.live(a="Polna")

    moved = town.live(LATER, a="Leśna")

    assert moved == Sweep(handed_over=1)
    assert town.serving() == ["Jan Buk"]
    assert town.hand_overs() == [("moved", "Anna Klon", "Jan Buk", "open")]
    with acting_for(town.office.pk):
        former = Assignment.objects.exclude(ends_on=None).get()
    assert (former.worker_name, former.starts_on, former.ends_on) == ("Anna Klon", DAY, LATER)


def test_new_borders_and_new_workers_hand_over_too():
    town = Town()
    town.live(a="Polna")
    with acting_for(town.office.pk):
        drawing.end_range(town.ground.pk, last_day=DAY, by=town.by)
    made.ground(town.by, town.lesna, street="Polna", valid_from=LATER)

    assigning.sweep(town.office.pk, LATER)
    assert town.hand_overs() == [("borders", "Anna Klon", "Jan Buk", "open")]
    with acting_for(town.office.pk):
        handing_over.take_over(HandOver.objects.get().uuid, on=LATER, by=institutions.acting(town.jan))
        drawing.name_worker(town.lesna.uuid, user_id=town.anna.user_id, since=LATER, by=town.by)
    assigning.sweep(town.office.pk, LATER)

    assert town.hand_overs()[1:] == [("worker", "Jan Buk", "Anna Klon", "open")]


def test_a_hand_over_under_way_follows_the_client_and_ends_when_they_come_back():
    town = Town()
    town.live(a="Polna")
    town.live(LATER, a="Leśna")
    with acting_for(town.office.pk):
        drawing.name_worker(town.lesna.uuid, name="Ewa Bez Konta", since=LATER, by=town.by)

    assigning.sweep(town.office.pk, LATER)
    assert town.hand_overs() == [("moved", "Anna Klon", "Ewa Bez Konta", "open")]
    town.live(LATER, a="Polna")

    assert town.hand_overs() == [("moved", "Anna Klon", "Anna Klon", "cancelled")]
    assert town.serving() == ["Anna Klon"]


def test_papers_that_left_already_are_taken_over_even_when_the_client_comes_back():
    town = Town()
    town.live(a="Polna")
    town.live(LATER, a="Leśna")
    with acting_for(town.office.pk):
        handing_over.hand_over(HandOver.objects.get().uuid, on=LATER, by=institutions.acting(town.anna))

    town.live(LATER, a="Polna")

    assert town.hand_overs() == [("moved", "Anna Klon", "Anna Klon", "handed")]


def test_a_district_without_a_worker_takes_over_when_it_gets_one():
    town = Town()
    empty = made.district(town.by, "3")
    made.ground(town.by, empty, street="Inna")
    town.live(a="Polna")

    town.live(LATER, a="Inna")
    assert town.hand_overs() == [("moved", "Anna Klon", "", "open")]
    with acting_for(town.office.pk):
        drawing.name_worker(empty.uuid, user_id=town.jan.user_id, since=made.SINCE, by=town.by)
    assigning.sweep(town.office.pk, LATER)

    assert town.hand_overs() == [("moved", "Anna Klon", "Jan Buk", "open")]
    assert town.serving() == ["Jan Buk"]


def test_whoever_leaves_the_register_or_every_district_is_served_no_more():
    town = Town()
    town.live(a="Polna", b="Polna")
    town.live(LATER, a="Leśna", b="Polna")

    gone = town.live(LATER, b="Nigdzie")

    assert gone == Sweep(ended=2)
    assert town.serving() == []
    assert [state for *_, state in town.hand_overs()] == ["cancelled"]
    assert town.live(LATER, b="Leśna") == Sweep(handed_over=1)
    assert town.hand_overs()[-1] == ("moved", "Anna Klon", "Jan Buk", "open")


def test_whoever_comes_back_to_the_same_worker_is_not_handed_over():
    town = Town()
    town.live(a="Polna")
    town.live(LATER, a="Nigdzie")

    back = town.live(LATER, a="Polna")

    assert back == Sweep()
    assert (town.serving(), town.hand_overs()) == (["Anna Klon"], [])


def test_a_hand_over_is_worked_off_step_by_step():
    town = Town()
    town.live(a="Polna")
    town.live(LATER, a="Leśna")
    anna, jan = institutions.acting(town.anna), institutions.acting(town.jan)

    with acting_for(town.office.pk):
        uuid = HandOver.objects.get().uuid
        handing_over.hand_over(uuid, note=" Czeka na staż. ", on=LATER, by=anna)
        with pytest.raises(WrongStep):
            handing_over.hand_over(uuid, on=LATER, by=anna)
        handing_over.take_over(uuid, on=LATER, by=jan)
        with pytest.raises(WrongStep):
            handing_over.take_over(uuid, on=LATER, by=jan)
        row = HandOver.objects.get()

    assert (row.note, row.handed_by_id, row.taken_by_id) == ("Czeka na staż.", anna.user_id, jan.user_id)


def test_nobody_else_can_tell_a_hand_over_exists():
    town = Town()
    town.live(a="Polna")
    town.live(LATER, a="Leśna")
    with acting_for(town.office.pk):
        uuid = HandOver.objects.get().uuid
        director = institutions.acting(town.anna, Role.DIRECTOR)
        for by in (director, registers.worker(made.office(), "case_worker")):
            with pytest.raises(NoSuchRow):
                handing_over.take_over(uuid, on=LATER, by=by)
        with pytest.raises(NoSuchRow):
            handing_over.take_over(uuid4(), on=LATER, by=institutions.acting(town.jan))


def test_the_jobs_compare_one_office_or_all():
    town, other = Town(), Town()
    registers.bring_in(town.office, made.lives("a"))
    registers.bring_in(other.office, made.lives("a"))
    shared = made.district(town.by, "9", partner_id=other.office.pk)
    with acting_for(other.office.pk):
        drawing.accept_district(shared.uuid, on=DAY, by=other.by)

    jobs.perform("districts.sweep", institution_id=town.office.pk)
    assert (town.serving(), other.serving()) == (["Anna Klon"], [])
    jobs.perform("districts.sweep_all")

    assert other.serving() == ["Anna Klon"]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(STREETS), st.sampled_from(STREETS)), min_size=1, max_size=4))
def test_after_every_move_the_worker_is_the_one_of_the_address(moves: list[tuple[str, str]]):
    town = Town()
    names = {"Polna": "Anna Klon", "Leśna": "Jan Buk"}

    for first, second in moves:
        town.live(a=first, b=second)

        assert town.serving() == [names[street] for street in (first, second) if street in names]
        with acting_for(town.office.pk):
            under_way = HandOver.objects.filter(institution=town.office, state__in=["open", "handed"])
            assert all(one.from_worker != one.to_worker for one in under_way)
