"""Named filters; everything begins with what the actor's institution may see of a partnership."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.types import AccessionState, MeetingState, OutcomeState
from spoiwo.toolkit.prepared import Prepared

if TYPE_CHECKING:
    from spoiwo.partnership.models import (
        Accession,
        Agreement,
        Body,
        Communique,
        Delivery,
        Letter,
        Mandate,
        Meeting,
        Outcome,
        Practice,
        Presentation,
        Talk,
    )

INSIDE = (AccessionState.SIGNED, AccessionState.SUSPENDED)
OPEN_OUTCOMES = (
    OutcomeState.PROPOSED,
    OutcomeState.ADOPTED,
    OutcomeState.ASSIGNED,
    OutcomeState.ACCEPTED,
    OutcomeState.IN_PROGRESS,
    OutcomeState.CLAIMED,
)
TAKEN_PLACE = (
    MeetingState.HELD,
    MeetingState.PREPARING,
    MeetingState.REVIEW,
    MeetingState.APPROVED,
    MeetingState.PUBLISHED,
)


def partner(actor: Actor, path: str = "agreement") -> Q:
    """Rows of agreements that the actor's institution keeps or signed; path leads to the agreement."""
    accessions = apps.get_model("partnership", "Accession").objects
    signed = accessions.filter(institution_id=actor.institution_id, state__in=INSIDE)
    return keeper(actor, path) | Q(**{f"{path}_id__in": signed.values("agreement_id")})


def keeper(actor: Actor, path: str = "agreement") -> Q:
    """Rows of agreements whose secretariat is the actor's institution."""
    return Q(**{f"{path}__secretariat_id": actor.institution_id})


def _member(actor: Actor) -> Any:
    mandates = apps.get_model("partnership", "Mandate").objects
    return mandates.filter(institution_id=actor.institution_id, valid_to__isnull=True).values("body_id")


def _bodies(**wanted: Any) -> Any:
    return apps.get_model("partnership", "Body").objects.filter(**wanted).values_list("pk")


_KEPT = Prepared(lambda institution: _bodies(agreement__secretariat_id=institution))
_SIGNED = Prepared(
    lambda institution: _bodies(
        agreement__accessions__institution_id=institution, agreement__accessions__state__in=INSIDE
    )
)
_SEATS = Prepared(
    lambda institution: _bodies(mandates__institution_id=institution, mandates__valid_to__isnull=True)
)


def _numbers(of: Prepared, institution_id: int) -> list[int]:
    return [pk for (pk,) in of.rows(institution_id)]


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Partnership agreements."""

    def visible_to(self, actor: Actor) -> Self:
        """Agreements the actor's institution keeps, signed or is invited to; all of them for the operator."""
        if actor.is_operator:
            return self.all()
        accessions = apps.get_model("partnership", "Accession").objects.filter(
            institution_id=actor.institution_id, state__in=(AccessionState.INVITED, *INSIDE)
        )
        return self.filter(
            Q(secretariat_id=actor.institution_id) | Q(pk__in=accessions.values("agreement_id"))
        )


class OfAgreementQuerySet(models.QuerySet[Any]):
    """Anything that belongs to an agreement and is for all its signatories."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the actor's partnerships; all of them for the operator."""
        return self.all() if actor.is_operator else self.filter(partner(actor))


class AccessionQuerySet(models.QuerySet["Accession"]):
    """Accessions; who signed is public."""

    def signed(self) -> Self:
        """Institutions that are signatories now."""
        return self.filter(state=AccessionState.SIGNED)


