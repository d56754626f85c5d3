"""Projects with participants and support that are valid as they stand."""

from datetime import date
from itertools import count
from typing import Any

from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Kind, Role
from spoiwo.kernel.actor import Actor
from spoiwo.projects.models import Participant, Project, Support
from spoiwo.projects.services import people
from spoiwo.projects.services import projects as services
from spoiwo.projects.types import (
    ParticipantDetails,
    ParticipantState,
    ProjectDetails,
    SupportDetails,
    SupportKind,
)
from spoiwo.toolkit.context import acting_for
from tests.makers import institutions

_numbers = count(1)
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
DAY = date(2025, 3, 3)


def keeper(office: Institution | None = None, *roles: Role) -> Actor:
    """Somebody who works with the participants of projects, of a new office unless told otherwise."""
    holder = office or institutions.institution("", Kind.FOUNDATION)
    return institutions.acting(institutions.member(holder, *(roles or (Role.CASE_WORKER,))))


def details(**said: Any) -> ProjectDetails:
    """A project of two years."""
    values = {"number": f"P/{next(_numbers)}", "title": "Projekt próbny", "starts_on": FIRST, "ends_on": LAST}
    return ProjectDetails(**{**values, **said})


def project(by: Actor, **said: Any) -> Project:
    """The same, written down."""
    with acting_for(by.institution_id):
        return services.add_project(details(**said), by=by)


def participant(by: Actor, of: Project, *, takes_part: bool = True, **said: Any) -> Participant:
    """Somebody asked into a project, taking part unless told otherwise."""
    values = {"first_name": "Ewa", "last_name": f"Próbna{next(_numbers)}", **said}
    with acting_for(by.institution_id):
        (made,) = people.ask_people(of.uuid, [ParticipantDetails(**values)], asked_on=FIRST, by=by)
        if takes_part:
            made = people.move_participant(made.uuid, to=ParticipantState.TAKING_PART, on=DAY, by=by)
    return made


def support(by: Actor, whom: Participant, kind: SupportKind = SupportKind.INTERNSHIP, **said: Any) -> Support:
    """A piece of support, an internship unless told otherwise."""
    with acting_for(by.institution_id):
        return people.give_support(
            whom.uuid, SupportDetails(**{"kind": kind, "starts_on": DAY, **said}), by=by
        )
