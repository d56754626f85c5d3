"""Which rows an actor can reach: everything starts closed and opens by rule."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from spoiwo.access import queries as access
from spoiwo.access.types import Category, Grant
from spoiwo.clients.queries.own_records import about_nobody_hidden, within_sight
from spoiwo.kernel.actor import Actor
from spoiwo.projects.rules import roles

if TYPE_CHECKING:
    from spoiwo.projects.models import Project


_SEAT_OF = {"Support": "participant__", "WorkResult": "participant__"}  # where a row says whom it is about


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects and what is said of them without naming people."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the own institution."""
        if not roles.reads_projects(actor):
            return self.none()
        return self.filter(institution_id=actor.institution_id)

    def open_on(self, day: date) -> Self:
        """Projects under way on the day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class EmployerQuerySet(models.QuerySet[Any]):
    """Talks with employers."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the own institution."""
        if not roles.reads_projects(actor):
            return self.none()
        return self.filter(institution_id=actor.institution_id)


class ProjectPeopleQuerySet(models.QuerySet[Any]):
    """Rows about people in projects."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the own institution about nobody hidden, for those who work with participants."""
        if not roles.keeps_projects(actor):
            return self.none()
        seat = _SEAT_OF.get(self.model.__name__, "")
        return self.filter(
            within_sight(actor, f"{seat}record_id"),
            about_nobody_hidden(actor, f"{seat}person_id"),
            institution_id=actor.institution_id,
        )

    def counted_for(self, actor: Actor) -> Self:
        """Rows of the own institution, for figures that name nobody."""
        if not roles.reads_projects(actor):
            return self.none()
        return self.filter(institution_id=actor.institution_id)

    def shared_with(self, actor: Actor, grants: Iterable[Grant], day: date) -> Self:
        """Rows of other institutions that give what they do for people, about people whom the own one may know."""
        wanted = {Category.IDENTITY, Category.MEASURES}
        givers = {grant.giver_id for grant in grants if wanted <= grant.categories} - {actor.institution_id}
        if not roles.keeps_projects(actor) or not givers:
            return self.none()
        known = access.known_people(actor.institution_id, day).filter(person=OuterRef("record__person_id"))
        return self.filter(
            Exists(known),
            within_sight(actor, "record_id"),
            institution_id__in=givers,
            record__erased_at__isnull=True,
        )

    def with_who(self) -> Self:
        """Each row with `who`: the person behind it, the same wherever identity links say so."""
        return self.annotate(who=Coalesce("record__person_id", "person_id"))