class BodyQuerySet(models.QuerySet["Body"]):
    """Bodies."""

    def visible_to(self, actor: Actor) -> Self:
        """Bodies of the actor's partnerships."""
        return self.all() if actor.is_operator else self.filter(partner(actor))

    def open(self) -> Self:
        """Bodies that still work."""
        return self.filter(closed_on__isnull=True)


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Seats."""

    def current(self, day: date) -> Self:
        """Seats held on the day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings."""

    def visible_to(self, actor: Actor) -> Self:
        """The secretariat sees all; signatories what was announced, internal ones only as members of the body."""
        if actor.is_operator:
            return self.all()
        shown = partner(actor, "body__agreement") & ~Q(state=MeetingState.DRAFT)
        inside = ~Q(visibility="body") | Q(body_id__in=_member(actor))
        return self.filter(keeper(actor, "body__agreement") | (shown & inside))

    def in_public(self) -> Self:
        """What everybody may see."""
        return self.filter(visibility="public").exclude(state=MeetingState.DRAFT)

    def held(self) -> Self:
        """Meetings that took place."""
        return self.filter(state__in=TAKEN_PLACE)


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    """Conclusions, recommendations, decisions, actions."""

    def visible_to(self, actor: Actor) -> Self:
        """The secretariat sees all; signatories what was adopted, unless the meeting was for its body only."""
        if actor.is_operator:
            return self.all()
        own = (
            actor.institution_id
        )  # bodies are few and asked for first; joins would look at every row for them
        internal = apps.get_model("partnership", "Meeting").objects.filter(visibility="body").values("pk")
        inside = ~Q(meeting_id__in=internal) | Q(body_id__in=_numbers(_SEATS, own)) | Q(owner_id=own)
        shown = Q(body_id__in=_numbers(_SIGNED, own)) & ~Q(state=OutcomeState.PROPOSED) & inside
        return self.filter(Q(body_id__in=_numbers(_KEPT, own)) | shown)

    def unfinished(self) -> Self:
        """Neither done nor given up."""
        return self.filter(state__in=OPEN_OUTCOMES)

    def overdue(self, day: date) -> Self:
        """Unfinished although the last day of the deadline is past."""
        return self.unfinished().filter(due_to__lt=day)


class CommuniqueQuerySet(models.QuerySet["Communique"]):
    """Communiqués."""

    def visible_to(self, actor: Actor) -> Self:
        """The secretariat and the chair's institution see drafts too; signatories what was sent."""
        if actor.is_operator:
            return self.all()
        sent = partner(actor, "body__agreement") & Q(sent_on__isnull=False)
        kept = keeper(actor, "body__agreement") | Q(body_id__in=_member(actor).filter(seat="chair"))
        return self.filter(kept | sent)

    def in_public(self) -> Self:
        """What everybody may read; one that is being corrected stays as it was sent."""
        return self.filter(visibility="public", sent_on__isnull=False)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries."""

    def visible_to(self, actor: Actor) -> Self:
        """The secretariat sees all, others their own institution's."""
        if actor.is_operator:
            return self.all()
        own = Q(institution_id=actor.institution_id)
        return self.filter(own | keeper(actor, "communique__body__agreement"))


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters to institutions."""

    def visible_to(self, actor: Actor) -> Self:
        """The secretariat sees all; the addressee what was sent to it."""
        if actor.is_operator:
            return self.all()
        own = Q(to_id=actor.institution_id) & ~Q(state="draft")
        return self.filter(own | keeper(actor, "body__agreement"))


class TalkQuerySet(models.QuerySet["Talk"]):
    """Talks between institutions."""

    def visible_to(self, actor: Actor) -> Self:
        """Talks the actor's institution takes part in, and those of bodies in which it sits or that it keeps.

        The operator reads none: what institutions write to each other is theirs.
        """
        if not actor.institution_id:
            return self.none()
        parties = apps.get_model("partnership", "TalkParty").objects
        own = parties.filter(institution_id=actor.institution_id).values("talk_id")
        of_body = Q(body__isnull=False) & (Q(body_id__in=_member(actor)) | keeper(actor))
        return self.filter(Q(pk__in=own) | of_body)


class PracticeQuerySet(models.QuerySet["Practice"]):
    """Good practices."""

    def visible_to(self, actor: Actor) -> Self:
        """Published ones of the actor's partnerships, the own ones, and all for the secretariat."""
        if actor.is_operator:
            return self.all()
        shown = partner(actor) & Q(state="published")
        return self.filter(shown | Q(institution_id=actor.institution_id) | keeper(actor))

    def in_public(self) -> Self:
        """What everybody may read."""
        return self.filter(state="published")

    def of_kind(self, kind: str) -> Self:
        """Practices of institutions of a kind (institutions.types.Kind), today's or a former one."""
        kinds = apps.get_model("institutions", "InstitutionKind").objects.filter(kind=kind)
        return self.filter(institution_id__in=kinds.values("institution_id"))


class PresentationQuerySet(models.QuerySet["Presentation"]):
    """Who shows what in a forum."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of forums of the actor's partnerships."""
        return self.all() if actor.is_operator else self.filter(partner(actor, "body__agreement"))
