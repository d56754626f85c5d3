"""Suggesting a place that is missing, and deciding about it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from spoiwo.catalogue.errors import DecidedAlready, NoSuchPlace, UnknownUnit
from spoiwo.catalogue.models import Place, SuggestedPlace
from spoiwo.catalogue.rules import roles
from spoiwo.catalogue.services.places import add_place
from spoiwo.catalogue.types import CorrectionState, MissingPlace, PlaceDetails
from spoiwo.kernel.actor import Actor
from spoiwo.territory import queries as territory


@transaction.atomic
def suggest_place(missing: MissingPlace, *, at: datetime, by: Actor) -> SuggestedPlace:
    """Say that the catalogue lacks a place. Raises NoSuchPlace for people of no institution, UnknownUnit."""
    if not roles.reads(by):
        raise NoSuchPlace(missing.name)
    if territory.unit_on(missing.teryt, timezone.localdate(at)) is None:
        raise UnknownUnit(missing.teryt)
    return SuggestedPlace.objects.create(
        institution_id=missing.institution_id or None,
        provider=missing.provider,
        kind=missing.kind,
        name=missing.name,
        teryt=missing.teryt,
        about=missing.about,
        reason=missing.reason,
        suggested_by_id=by.institution_id,
        suggested_user_id=by.user_id,
        suggested_at=at,
    )


@transaction.atomic
def take_up(uuid: UUID, details: PlaceDetails, *, at: datetime, by: Actor, institution_id: int = 0) -> Place:
    """Write the missing place down, as whoever decides knows it. institution_id: as for `add_place`.

    Raises NoSuchPlace, DecidedAlready, and what `add_place` raises.
    """
    found = _waiting(uuid, by)
    place = add_place(details, today=timezone.localdate(at), by=by, institution_id=institution_id)
    found.place = place
    _decide(found, CorrectionState.ACCEPTED, "", at=at, by=by)
    return place


@transaction.atomic
def turn_down(uuid: UUID, *, reply: str, at: datetime, by: Actor) -> SuggestedPlace:
    """Say why the place is not written down. Raises NoSuchPlace, DecidedAlready."""
    found = _waiting(uuid, by)
    _decide(found, CorrectionState.REJECTED, reply, at=at, by=by)
    return found


def _waiting(uuid: UUID, by: Actor) -> SuggestedPlace:
    seen = SuggestedPlace.objects.decided_by(by).select_for_update(of=("self",))
    found: SuggestedPlace | None = seen.filter(uuid=uuid).first()
    if found is None:
        raise NoSuchPlace(str(uuid))
    if found.state != CorrectionState.PROPOSED:
        raise DecidedAlready
    return found


def _decide(found: SuggestedPlace, state: CorrectionState, reply: str, *, at: datetime, by: Actor) -> None:
    found.state, found.reply = state, reply
    found.decided_user_id, found.decided_at = by.user_id, at
    found.save()
