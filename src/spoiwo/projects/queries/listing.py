"""Projects and their people, as their keepers see them."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.projects.models import EmployerContact, Participant, Project, Support
from spoiwo.toolkit.columns import prefix_range


def projects(actor: Actor) -> QuerySet[Project]:
    """Projects of the own institution, the latest end first."""
    return Project.objects.visible_to(actor).order_by("-ends_on", "number")


def project(actor: Actor, uuid: UUID) -> Project | None:
    """A project in reach."""
    return projects(actor).filter(uuid=uuid).first()


def people(actor: Actor, of: Project, *, text: str = "", state: str = "") -> QuerySet[Any]:
    """Participants of a project in the Polish order of names. text: the beginning of the last name."""
    found = Participant.objects.visible_to(actor).filter(project=of)
    if key := search_key(text):
        found = found.filter(prefix_range("search_key", key))
    if state:
        found = found.filter(state=state)
    ordered: QuerySet[Any] = found.order_by("sort_key", "pk")
    return ordered


def participant(actor: Actor, uuid: UUID) -> Participant | None:
    """A participant in reach, with project and record."""
    rows = Participant.objects.visible_to(actor).select_related("project", "record").filter(uuid=uuid)
    found: Participant | None = rows.first()
    return found


def support(actor: Actor, uuid: UUID) -> Support | None:
    """A piece of support in reach."""
    found: Support | None = (
        Support.objects.visible_to(actor).select_related("participant").filter(uuid=uuid).first()
    )
    return found


def contacts(actor: Actor, of: Project) -> QuerySet[Any]:
    """Talks with employers, the latest first."""
    ordered: QuerySet[Any] = (
        EmployerContact.objects.visible_to(actor).filter(project=of).order_by("-asked_on", "-pk")
    )
    return ordered
