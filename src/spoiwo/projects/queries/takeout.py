"""Projects of an institution and who took part."""

from spoiwo.kernel.actor import Actor
from spoiwo.projects.models import EmployerContact, Participant, Project, Support, WorkResult
from spoiwo.toolkit.takeout import Takeout, same, takeout

_PROJECT = {"project": "project__number"}
_WHO = {"participant": "participant__uuid", "project": "participant__project__number"}


def tables(actor: Actor) -> list[Takeout]:
    """Projects, participants, their support and work, talks with employers; nobody hidden."""
    project = (
        *("number", "title", "fund", "is_competitive", "budget_pln", "starts_on", "ends_on"),
        *("planned_participants", "planned_internships", "for_whom", "partners"),
    )
    person = ("first_name", "last_name", "birth_date", "state", "asked_on", "joined_on", "ended_on", "reason")
    support = ("kind", "name", "starts_on", "ends_on", "hours", "cost_pln", "employer", "state", "reason")
    return [
        takeout("projects", Project.objects.visible_to(actor), same(*project)),
        takeout(
            "project_participants",
            Participant.objects.visible_to(actor),
            {
                "participant": "uuid",
                **_PROJECT,
                "local_id": "record__local_id",
                **same(*person, "reason_note"),
            },
        ),
        takeout("project_support", Support.objects.visible_to(actor), {**_WHO, **same(*support)}),
        takeout(
            "project_work",
            WorkResult.objects.visible_to(actor),
            {**_WHO, **same("kind", "employer", "starts_on", "ends_on", "source")},
        ),
        takeout(
            "project_employers",
            EmployerContact.objects.visible_to(actor),
            {**_PROJECT, **same("employer", "asked_on", "answer", "note")},
        ),
    ]
