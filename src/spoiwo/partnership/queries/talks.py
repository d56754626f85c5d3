"""Talks between institutions as their inbox shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.models import Talk, TalkMessage, TalkParty, TalkReading


@dataclass(frozen=True, slots=True)
class Said:
    """A message and who has read it: institution and name of each reader."""

    message: TalkMessage
    readers: Sequence[tuple[str, str]]


def talks_of(actor: Actor, *, text: str = "", only_open: bool = False) -> QuerySet[Talk]:
    """Inbox of the institution and of bodies it sits in, the newest first.

    `is_read`: all of it by the actor; `others`: parties beside the actor's institution.
    """
    found = Talk.objects.visible_to(actor).annotate(is_read=_read_by(actor))
    if text:
        found = found.filter(subject__icontains=text)
    if only_open:
        found = found.filter(closed_at__isnull=True)
    others = TalkParty.objects.exclude(institution_id=actor.institution_id).select_related("institution")
    others = others.order_by("institution__sort_key")
    found = found.prefetch_related(Prefetch("parties", others, to_attr="others"))
    return found.select_related("body", "opened_by", "last_by").order_by("-last_at", "-pk")


def _read_by(actor: Actor) -> Exists:
    """Whether the actor has read everything in a talk."""
    return Exists(
        TalkReading.objects.filter(
            talk=OuterRef("pk"),
            user_id=actor.user_id,
            institution_id=actor.institution_id,
            read_at__gte=OuterRef("last_at"),
        )
    )


def unread_talks(actor: Actor) -> int:
    """How many talks hold something that the actor has not read, written by another institution."""
    found = Talk.objects.visible_to(actor).filter(~_read_by(actor), closed_at__isnull=True)
    return found.exclude(last_by_id=actor.institution_id).count()


def talk(actor: Actor, uuid: UUID) -> Talk | None:
    """One talk in reach."""
    found = Talk.objects.visible_to(actor).filter(uuid=uuid)
    return found.select_related("body", "agreement", "opened_by").first()


def said_in(talk_: Talk) -> list[Said]:
    """All messages in their order, each with those who have read it."""
    readings = list(talk_.readings.select_related("institution", "user").order_by("read_at"))
    messages = talk_.messages.select_related("institution", "user").order_by("written_at", "pk")
    return [
        Said(
            one,
            [
                (read.institution.short_name, read.user.full_name)
                for read in readings
                if read.read_at >= one.written_at and read.user_id != one.user_id
            ],
        )
        for one in messages
    ]


def file_of(actor: Actor, uuid: UUID) -> TalkMessage | None:
    """A message with a file, of a talk in reach."""
    reachable = Talk.objects.visible_to(actor).values("pk")
    found = TalkMessage.objects.filter(uuid=uuid, talk_id__in=reachable)
    return found.exclude(file_sha256="").first()
