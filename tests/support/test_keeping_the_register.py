"""What services of the register refuse, and what they leave behind."""

from datetime import date, time
from uuid import uuid4

import pytest

from spoiwo.access.types import LinkRule
from spoiwo.audit.queries import verify
from spoiwo.institutions.models import Institution
from spoiwo.kernel.actor import Actor
from spoiwo.support.errors import (
    AttendedLongerThanDelivered,
    BadNumber,
    KnownAlready,
    NoSuchRow,
    NotOnePerson,
    OutsideProject,
    OverlapsAnother,
    PeriodClosed,
    PeriodOverlaps,
    WrongStep,
)
from spoiwo.support.models import Correction, Delivery, Participant, PersonMove
from spoiwo.support.queries.report import report
from spoiwo.support.services import deliveries, fund_export, identity, people, periods, registering, results
from spoiwo.support.services.newcomers import write_down
from spoiwo.support.types import EntityDetails, PersonDetails, RecipientKind, Scope
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.context import acting_for
from tests.makers import institutions
from tests.makers import support as made
from tests.makers.access import agreement
from tests.makers.clients import town

pytestmark = pytest.mark.django_db
PESEL = "44051401458"
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


def closed_year(by: Actor) -> None:
    with acting_for(by.institution_id):
        periods.close_period(first_day=YEAR[0], last_day=YEAR[1], today=date(2025, 1, 2), by=by)


def test_rows_of_another_centre_are_not_there():
    by, stranger = made.centre(), made.centre()
    person = made.person(by)
    row = made.delivered(by, person)

    with acting_for(stranger.institution_id):
        with pytest.raises(NoSuchRow):
            deliveries.record_delivery(made.details(person), today=made.TODAY, by=stranger)
        with pytest.raises(NoSuchRow):
            deliveries.withdraw_delivery(row.uuid, reason="", by=stranger)
        with pytest.raises(NoSuchRow):
            people.change_person(
                person.uuid, PersonDetails(first_name="A", last_name="B"), version=1, by=stranger
            )
        assert not Participant.objects.visible_to(stranger).exists()


def test_a_row_of_an_open_period_is_taken_back_without_a_correction():
    by = made.centre()
    row = made.delivered(by, made.person(by))

    with acting_for(by.institution_id):
        deliveries.withdraw_delivery(row.uuid, reason="", by=by)

        assert not Delivery.objects.visible_to(by).filter(withdrawn_at__isnull=True).exists()
        assert not Correction.objects.exists()


def test_people_of_other_centres_with_another_number_stay_apart():
    here, there = made.centre(), made.centre()
    agreement(
        Institution.objects.get(pk=here.institution_id),
        Institution.objects.get(pk=there.institution_id),
        link_rules=[LinkRule.PESEL_ONE_FIELD],
    )
    made.person(here, pesel=PESEL)
    made.person(there, pesel="02070803628")

    assert identity.join_same_people(here.institution_id, day=date(2024, 6, 1)) == 0
    assert identity.join_same_people(made.centre().institution_id, day=date(2024, 6, 1)) == 0


def test_without_a_number_the_column_of_numbers_stays_empty():
    by = made.centre()
    made.delivered(by, made.person(by, "Ewa", pesel=""))

    with acting_for(by.institution_id):
        header, rows = fund_export.fund_rows(*YEAR, by=by)

    assert [row[header.index("PESEL")] for row in rows] == [""]


def test_nobody_is_registered_for_an_event_of_another_centre():
    by, stranger = made.centre(), made.centre()
    event = made.event(by, 60)

    with acting_for(stranger.institution_id), pytest.raises(NoSuchRow):
        registering.register_many(event.uuid, [], by=stranger)


def test_a_delivery_belongs_within_its_project():
    by = made.centre()
    with acting_for(by.institution_id):
        project = results.add_project(
            name="P", number="1", starts_on=date(2024, 1, 1), ends_on=date(2024, 3, 31), by=by
        )

    with pytest.raises(OutsideProject):
        made.delivered(by, made.person(by), project=project.uuid, day=date(2024, 4, 1))


