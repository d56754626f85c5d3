"""Projects of the demonstration, after two that were told of in 2015: 30 people with disabilities, 21 of them in paid
internships of six months, and 150 people in the county of Żagań; and two of today that meet in one person's path.

All participants, employers and amounts are invented.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model

from spoiwo.cli.demo import region_data as paper
from spoiwo.cli.demo.region_support import invented_people
from spoiwo.clients.queries import listing as clients
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.projects.queries import listing
from spoiwo.projects.services import people, projects
from spoiwo.projects.types import (
    EmployerAnswer,
    LeavingReason,
    ParticipantDetails,
    ParticipantState,
    ProjectDetails,
    SupportDetails,
    SupportKind,
    SupportState,
    WorkKind,
)
from spoiwo.toolkit.context import acting_for

if TYPE_CHECKING:
    from spoiwo.projects.models import Participant, Project

MARK = "(dane pokazowe)"
WORK_FROM, WORK_TO = date(2013, 11, 1), date(2015, 8, 30)
PATH_FROM, PATH_TO = date(2012, 12, 1), date(2015, 9, 30)
TAKEN_IN, INTERNS, NOT_INTERESTED, DROPPED_OUT, AT_WORK = 30, 21, 14, 4, 7
ON_THE_PATH, LEFT_THE_PATH = 150, 12
EMPLOYERS = tuple(f"Firma pokazowa nr {number}" for number in range(1, 13))
SHARED_PEOPLE = 6


def is_loaded() -> bool:
    """Whether the foundation has its project."""
    by = _keeper(paper.FUNDACJA_KOBIET)
    with acting_for(by.institution_id):
        return listing.projects(by).exists()


def load_projects(today: date) -> int:
    """Write four projects down; how many."""
    if is_loaded():
        return 0
    _possible_work(_keeper(paper.FUNDACJA_KOBIET))
    _county_path(_keeper(paper.LWSH_ZARY))
    _of_today(today)
    return 4


def _possible_work(by: Actor) -> None:
    """Thirty taken in, twenty-one internships, and many whom neither training nor employers wanted to meet."""
    with acting_for(by.institution_id):
        project = projects.add_project(
            ProjectDetails(
                number="DEMO/EFS/2013",
                title=f"Możemy Pracować {MARK}",
                fund="Europejski Fundusz Społeczny",
                starts_on=WORK_FROM,
                ends_on=WORK_TO,
                planned_participants=TAKEN_IN,
                planned_internships=INTERNS,
                for_whom="osoby z niepełnosprawnością",
                partners="Wojewódzki Zakład Doskonalenia Zawodowego w Gorzowie Wielkopolskim",
            ),
            by=by,
        )
        asked = people.ask_people(
            project.uuid, _invented(TAKEN_IN + NOT_INTERESTED, start=700), asked_on=WORK_FROM, by=by
        )
        inside = _take_in(asked[:TAKEN_IN], WORK_FROM + timedelta(days=30), by)
        for one in asked[TAKEN_IN:]:
            people.move_participant(
                one.uuid,
                to=ParticipantState.NOT_INTERESTED,
                on=WORK_FROM + timedelta(days=45),
                reason=LeavingReason.NO_INTEREST,
                by=by,
            )
        _support_towards_work(inside, by)
        _end(inside, DROPPED_OUT, WORK_TO, by)
        _employers(project, by)


def _support_towards_work(inside: "Sequence[Participant]", by: Actor) -> None:
    """Counselling and training for all, internships for most, work for some."""
    people.give_support_to_many([pair for one in inside for pair in _usual(one)], by=by)
    internships = people.give_support_to_many([_internship(one) for one in inside[:INTERNS]], by=by)
    for internship in internships:
        people.end_support(internship.uuid, state=SupportState.DONE, on=date(2014, 11, 30), by=by)
    for place, one in enumerate(inside[:AT_WORK]):
        people.note_work(
            one.uuid,
            kind=WorkKind.EMPLOYMENT if place % 3 else WorkKind.SUPPORTED,
            starts_on=date(2015, 2, 1) + timedelta(days=14 * place),
            employer=EMPLOYERS[place],
            source="kopia umowy",
            by=by,
        )


def _county_path(by: Actor) -> None:
    """A hundred and fifty people on a path of reintegration."""
    with acting_for(by.institution_id):
        project = projects.add_project(
            ProjectDetails(
                number="DEMO/PO-KL/2012",
                title=f"Powiatowa ścieżka reintegracji społecznej i zawodowej {MARK}",
                fund="Europejski Fundusz Społeczny",
                starts_on=PATH_FROM,
                ends_on=PATH_TO,
                planned_participants=ON_THE_PATH,
                for_whom="osoby z niepełnosprawnością w powiecie żagańskim",
            ),
            by=by,
        )
        asked = people.ask_people(project.uuid, _invented(ON_THE_PATH, start=760), asked_on=PATH_FROM, by=by)
        inside = _take_in(asked, PATH_FROM + timedelta(days=40), by)
        people.give_support_to_many([pair for one in inside for pair in _usual(one)], by=by)
        _end(inside, LEFT_THE_PATH, PATH_TO, by)


def _of_today(today: date) -> None:
    """A labour office and a welfare centre each pay for the training of some of the same people."""
    labour = _worker(paper.PUP_GORZOW)
    welfare = _worker(paper.OPS_LUBISZYN)
    starts_on = today - timedelta(days=90)
    for by, number, title, cost in (
        (labour, "DEMO/PUP/2026", f"Droga do pracy {MARK}", "2400.00"),
        (welfare, "DEMO/OPS/2026", f"Aktywny Lubiszyn {MARK}", "1900.00"),
    ):
        other = welfare if by is labour else labour
        with acting_for(by.institution_id):
            project = projects.add_project(
                ProjectDetails(
                    number=number,
                    title=title,
                    fund="Fundusze Europejskie dla Lubuskiego",
                    is_competitive=False,
                    starts_on=starts_on,
                    ends_on=today + timedelta(days=400),
                    planned_participants=40,
                    for_whom="wspólni klienci urzędu pracy i ośrodka pomocy społecznej",
                ),
                by=by,
            )
            rows = _common(by, other.institution_id, today)
            asked = people.ask_people(project.uuid, rows, asked_on=starts_on, by=by)
            inside = _take_in(asked, starts_on + timedelta(days=7), by)
            details = SupportDetails(
                kind=SupportKind.TRAINING,
                name="kurs operatora wózków",
                starts_on=starts_on + timedelta(days=20),
                ends_on=today + timedelta(days=30),
                hours=Decimal(80),
                cost_pln=Decimal(cost),
            )
            people.give_support_to_many([(one, details) for one in inside], by=by)


def _common(by: Actor, other: int, today: date) -> list[ParticipantDetails]:
    """The first common clients of two offices, as the own register has them."""
    scope = clients.list_scope(by, day=today)
    wanted = clients.ListFilter(other=other)
    found = clients.common_clients(scope, wanted, page=None, per_page=SHARED_PEOPLE)
    return [
        ParticipantDetails(
            first_name=row.first_name, last_name=row.last_name, birth_date=row.birth_date, record=row.uuid
        )
        for row in found.rows
    ]


def _invented(count: int, *, start: int) -> list[ParticipantDetails]:
    return [
        ParticipantDetails(first_name=one.first_name, last_name=one.last_name)
        for one in invented_people(count, first=PATH_FROM, start=start)
    ]


def _take_in(asked: "Sequence[Participant]", on: date, by: Actor) -> "list[Participant]":
    return [people.move_participant(one.uuid, to=ParticipantState.TAKING_PART, on=on, by=by) for one in asked]


def _usual(one: "Participant") -> "Iterator[tuple[Participant, SupportDetails]]":
    assert one.joined_on is not None
    for weeks, kind, hours in (
        (1, SupportKind.PSYCHOLOGIST, 10),
        (3, SupportKind.CAREER, 8),
        (6, SupportKind.TRAINING, 120),
    ):
        day = one.joined_on + timedelta(weeks=weeks)
        yield (
            one,
            SupportDetails(kind=kind, starts_on=day, ends_on=day + timedelta(weeks=4), hours=Decimal(hours)),
        )


def _internship(one: "Participant") -> "tuple[Participant, SupportDetails]":
    employer = EMPLOYERS[one.pk % len(EMPLOYERS)]
    return one, SupportDetails(
        kind=SupportKind.INTERNSHIP,
        starts_on=date(2014, 6, 1),
        employer=employer,
        cost_pln=Decimal("9600.00"),
    )


def _end(inside: "Sequence[Participant]", dropped: int, last: date, by: Actor) -> None:
    """The last of them have dropped out, for one reason or another; the others finished."""
    reasons = (LeavingReason.NO_INTEREST, LeavingReason.HEALTH, LeavingReason.WORK, LeavingReason.NO_CONTACT)
    for place, one in enumerate(inside):
        left = place >= len(inside) - dropped
        people.move_participant(
            one.uuid,
            to=ParticipantState.DROPPED_OUT if left else ParticipantState.FINISHED,
            on=last - timedelta(days=180) if left else last,
            reason=reasons[place % len(reasons)] if left else None,
            by=by,
        )


def _employers(project: "Project", by: Actor) -> None:
    """Few employers agreed."""
    answers = (
        EmployerAnswer.AGREED,
        EmployerAnswer.NOT_INTERESTED,
        EmployerAnswer.NOT_INTERESTED,
        EmployerAnswer.NOT_ADAPTED,
        EmployerAnswer.NO_PLACES,
        EmployerAnswer.NO_ANSWER,
    )
    for place, employer in enumerate(EMPLOYERS):
        projects.note_employer(
            project.uuid,
            employer=employer,
            asked_on=date(2014, 3, 3) + timedelta(days=place),
            answer=answers[place % len(answers)],
            by=by,
        )


def _keeper(code: str) -> Actor:
    return _actor(code, Role.SUPPORT_ADVISER)


def _worker(code: str) -> Actor:
    return _actor(code, Role.CASE_WORKER)


def _actor(code: str, role: Role) -> Actor:
    office = institutions.by_code(code)
    assert office is not None, code
    email = paper.worker_of(code, role).email
    return Actor(
        user_id=get_user_model().objects.get(email=email).pk,
        institution_id=office.pk,
        roles=frozenset({str(role)}),
    )
