"""Which projects may pay for an action of somebody's plan, and what they paid for."""

from datetime import date
from uuid import UUID

from django.db.models import Q

from spoiwo.kernel.actor import Actor
from spoiwo.projects.models import Participant, Project, Support
from spoiwo.projects.types import ParticipantState, ProjectChoice

GivenSupport = Support  # for contexts that show it


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


def support_for(actor: Actor, *, record: UUID, project: str) -> list[Support]:
    """What an own project gave to an own client, newest first.

    record: public id of the own register's record. project: number or title, as an action of a plan names it.
    """
    of_project = Q(participant__project__number=project) | Q(participant__project__title=project)
    rows = Support.objects.visible_to(actor).filter(of_project, participant__record__uuid=record)
    return list(rows.select_related("participant__project").order_by("-starts_on", "-pk"))