def test_two_rows_of_one_call_do_not_overlap_either():
    by = made.centre()
    person = made.person(by)
    one = made.details(person, starts_at=time(9), minutes=60)
    other = made.details(person, starts_at=time(9, 30), minutes=60)

    with acting_for(by.institution_id), pytest.raises(OverlapsAnother):
        deliveries.record_deliveries([one, other], today=made.TODAY, by=by)
    with acting_for(by.institution_id):
        assert not Delivery.objects.visible_to(by).exists()


def test_a_correction_says_what_it_was_and_keeps_the_address():
    by = made.centre()
    person, colleague = made.person(by), made.person(by)
    row = made.delivered(by, person, minutes=60)
    fresh = made.details(made.entity(by), minutes=90, participants={person.uuid: 90, colleague.uuid: 30})

    with acting_for(by.institution_id):
        saved = deliveries.correct_delivery(row.uuid, fresh, version=1, today=made.TODAY, by=by)
        with pytest.raises(Conflict):
            deliveries.correct_delivery(row.uuid, fresh, version=1, today=made.TODAY, by=by)

        assert (saved.uuid, saved.version, saved.minutes) == (row.uuid, 2, 90)
        assert sorted(saved.people.values_list("minutes", flat=True)) == [30, 90]
        assert not Correction.objects.exists()
    with pytest.raises(AttendedLongerThanDelivered):
        made.delivered(by, made.entity(by), minutes=10, participants={person.uuid: 20})


def test_a_closed_period_takes_rows_and_changes_with_a_reason_only():
    by = made.centre()
    person = made.person(by)
    row = made.delivered(by, person)
    closed_year(by)

    with pytest.raises(PeriodClosed):
        made.delivered(by, person, day=date(2024, 7, 1))
    made.delivered(by, person, day=date(2024, 7, 1), correction_reason="znaleziono kartę")
    with acting_for(by.institution_id):
        deliveries.correct_delivery(
            row.uuid,
            made.details(person, minutes=30, correction_reason="zły czas"),
            version=1,
            today=date(2025, 1, 3),
            by=by,
        )
        listed = list(
            Correction.objects.order_by("pk").values_list("kind", "minutes_before", "minutes_after")
        )

    assert listed == [("added", 0, 60), ("changed", 60, 30)]


def test_a_period_is_closed_once_and_by_those_who_answer_for_it():
    by = made.centre()
    closed_year(by)
    watcher = Actor(user_id=by.user_id, institution_id=by.institution_id, roles=frozenset({"supervisor"}))

    with acting_for(by.institution_id):
        with pytest.raises(PeriodOverlaps):
            periods.close_period(
                first_day=date(2024, 6, 1), last_day=date(2024, 6, 30), today=date(2025, 1, 2), by=by
            )
        with pytest.raises(NoSuchRow):
            periods.close_period(
                first_day=date(2023, 1, 1), last_day=date(2023, 12, 31), today=date(2025, 1, 2), by=watcher
            )


def test_a_year_is_closed_over_its_quarters_and_what_came_later_shows_as_a_difference():
    by = made.centre()
    person = made.person(by)
    made.delivered(by, person, day=date(2024, 2, 1))
    year = Scope(first=date(2024, 1, 1), last=date(2024, 12, 31), institutions=frozenset({by.institution_id}))
    with acting_for(by.institution_id):
        periods.close_period(
            first_day=date(2024, 1, 1), last_day=date(2024, 3, 31), today=date(2025, 1, 2), by=by
        )
    closed_year(by)
    made.delivered(by, person, day=date(2024, 2, 2), minutes=90, correction_reason="znaleziono kartę")
    made.attended(by, made.event(by, 240), person, 240)  # nobody gave a reason, and it is seen all the same

    with acting_for(by.institution_id):
        found = report(year)

    assert found.period is not None
    assert found.corrected == len(found.corrections) == 1
    changed = {one.key: (one.closed, one.today) for one in found.changes}
    assert list(changed["advice.hours"]) == [1, 2.5]
    assert list(changed["events.trained.people"]) == [0, 1]
    assert "people.supported" not in changed
    assert {one.key: one.value for one in found.figures}["advice.count"] == 1


