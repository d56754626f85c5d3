"""Writing places down, confirming them, correcting them, counting needs."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction

from spoiwo.catalogue.errors import (
    DecidedAlready,
    FewerThanTaken,
    NoFreePlace,
    NoSuchPlace,
    NotYourPlace,
    UnknownUnit,
)
from spoiwo.catalogue.models import Place, UnmetNeed
from spoiwo.catalogue.queries import eligibility, finding, infrastructure
from spoiwo.catalogue.services import capacity, corrections, needs, places
from spoiwo.catalogue.types import Cell, PlaceKind, Stage, TargetGroup, Wanted
from spoiwo.institutions.types import Kind, Role
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.conflicts import Conflict
from tests.database import as_owner
from tests.makers import catalogue as made

NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/Warsaw"))
pytestmark = pytest.mark.django_db


def found(**wanted):
    return [one.name for one in finding.places(Wanted(**wanted), made.TODAY)]


def test_a_place_is_found_by_words_kind_group_area_and_free_places():
    by = made.keeper(made.office(name="Centrum Łabędź"))
    groups = frozenset({TargetGroup.HOMELESS})
    made.place(by, name="Warsztat stolarski", groups=groups, areas=frozenset({"0801"}), places_total=1)
    made.place(by, name="Kuchnia", kind=PlaceKind.KIS, areas=frozenset({"0861"}), places_total=None)
    made.place(by, name="Pralnia", taken_elsewhere=3)

    assert found(text="labedz stolar") == ["Warsztat stolarski"]
    assert found(kind="KIS") == ["Kuchnia"]
    assert found(group="homeless") == ["Warsztat stolarski"]
    assert found(area=made.WITNICA) == ["Pralnia", "Warsztat stolarski"]
    assert found(area="0861", sort="-name") == ["Pralnia", "Kuchnia"]
    assert found(only_free=True) == ["Kuchnia", "Warsztat stolarski"]
    assert found(group="disability") == []


def test_a_place_for_everybody_is_for_each_group():
    made.place(name="Dla wszystkich", groups=frozenset({TargetGroup.EVERYBODY}))

    assert found(group="refugees") == ["Dla wszystkich"]


def test_only_confirmed_entries_can_be_asked_for():
    made.place(name="Dawny", today=made.TODAY - timedelta(days=60))
    made.place(name="Nowy")

    assert found(only_fresh=True) == ["Nowy"]


def test_one_click_confirms_all_own_entries_and_no_others():
    by = made.keeper()
    before = made.TODAY - timedelta(days=60)
    own = [made.place(by, today=before) for _ in range(2)]
    foreign = made.place(today=before)

    assert places.confirm_places(today=made.TODAY, by=by) == 2

    assert {Place.objects.get(pk=one.pk).confirmed_on for one in own} == {made.TODAY}
    assert Place.objects.get(pk=foreign.pk).confirmed_on == before
    assert places.confirm_places(today=made.TODAY, by=by, uuids=[foreign.uuid]) == 0


def test_nobody_without_the_task_keeps_entries():
    watcher = made.keeper(made.office(), Role.IOD)

    with pytest.raises(NotYourPlace):
        made.place(watcher)
    assert list(Place.objects.kept_by(watcher)) == []


def test_support_centres_keep_entries_for_small_bodies_and_others_do_not():
    small = made.office(Kind.FOUNDATION)
    adviser = made.keeper(made.office(Kind.OWES), Role.SUPPORT_ADVISER)

    row = places.add_place(made.details(), institution_id=small.pk, today=made.TODAY, by=adviser)

    assert (row.institution_id, row.keeper_id) == (small.pk, adviser.institution_id)
    with pytest.raises(NotYourPlace):
        places.add_place(made.details(), institution_id=small.pk, today=made.TODAY, by=made.keeper())


def test_changing_an_entry_confirms_it_and_replaces_its_parts():
    by = made.keeper()
    row = made.place(by, groups=frozenset({TargetGroup.YOUNG}), today=date(2026, 1, 1))
    changed = replace(finding.details_of(row), name="Inna nazwa", groups=frozenset({TargetGroup.CARERS}))

    places.change_place(row.uuid, changed, seen_version=1, today=made.TODAY, by=by)

    saved = finding.place(row.uuid)
    assert saved is not None
    assert (saved.name, saved.confirmed_on, saved.version) == ("Inna nazwa", made.TODAY, 2)
    assert finding.details_of(saved) == changed
    assert found(text="inna") == ["Inna nazwa"]


def test_two_people_changing_an_entry_see_both_values():
    by = made.keeper()
    row = made.place(by, name="Stara")
    first = replace(finding.details_of(row), name="Pierwsza")
    places.change_place(row.uuid, first, seen_version=1, today=made.TODAY, by=by)

    second = replace(first, name="Druga")
    with pytest.raises(Conflict) as caught:
        places.change_place(row.uuid, second, seen_version=1, today=made.TODAY, by=by)

    (difference,) = caught.value.differences
    assert (difference.field, difference.yours, difference.saved) == ("name", "Druga", "Pierwsza")
    assert finding.place(row.uuid).name == "Pierwsza"


def test_an_unknown_unit_is_refused():
    with pytest.raises(UnknownUnit):
        made.place(areas=frozenset({"9999"}))


def test_there_are_never_fewer_places_than_people():
    by = made.keeper()
    row = made.place(by, places_total=2)
    capacity.take_place(row.pk)

    with pytest.raises(FewerThanTaken):
        places.change_place(row.uuid, made.details(places_total=0), seen_version=1, today=made.TODAY, by=by)
    with pytest.raises(FewerThanTaken):
        places.set_taken(row.uuid, taken_elsewhere=2, today=made.TODAY, by=by)
    with pytest.raises(FewerThanTaken):
        made.place(by, places_total=1, taken_elsewhere=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(pk=row.pk).update(taken_elsewhere=9)


def test_places_taken_another_way_are_counted_anew():
    by = made.keeper()
    row, endless = made.place(by), made.place(by, places_total=None)

    places.set_taken(row.uuid, taken_elsewhere=3, today=made.TODAY, by=by)
    places.set_taken(endless.uuid, taken_elsewhere=30, today=made.TODAY, by=by)

    assert found(only_free=True) == [endless.name]


def test_a_place_is_taken_and_given_back():
    row = made.place(places_total=1)

    assert capacity.take_place(row.pk) == 0
    with pytest.raises(NoFreePlace):
        capacity.take_place(row.pk)
    assert capacity.release_place(row.pk) == 1
    assert capacity.release_place(row.pk) == 1


@pytest.mark.committed
def test_the_last_places_are_taken_once_however_many_ask_at_a_time():
    with as_owner():
        row = made.place(places_total=3)
    gate, outcomes = Barrier(6), []

    def ask() -> None:
        gate.wait()
        try:
            outcomes.append(capacity.take_place(row.pk) is not None)
        except NoFreePlace:
            outcomes.append(False)
        finally:
            connection.close()

    asking = [Thread(target=ask) for _ in range(6)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()

    assert sorted(outcomes) == [False] * 3 + [True] * 3
    assert Place.objects.get(pk=row.pk).taken_by_referrals == 3


def test_a_withdrawn_place_is_found_by_nobody():
    by = made.keeper()
    row = made.place(by)

    places.withdraw_place(row.uuid, today=made.TODAY, by=by)

    assert found() == []
    with pytest.raises(NoSuchPlace):
        places.withdraw_place(row.uuid, today=made.TODAY, by=by)


def test_an_accepted_correction_changes_and_confirms_the_entry():
    by, other = made.keeper(), made.keeper()
    row = made.place(by, phone="1", today=date(2026, 1, 1))
    said = corrections.suggest_correction(
        row.uuid, field="phone", proposal="95 111 22 33", reason="dzwoniliśmy", at=NOON, by=other
    )

    assert finding.count_to_decide(by) == 1
    assert finding.count_to_decide(other) == 0
    corrections.decide_correction(said.uuid, accept=True, reply="dziękujemy", at=NOON, by=by)

    saved = finding.place(row.uuid)
    assert (saved.phone, saved.confirmed_on) == ("95 111 22 33", made.TODAY)
    assert [one.state for one in finding.corrections(other)] == ["accepted"]
    with pytest.raises(DecidedAlready):
        corrections.decide_correction(said.uuid, accept=False, reply="", at=NOON, by=by)


def test_a_rejected_correction_changes_nothing_and_strangers_decide_nothing():
    by, other, stranger = made.keeper(), made.keeper(), made.keeper()
    row = made.place(by, places_total=3)
    said = corrections.suggest_correction(
        row.uuid, field="places_total", proposal="", reason="", at=NOON, by=other
    )

    with pytest.raises(NoSuchPlace):
        corrections.decide_correction(said.uuid, accept=True, reply="", at=NOON, by=stranger)
    with pytest.raises(NotYourPlace):
        corrections.decide_correction(said.uuid, accept=True, reply="", at=NOON, by=other)
    corrections.decide_correction(said.uuid, accept=False, reply="nie", at=NOON, by=by)

    assert finding.place(row.uuid).places_total == 3


def test_a_correction_cannot_take_places_from_people():
    by = made.keeper()
    row = made.place(by, places_total=3, taken_elsewhere=2)
    said = corrections.suggest_correction(
        row.uuid, field="places_total", proposal="1", reason="", at=NOON, by=by
    )

    with pytest.raises(FewerThanTaken):
        corrections.decide_correction(said.uuid, accept=True, reply="", at=NOON, by=by)
    with pytest.raises(NoSuchPlace):
        corrections.suggest_correction(uuid4(), field="name", proposal="x", reason="", at=NOON, by=by)
    nobody = Actor(user_id=0, institution_id=0, is_operator=True)
    assert list(finding.corrections(nobody)) == []


def test_needs_are_counted_by_county_without_anybodys_data():
    by = made.keeper(made.office(Kind.PUP))
    for area in (made.WITNICA, made.BOGDANIEC, "0861"):
        needs.note_need(kind=PlaceKind.ZAZ, area=area, today=made.TODAY, by=by, group=TargetGroup.DISABILITY)

    counted = infrastructure.unmet_needs()
    assert [(one.county, one.count) for one in counted] == [("0801", 2), ("0861", 1)]
    assert [one.county for one in infrastructure.unmet_needs(region="0861")] == ["0861"]
    assert needs.mark_offered([("0801", PlaceKind.ZAZ)], topic=7) == 2
    assert [one.county for one in infrastructure.unmet_needs(only_new=True)] == ["0861"]
    assert not {"person", "name"} & {field.name for field in UnmetNeed._meta.get_fields()}


def test_a_need_is_noted_by_those_who_refer_and_somewhere():
    with pytest.raises(NotYourPlace):
        needs.note_need(
            kind=PlaceKind.ZAZ, area="0801", today=made.TODAY, by=made.keeper(made.office(), Role.DIRECTOR)
        )
    for area in ("08", "0899"):
        with pytest.raises(UnknownUnit):
            needs.note_need(kind=PlaceKind.ZAZ, area=area, today=made.TODAY, by=made.keeper())


def test_the_picture_adds_up_what_lies_in_a_unit():
    by = made.keeper()
    made.place(by, places_total=5, taken_elsewhere=2)
    made.place(by, places_total=4, today=date(2025, 1, 1))
    made.place(by, kind=PlaceKind.KIS, places_total=None, teryt=made.WITNICA)
    made.place(by, teryt="")

    grid = infrastructure.grid("08", made.TODAY, length=4)

    assert grid["0861", "CIS"] == Cell(entries=2, total=9, free=7, stale=1)
    assert grid["0801", "KIS"] == Cell(entries=1, total=None, free=None, stale=0)
    assert infrastructure.kinds_in(grid) == [PlaceKind.CIS, PlaceKind.KIS]


def test_a_centre_checks_benefit_opinion_and_the_signed_programme():
    sending = eligibility.check_points("CIS", made.TODAY, stage=Stage.SENDING)
    starting = eligibility.check_points("CIS", made.TODAY, stage=Stage.STARTING)

    assert [(one.code, one.wanted) for one in sending] == [
        ("benefit", "no"),
        ("pension", "no"),
        ("ops-opinion", "yes"),
        ("agrees", "yes"),
    ]
    assert sending[0].given_by["unemployed_with_benefit"] == "yes"
    assert [one.code for one in starting] == ["ipzs"]
    assert eligibility.check_points("CIS", date(2003, 1, 1)) == []
