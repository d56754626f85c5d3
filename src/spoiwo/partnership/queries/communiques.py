"""Communiqués, the matrix of deliveries, letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.models import Communique, Delivery, Letter
from spoiwo.partnership.rules.delivering import is_reached
from spoiwo.partnership.types import Channel, DeliveryState, LetterState

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


@dataclass(frozen=True, slots=True)
class Told:
    """What readers are told: an edition as it was sent, or, to those who prepare one, what the next one will say.

    translations: (language, title, text) each; enclosures: (name, sha256, size) each.
    """

    communique: Communique
    title: str
    text: str
    translations: tuple[tuple[str, str, str], ...]
    enclosures: tuple[tuple[str, str, int], ...]

    @property
    def first_sent_at(self) -> datetime:
        """When the first edition was sent."""
        return min(one.sent_at for one in self.communique.editions.all())

    @property
    def sent_at(self) -> datetime:
        """When the newest edition was sent."""
        return max(one.sent_at for one in self.communique.editions.all())

    def in_language(self, language: str) -> tuple[str, str, str]:
        """(language, title, text) in a language, in Polish when it was not told in it."""
        return next((one for one in self.translations if one[0] == language), ("pl", self.title, self.text))


def communiques_of(actor: Actor) -> QuerySet[Communique]:
    """Communiqués in reach, the newest first."""
    found = Communique.objects.visible_to(actor).select_related("body__agreement")
    return found.prefetch_related("editions").order_by("-year", "-pk")


def communique(actor: Actor, uuid: UUID) -> Communique | None:
    """A communiqué in reach."""
    found = Communique.objects.visible_to(actor).select_related("body__agreement__secretariat", "meeting")
    return found.filter(uuid=uuid).first()


def public_communiques(limit: int | None = None) -> list[Told]:
    """Communiqués for everybody, the newest first, with the words that were sent."""
    found = Communique.objects.in_public().select_related("body").prefetch_related("editions")
    found = found.order_by("-sent_on", "-pk")
    return [_as_sent(one) for one in (found[:limit] if limit else found)]


def public_communique(uuid: UUID) -> Told | None:
    """A communiqué for everybody, with the words that were sent."""
    row = Communique.objects.in_public().select_related("body").filter(uuid=uuid).first()
    return _as_sent(row) if row else None


def told_to(communique: Communique, *, prepares: bool) -> Told:
    """What a reader in reach is told. prepares: whether the reader works on what is not sent yet."""
    if not prepares and communique.sent_on is not None:
        return _as_sent(communique)
    return Told(
        communique,
        communique.title,
        communique.text,
        tuple(communique.translations.order_by("language").values_list("language", "title", "text")),
        tuple(communique.enclosures.order_by("name", "pk").values_list("name", "sha256", "size")),
    )


def headline(communique: Communique, *, prepares: bool) -> str:
    """The title a reader is told, as `told_to`."""
    is_told = not prepares and communique.sent_on is not None
    return _as_sent(communique).title if is_told else communique.title


def _as_sent(communique: Communique) -> Told:
    sent = max(communique.editions.all(), key=lambda one: one.number)
    return Told(
        communique,
        sent.title,
        sent.text,
        tuple((one["language"], one["title"], one["text"]) for one in sent.translations),
        tuple((one["name"], one["sha256"], one["size"]) for one in sent.enclosures),
    )


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


def letter_of_body(actor: Actor, uuid: str, body_id: int) -> Letter | None:
    """A letter of the body that left already, named by an address; None for anything else."""
    try:
        wanted = UUID(uuid)
    except ValueError:
        return None
    return letters_of(actor).exclude(state=LetterState.DRAFT).filter(uuid=wanted, body_id=body_id).first()


def letter(actor: Actor, uuid: UUID) -> Letter | None:
    """A letter in reach."""
    found = Letter.objects.visible_to(actor).select_related("body__agreement", "to", "outcome", "in_reply_to")
    return found.filter(uuid=uuid).first()