@pytest.mark.parametrize("number", ["123", "44051401459", "00000000000"])
def test_a_pesel_that_cannot_be_is_refused(number):
    by = made.centre()

    with pytest.raises(BadNumber):
        made.person(by, pesel=number)


@pytest.mark.parametrize("numbers", [{"nip": "123"}, {"regon": "1"}, {"krs": "x"}])
def test_numbers_of_entities_are_checked(numbers):
    by = made.centre()

    with pytest.raises(BadNumber):
        made.entity(by, **numbers)


def test_nobody_is_written_down_twice_under_one_number():
    by = made.centre()
    made.person(by, pesel=PESEL)
    other = made.person(by)
    made.entity(by, nip="5252248481")

    with pytest.raises(KnownAlready):
        made.person(by, pesel=PESEL)
    twice = PersonDetails(first_name="A", last_name="B", pesel=PESEL)
    with acting_for(by.institution_id), pytest.raises(KnownAlready):
        people.change_person(other.uuid, twice, version=1, by=by)
    with pytest.raises(KnownAlready):
        made.entity(by, nip="525-224-84-81")


def test_a_changed_person_keeps_a_number_that_was_not_typed_again():
    by = made.centre()
    person = made.person(by, pesel=PESEL)

    with acting_for(by.institution_id):
        changed = people.change_person(
            person.uuid, PersonDetails(first_name="Ewa", last_name="Żak"), version=1, by=by
        )
        with pytest.raises(Conflict):
            people.change_person(person.uuid, PersonDetails(first_name="E", last_name="Ż"), version=1, by=by)
        again = people.change_person(
            person.uuid, PersonDetails(first_name="Ewa", last_name="Żak", pesel=PESEL), version=2, by=by
        )

    assert person.pesel_index is not None
    assert (changed.last_name, changed.pesel_index) == ("Żak", person.pesel_index)
    assert again.pesel_index == person.pesel_index


def test_an_entity_in_the_directory_is_the_same_at_every_centre():
    known = institutions.institution("", regon="123456785")
    one, other = made.centre(), made.centre()

    left = made.entity(one, "Spółdzielnia", regon="123456785")
    right = made.entity(other, "Spółdz.", regon="123456785")

    assert left.directory_id == right.directory_id == known.pk
    assert left.identity == right.identity


def test_a_number_that_an_entity_is_given_later_makes_it_the_same_everywhere():
    one, other = made.centre(), made.centre()
    mine = made.entity(one, "Kuchnia")
    theirs = made.entity(other, "Kuchnia spółdzielcza", nip="5252248481")
    made.entity(one, "Inna", regon="123456785")
    with acting_for(one.institution_id):
        changed = people.change_entity(
            mine.uuid,
            EntityDetails(name="Kuchnia Społeczna", is_social=True, nip="525-224-84-81"),
            version=1,
            by=one,
        )
        with pytest.raises(Conflict):
            people.change_entity(mine.uuid, EntityDetails(name="X", is_social=True), version=1, by=one)
        with pytest.raises(KnownAlready):
            people.change_entity(
                mine.uuid, EntityDetails(name="X", is_social=True, regon="123456785"), version=2, by=one
            )
        with pytest.raises(NoSuchRow):
            people.change_entity(theirs.uuid, EntityDetails(name="X", is_social=True), version=1, by=one)
        mine.refresh_from_db()

    assert (mine.name, mine.version, mine.uuid) == ("Kuchnia Społeczna", 2, changed.uuid)
    assert mine.identity == theirs.identity


