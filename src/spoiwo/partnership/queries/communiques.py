"""Communiqués, the matrix of deliveries, letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.models import Communique, Delivery, Letter
from spoiwo.partnership.rules.delivering import is_reached
from spoiwo.partnership.types import Channel, DeliveryState

REACHED = (DeliveryState.ACKNOWLEDGED, DeliveryState.PROVEN)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """An institution and its deliveries of one edition; reached when any of them is."""

    institution: Any
    deliveries: tuple[Delivery, ...]
    is_reached: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """How many institutions were addressed, to how many something was sent, how many were provably reached."""

    addressed: int
    sent: int
    reached: int


def communiques_of(actor: Actor) -> QuerySet[Communique]:
    """Communiqués in reach, the newest first."""
    return Communique.objects.visible_to(actor).select_related("body").order_by("-year", "-pk")


def communique(actor: Actor, uuid: UUID) -> Communique | None:
    """A communiqué in reach."""
    found = Communique.objects.visible_to(actor).select_related("body__agreement__secretariat", "meeting")
    return found.filter(uuid=uuid).first()


def public_communiques(limit: int | None = None) -> list[Communique]:
    """Communiqués for everybody, the newest first, with the words that were sent."""
    found = Communique.objects.in_public().select_related("body").order_by("-sent_on", "-pk")
    return list(found[:limit] if limit else found)


def public_communique(uuid: UUID) -> Communique | None:
    """A communiqué for everybody."""
    return Communique.objects.in_public().select_related("body").filter(uuid=uuid).first()


def matrix_of(communique: Communique, *, edition: int | None = None) -> list[MatrixRow]:
    """The matrix of an edition: a row for each institution, in the order of the directory."""
    deliveries = communique.deliveries.filter(edition=edition or communique.edition)
    rows: dict[int, list[Delivery]] = {}
    for one in deliveries.select_related("institution", "mail").order_by("institution__sort_key", "pk"):
        rows.setdefault(one.institution_id, []).append(one)
    return [
        MatrixRow(each[0].institution, tuple(each), any(is_reached(DeliveryState(one.state)) for one in each))
        for each in rows.values()
    ]


def reach_of(rows: Sequence[MatrixRow]) -> Reach:
    """Totals of a matrix; sent is never counted as reached."""
    handed_over = (DeliveryState.SENT, *REACHED)
    return Reach(
        addressed=len(rows),
        sent=sum(1 for row in rows if any(one.state in handed_over for one in row.deliveries)),
        reached=sum(1 for row in rows if row.is_reached),
    )


def delivery(actor: Actor, uuid: UUID) -> Delivery | None:
    """A delivery in reach."""
    found = Delivery.objects.visible_to(actor).select_related("communique__body__agreement", "institution")
    return found.filter(uuid=uuid).first()


def own_deliveries(communique: Communique, actor: Actor) -> list[Delivery]:
    """Deliveries of the newest edition to the actor's institution."""
    return list(
        communique.deliveries.filter(
            edition=communique.edition, institution_id=actor.institution_id
        ).order_by("pk")
    )


def unread_communiques(actor: Actor) -> int:
    """Communiqués that lie in the platform for the institution and that nobody there has acknowledged."""
    return Delivery.objects.filter(
        institution_id=actor.institution_id,
        channel=Channel.IN_APP,
        state=DeliveryState.SENT,
        edition=F("communique__edition"),
    ).count()


def totals_by_communique(communiques: Sequence[Communique]) -> dict[int, tuple[int, int]]:
    """(institutions addressed, institutions reached) of the newest editions, by communiqué."""
    editions = {one.pk: one.edition for one in communiques}
    rows = (
        Delivery.objects.filter(communique_id__in=editions)
        .values("communique_id", "edition")
        .annotate(
            addressed=Count("institution", distinct=True),
            reached=Count("institution", distinct=True, filter=Q(state__in=REACHED)),
        )
    )
    return {
        row["communique_id"]: (row["addressed"], row["reached"])
        for row in rows
        if row["edition"] == editions[row["communique_id"]]
    }


def letters_of(actor: Actor) -> QuerySet[Letter]:
    """Letters in reach, those awaiting an answer first."""
    found = Letter.objects.visible_to(actor).select_related("body", "to", "outcome")
    return found.order_by("answered_on", "-sent_on", "-pk")


def letter(actor: Actor, uuid: UUID) -> Letter | None:
    """A letter in reach."""
    found = Letter.objects.visible_to(actor).select_related("body__agreement", "to", "outcome", "in_reply_to")
    return found.filter(uuid=uuid).first()
