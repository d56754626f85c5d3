"""Which projects may pay for an action of somebody's plan."""

from datetime import date
from uuid import UUID

from spoiwo.kernel.actor import Actor
from spoiwo.projects.models import Participant, Project
from spoiwo.projects.types import ParticipantState, ProjectChoice


def projects_for(actor: Actor, *, day: date, record: UUID | None = None) -> list[ProjectChoice]:
    """Projects of the own institution under way on the day, those the person takes part in first.

    record: public id of the own register's record of the person.
    """
    inside = set()
    if record is not None:
        inside = set(
            Participant.objects.visible_to(actor)
            .filter(record__uuid=record, state=ParticipantState.TAKING_PART)
            .values_list("project_id", flat=True)
        )
    rows = Project.objects.visible_to(actor).open_on(day).order_by("ends_on", "number")
    choices = [ProjectChoice(one.pk, one.uuid, one.number, one.title, one.pk in inside) for one in rows]
    return sorted(choices, key=lambda one: not one.takes_part)