def test_a_group_becomes_one_entity_after_it_began():
    by = made.centre()
    entity = made.entity(by)
    with acting_for(by.institution_id):
        group = people.add_group(name="G", founded_on=date(2024, 5, 1), members=[made.person(by).uuid], by=by)
        with pytest.raises(WrongStep):
            people.become_entity(group.uuid, entity=entity.uuid, on=date(2024, 4, 1), by=by)
        people.become_entity(group.uuid, entity=entity.uuid, on=date(2024, 6, 1), by=by)
        with pytest.raises(WrongStep):
            people.become_entity(group.uuid, entity=entity.uuid, on=date(2024, 7, 1), by=by)
        with pytest.raises(NoSuchRow):
            people.become_entity(uuid4(), entity=entity.uuid, on=date(2024, 7, 1), by=by)
        with pytest.raises(NoSuchRow):
            people.add_group(name="H", founded_on=date(2024, 5, 1), members=[uuid4()], by=by)
        assert group.members.count() == 1


def test_one_line_makes_a_person_an_entity_or_a_group():
    by = made.centre()
    with acting_for(by.institution_id):
        refs = [
            write_down(text, kind, day=made.DAY, by=by)
            for text, kind in (
                ("Ewa  Anna Żak", "person"),
                ("Kuchnia", "entity"),
                ("Grupa", "group"),
                ("Żak", "person"),
            )
        ]
        names = [str(one) for one in Participant.objects.order_by("pk")]

    assert [ref.kind for ref in refs] == [
        RecipientKind.PERSON,
        RecipientKind.ENTITY,
        RecipientKind.GROUP,
        RecipientKind.PERSON,
    ]
    assert names == ["Żak Ewa Anna", "Żak –"]


def test_a_register_record_of_the_own_office_counts_and_its_decisions_are_followed():
    office = town()
    by = made.adviser_of(office.labour)
    both = Actor(
        user_id=by.user_id,
        institution_id=by.institution_id,
        roles=frozenset({"support_adviser", "case_worker"}),
    )
    person = made.person(both)

    with acting_for(by.institution_id):
        with pytest.raises(NoSuchRow):
            identity.join_record(person.uuid, own_record=office.own.uuid, by=by)
        identity.join_record(person.uuid, own_record=office.own.uuid, by=both)
        with pytest.raises(NotOnePerson):
            identity.join_record(person.uuid, own_record=office.own.uuid, by=both)
        person.refresh_from_db()
        assert person.record_id == office.own.pk
        identity.undo_join(person.uuid, by=both)
        with pytest.raises(NotOnePerson):
            identity.undo_join(person.uuid, by=both)
        with pytest.raises(NoSuchRow):
            identity.undo_join(uuid4(), by=both)
        assert PersonMove.objects.filter(undone_at__isnull=False).count() == 1


def test_people_are_joined_with_others_and_never_with_themselves():
    by = made.centre()
    one, other = made.person(by), made.person(by)

    with acting_for(by.institution_id):
        with pytest.raises(NotOnePerson):
            identity.join_participants(one.uuid, one.uuid, by=by)
        identity.join_participants(one.uuid, other.uuid, by=by)
        with pytest.raises(NotOnePerson):
            identity.join_participants(one.uuid, other.uuid, by=by)


def test_the_funds_file_holds_everybody_once_in_the_columns_kept():
    by = made.centre()
    person = made.person(by, "Ewa", last_name="Żak", pesel=PESEL, teryt="0801052")
    made.delivered(by, person, minutes=90)
    made.attended(by, made.event(by, 60), person, 60)
    made.delivered(by, made.person(by, "Jan"), day=date(2023, 1, 5))

    with acting_for(by.institution_id):
        shipped, rows = fund_export.fund_rows(*YEAR, by=by)
        fund_export.keep_mapping("Nazwisko: last_name\nGodziny: support_hours\nPESEL: pesel", by=by)
        header, kept = fund_export.fund_rows(*YEAR, by=by)

    assert len(rows) == 1
    assert dict(zip(shipped, rows[0], strict=True))["PESEL"] == PESEL
    assert (header, kept) == (["Nazwisko", "Godziny", "PESEL"], [["Żak", "2,50", PESEL]])


def test_what_was_done_stands_in_the_log():
    by = made.centre()
    made.delivered(by, made.person(by))
    with acting_for(by.institution_id):
        people.add_entity(EntityDetails(name="E", is_social=True), by=by)

        assert verify().breaches == ()
