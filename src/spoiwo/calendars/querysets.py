"""Named filters over calendar entries."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from spoiwo.kernel.actor import Actor

if TYPE_CHECKING:
    from spoiwo.calendars.models import Entry, Feed, PartnerCalendar


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries of calendars."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's, those of its groups, and public ones; of people's own appointments only one's own."""
        members = apps.get_model("calendars", "GroupMember").objects
        groups = members.filter(institution_id=actor.institution_id).values("group_id")
        return self.filter(
            Q(owner__isnull=True) | Q(owner_id=actor.user_id),
            Q(institution_id=actor.institution_id, institution__isnull=False)
            | Q(group_id__in=groups)
            | Q(is_public=True),
        )

    def in_public(self) -> Self:
        """What everybody sees."""
        return self.filter(is_public=True)

    def between(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Entries of which some part lies in [starts_at, ends_at)."""
        return self.filter(starts_at__lt=ends_at, ends_at__gte=starts_at).order_by("starts_at", "pk")


class FeedQuerySet(models.QuerySet["Feed"]):
    """Secret addresses of calendars."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own."""
        return self.filter(user_id=actor.user_id, institution_id=actor.institution_id)


class PartnerCalendarQuerySet(models.QuerySet["PartnerCalendar"]):
    """Calendars of partners that were taken in."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's."""
        return self.filter(institution_id=actor.institution_id)
