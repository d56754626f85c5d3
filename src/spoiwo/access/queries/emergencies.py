"""Emergency access: what goes on, what waits for a review, whom it opens."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from spoiwo.access.models import EmergencyAccess, EmergencyPerson
from spoiwo.kernel.actor import Actor

Emergency = EmergencyAccess  # for contexts that show it


def people_in_emergency(actor: Actor) -> QuerySet[EmergencyPerson, UUID]:
    """Uuids of people whom emergency access opens to the actor now; meant as a subquery, not to be listed."""
    opened = EmergencyPerson.objects.open_to(actor, timezone.now())
    return opened.values_list("person", flat=True)


def emergencies_of(actor: Actor) -> QuerySet[EmergencyAccess]:
    """Emergency access that the actor may see, newest first."""
    return EmergencyAccess.objects.visible_to(actor).order_by("-opened_at", "-pk")


def emergency(actor: Actor, uuid: UUID) -> EmergencyAccess | None:
    """One of them."""
    return EmergencyAccess.objects.visible_to(actor).filter(uuid=uuid).first()


def own_emergencies(actor: Actor, now: datetime) -> list[EmergencyAccess]:
    """The actor's own that go on, newest first."""
    mine = EmergencyAccess.objects.visible_to(actor).filter(user_id=actor.user_id).going_on(now)
    return list(mine.order_by("-opened_at"))


def people_of(found: EmergencyAccess) -> list[UUID]:
    """Index rows that it opens or opened."""
    return list(found.people.order_by("pk").values_list("person", flat=True))


def count_to_review(actor: Actor, now: datetime) -> int:
    """How many wait for a verdict that the actor may give."""
    waiting = EmergencyAccess.objects.visible_to(actor).to_review(now)
    return waiting.exclude(user_id=actor.user_id).count()


def asked_lately(actor: Actor, now: datetime) -> int:
    """How often the actor's account asked for emergency access in the last 24 hours, for any institution."""
    since = now - timedelta(hours=24)
    return EmergencyAccess.objects.filter(user_id=actor.user_id, opened_at__gt=since).count()
