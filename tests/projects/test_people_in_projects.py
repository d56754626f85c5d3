"""The way of people through projects, what projects pay for, what is counted, and what is paid for twice."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from spoiwo.access import queries as access
from spoiwo.access.types import Category
from spoiwo.clients.services import identity
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.projects.errors import (
    EndsBeforeStart,
    NoSuchRow,
    NumberTaken,
    OutsideProject,
    TakesPartAlready,
    WrongStep,
)
from spoiwo.projects.models import Participant
from spoiwo.projects.queries import counting, listing, paths, projects_for
from spoiwo.projects.services import people
from spoiwo.projects.services import projects as services
from spoiwo.projects.types import (
    EmployerAnswer,
    LeavingReason,
    ParticipantDetails,
    ParticipantState,
    SupportDetails,
    SupportKind,
    SupportState,
    WorkKind,
)
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.context import acting_for
from tests.makers import access as agreements
from tests.makers import projects as made
from tests.makers import registers

State = ParticipantState


@pytest.mark.django_db
def test_a_number_is_given_once_and_days_follow_each_other():
    by = made.keeper()
    made.project(by, number="7")

    with acting_for(by.institution_id):
        with pytest.raises(NumberTaken):
            services.add_project(made.details(number="7"), by=by)
        with pytest.raises(EndsBeforeStart):
            services.add_project(made.details(ends_on=date(2024, 1, 1)), by=by)
        with pytest.raises(NoSuchRow):
            services.add_project(made.details(), by=made.keeper(None, Role.DIRECTOR))
    made.project(made.keeper(), number="7")


@pytest.mark.django_db
def test_two_people_change_a_project_and_the_second_sees_both_values():
    by = made.keeper()
    project = made.project(by, number="7", title="Stary")

    with acting_for(by.institution_id):
        services.change_project(project.uuid, made.details(number="7", title="Nowy"), version=1, by=by)
        with pytest.raises(Conflict) as caught:
            services.change_project(project.uuid, made.details(number="7", title="Inny"), version=1, by=by)
        changed = services.change_project(
            project.uuid, made.details(number="7", title="Inny"), version=1, overwrite=True, by=by
        )

    assert [(one.field, one.yours, one.saved) for one in caught.value.differences] == [
        ("title", "Inny", "Nowy")
    ]
    assert (caught.value.version, changed.title, changed.version) == (2, "Inny", 3)


@pytest.mark.django_db
def test_rows_of_another_institution_are_not_there():
    by, stranger = made.keeper(), made.keeper()
    project = made.project(by)
    one = made.participant(by, project)
    given = made.support(by, one)

    with acting_for(stranger.institution_id):
        assert listing.project(stranger, project.uuid) is None
        assert listing.participant(stranger, one.uuid) is None
        assert listing.support(stranger, given.uuid) is None
        with pytest.raises(NoSuchRow):
            people.move_participant(one.uuid, to=State.FINISHED, on=made.DAY, by=stranger)
        with pytest.raises(NoSuchRow):
            people.end_support(given.uuid, state=SupportState.DONE, on=made.DAY, by=stranger)
        with pytest.raises(NoSuchRow):
            people.give_support_to_many(
                [(one, SupportDetails(kind=SupportKind.CAREER, starts_on=made.DAY))], by=stranger
            )
        with pytest.raises(NoSuchRow):
            services.note_employer(
                project.uuid, employer="F", asked_on=made.DAY, answer=EmployerAnswer.AGREED, by=stranger
            )
    director = made.keeper(Institution.objects.get(pk=by.institution_id), Role.DIRECTOR)
    with acting_for(by.institution_id):
        assert listing.project(director, project.uuid) == project
        assert not listing.people(director, project).exists()


@pytest.mark.django_db
def test_somebody_is_asked_takes_part_and_finishes():
    by = made.keeper()
    project = made.project(by)
    one = made.participant(by, project, takes_part=False)

    with acting_for(by.institution_id):
        with pytest.raises(WrongStep):
            people.give_support(one.uuid, SupportDetails(kind=SupportKind.CAREER, starts_on=made.DAY), by=by)
        with pytest.raises(OutsideProject):
            people.move_participant(one.uuid, to=State.TAKING_PART, on=date(2024, 12, 31), by=by)
        gone = people.move_participant(
            one.uuid, to=State.NOT_INTERESTED, on=made.DAY, reason=LeavingReason.NO_INTEREST, by=by
        )
        assert (gone.reason, gone.ended_on) == ("no_interest", made.DAY)
        back = people.move_participant(one.uuid, to=State.CANDIDATE, on=made.DAY, by=by)
        assert (back.reason, back.ended_on) == ("", None)
        people.move_participant(one.uuid, to=State.TAKING_PART, on=made.DAY, by=by)
        with pytest.raises(EndsBeforeStart):
            people.move_participant(one.uuid, to=State.FINISHED, on=date(2025, 3, 2), by=by)
        done = people.move_participant(one.uuid, to=State.FINISHED, on=date(2025, 9, 1), by=by)

    assert (done.state, done.ended_on) == ("finished", date(2025, 9, 1))


@pytest.mark.django_db
def test_internships_end_by_themselves_and_support_lies_within_the_project():
    by = made.keeper()
    one = made.participant(by, made.project(by))

    assert made.support(by, one).ends_on == date(2025, 9, 2)
    assert made.support(by, one, starts_on=date(2026, 11, 2)).ends_on == made.LAST
    assert made.support(by, one, SupportKind.TRAINING).ends_on is None
    with pytest.raises(OutsideProject):
        made.support(by, one, starts_on=date(2027, 1, 1))
    with acting_for(by.institution_id):
        row = made.support(by, one)
        ended = people.end_support(
            row.uuid, state=SupportState.BROKEN_OFF, on=date(2025, 4, 1), reason=" choroba ", by=by
        )
        with pytest.raises(WrongStep):
            people.end_support(row.uuid, state=SupportState.DONE, on=date(2025, 4, 1), by=by)
    assert (ended.ends_on, ended.reason) == (date(2025, 4, 1), "choroba")


@pytest.mark.django_db
def test_the_same_record_is_asked_into_a_project_once():
    office = registers.office()
    by = made.keeper(office)
    registers.bring_in(office, registers.row("a"))
    (record,) = registers.records(office, "a")
    project = made.project(by)
    made.participant(by, project, record=record.uuid)

    with pytest.raises(TakesPartAlready):
        made.participant(by, project, record=record.uuid)
    with pytest.raises(NoSuchRow):
        made.participant(by, project, record=uuid4())


@pytest.mark.django_db
def test_figures_count_people_once_and_say_why_others_left():
    by = made.keeper()
    project = made.project(by)
    interns = [made.participant(by, project) for _ in range(2)]
    for one in interns:
        made.support(by, one, hours=Decimal(10), cost_pln=Decimal("100.50"))
    again = made.support(by, interns[0], starts_on=date(2026, 1, 5))
    left = made.participant(by, project)
    asked = made.participant(by, project, takes_part=False)
    with acting_for(by.institution_id):
        people.end_support(again.uuid, state=SupportState.BROKEN_OFF, on=date(2026, 2, 1), by=by)
        people.move_participant(
            left.uuid, to=State.DROPPED_OUT, on=date(2025, 4, 1), reason=LeavingReason.HEALTH, by=by
        )
        people.move_participant(
            asked.uuid, to=State.NOT_INTERESTED, on=made.DAY, reason=LeavingReason.NO_INTEREST, by=by
        )
        people.move_participant(interns[1].uuid, to=State.FINISHED, on=date(2025, 9, 3), by=by)
        people.note_work(interns[1].uuid, kind=WorkKind.EMPLOYMENT, starts_on=date(2025, 9, 4), by=by)
        with pytest.raises(EndsBeforeStart):
            people.note_work(
                left.uuid,
                kind=WorkKind.CIVIL,
                starts_on=date(2025, 9, 4),
                ends_on=date(2025, 9, 3),
                by=by,
            )
        for answer in (EmployerAnswer.AGREED, EmployerAnswer.NO_PLACES, EmployerAnswer.NO_PLACES):
            services.note_employer(project.uuid, employer="Firma", asked_on=made.DAY, answer=answer, by=by)
        figures = counting.totals_of(by, project)

    assert (figures.candidates, figures.taken_in, figures.taking_part, figures.finished) == (4, 3, 1, 1)
    assert (figures.dropped_out, figures.not_interested, figures.working) == (1, 1, 1)
    assert (figures.internships, figures.interns, figures.broken_internships) == (3, 2, 1)
    assert (figures.hours, figures.cost_pln) == (Decimal(20), Decimal("201.00"))
    assert (figures.employers_asked, figures.employers_refused) == (3, 2)
    assert figures.refusals == {"no_places": 2}
    assert figures.reasons == {"health": 1, "no_interest": 1}
    assert figures.supported == {"internship": 2}


@pytest.mark.django_db
def test_a_plan_may_name_projects_under_way_those_of_the_person_first():
    office = registers.office()
    by = made.keeper(office)
    registers.bring_in(office, registers.row("a"))
    (record,) = registers.records(office, "a")
    first, second = made.project(by, ends_on=date(2025, 12, 31)), made.project(by)
    made.project(by, number="stary", starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))
    made.participant(by, second, record=record.uuid)

    with acting_for(office.pk):
        for_person = projects_for(by, day=made.DAY, record=record.uuid)
        for_anybody = projects_for(by, day=made.DAY)

    assert [(one.pk, one.takes_part) for one in for_person] == [(second.pk, True), (first.pk, False)]
    assert [one.pk for one in for_anybody] == [first.pk, second.pk]


class TwoOffices:
    """A labour office and another, which know one person and run a project each."""

    def __init__(self, *, gives: bool) -> None:
        self.left, self.right = registers.office(), registers.office()
        self.by = made.keeper(self.left)
        others = made.keeper(self.right)
        for office in (self.left, self.right):
            registers.bring_in(office, registers.row("a"))
        (mine,), (theirs,) = registers.records(self.left, "a"), registers.records(self.right, "a")
        identity.link_records(
            left_record_id=mine.pk,
            right_record_id=theirs.pk,
            rule="person",
            strategy="exact-1",
            agreement="",
            by=None,
        )
        if gives:
            wide = [(None, None, category) for category in (Category.IDENTITY, Category.MEASURES)]
            agreements.agreement(self.left, self.right, gives=wide)
        self.own = made.project(self.by, title="Nasz")
        self.one = made.participant(self.by, self.own, record=mine.uuid)
        made.support(self.by, self.one)
        foreign = made.project(others, title="Ich")
        made.support(others, made.participant(others, foreign, record=theirs.uuid))

    def seen(self, day: date):
        """Titles of projects and warnings, with all the office is given."""
        with acting_for(self.left.pk):
            one = Participant.objects.select_related("record").get(pk=self.one.pk)
            grants = access.grants_to(self.left.pk, day)
            found = paths.participations(self.by, one, grants, day=day)
            twice = paths.double_financing(self.by, one, grants, day=day)
        return [(each.title, each.is_own) for each in found], [each.other_project for each in twice]


@pytest.mark.django_db
def test_two_projects_in_one_path_are_seen_as_far_as_the_agreement_goes():
    given_, closed = TwoOffices(gives=True), TwoOffices(gives=False)
    today = timezone.localdate()

    titles, twice = given_.seen(today)

    assert titles == [("Nasz", True), ("Ich", False)]
    assert len(twice) == 1
    assert twice[0].endswith("Ich")
    assert closed.seen(today) == ([("Nasz", True)], [])


@pytest.mark.django_db
def test_double_financing_within_the_own_projects():
    office = registers.office()
    by = made.keeper(office)
    registers.bring_in(office, registers.row("a"))
    (record,) = registers.records(office, "a")
    first, second = made.project(by), made.project(by)
    people_in = [made.participant(by, one, record=record.uuid) for one in (first, second)]
    for one in people_in:
        made.support(by, one)
        made.support(by, one, SupportKind.TRAINING, ends_on=made.DAY)
    made.support(by, made.participant(by, first))

    with acting_for(office.pk):
        found = paths.double_financing_in(by, first)

    assert {(one.participant, one.kind) for one in found} == {
        (people_in[0].uuid, SupportKind.INTERNSHIP),
        (people_in[0].uuid, SupportKind.TRAINING),
    }
    assert {one.other_project for one in found} == {str(second)}


@pytest.mark.django_db
def test_much_support_is_written_at_once():
    by = made.keeper()
    project = made.project(by)
    with acting_for(by.institution_id):
        asked = people.ask_people(
            project.uuid,
            [
                ParticipantDetails(first_name="A", last_name="B"),
                ParticipantDetails(first_name="C", last_name="D"),
            ],
            asked_on=made.FIRST,
            by=by,
        )
        joined = [
            people.move_participant(one.uuid, to=State.TAKING_PART, on=made.DAY, by=by) for one in asked
        ]
        given_ = people.give_support_to_many(
            [(one, SupportDetails(kind=SupportKind.CAREER, starts_on=made.DAY)) for one in joined], by=by
        )
        assert people.give_support_to_many([], by=by) == []

    assert len(given_) == 2
