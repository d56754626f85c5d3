"""Suggesting a correction, and deciding about it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from spoiwo.catalogue.errors import DecidedAlready, FewerThanTaken, NoSuchPlace
from spoiwo.catalogue.models import Correction, Place
from spoiwo.catalogue.rules import roles
from spoiwo.catalogue.rules.corrections import value_of
from spoiwo.catalogue.services.places import kept, refresh_search
from spoiwo.catalogue.types import CorrectionState
from spoiwo.kernel.actor import Actor


@transaction.atomic
def suggest_correction(
    uuid: UUID, *, field: str, proposal: str, reason: str, at: datetime, by: Actor
) -> Correction:
    """Say what an entry should say instead. Raises NoSuchPlace, NotAFigure."""
    row = Place.objects.listed().filter(uuid=uuid).first()
    if row is None or not roles.reads(by):
        raise NoSuchPlace(str(uuid))
    value = value_of(field, proposal)
    was = getattr(row, field)
    return Correction.objects.create(
        place=row,
        field=field,
        was="" if was is None else str(was),
        proposal="" if value is None else str(value),
        reason=reason,
        suggested_by_id=by.institution_id,
        suggested_user_id=by.user_id,
        suggested_at=at,
    )


@transaction.atomic
def decide_correction(uuid: UUID, *, accept: bool, reply: str, at: datetime, by: Actor) -> Correction:
    """Accept a suggestion, which changes and confirms the entry, or reject it.

    Raises NoSuchPlace, DecidedAlready, FewerThanTaken.
    """
    found = Correction.objects.visible_to(by).select_for_update(of=("self",)).filter(uuid=uuid).first()
    if found is None:
        raise NoSuchPlace(str(uuid))
    if found.state != CorrectionState.PROPOSED:
        raise DecidedAlready
    row = kept(found.place.uuid, by)
    if accept:
        _apply(row, found.field, found.proposal, at=at, by=by)
    found.state = CorrectionState.ACCEPTED if accept else CorrectionState.REJECTED
    found.reply, found.decided_user_id, found.decided_at = reply, by.user_id, at
    found.save()
    return found  # type: ignore[no-any-return]


def _apply(row: Place, field: str, proposal: str, *, at: datetime, by: Actor) -> None:
    value = value_of(field, proposal)
    taken = row.taken_elsewhere + row.taken_by_referrals
    if field == "places_total" and isinstance(value, int) and value < taken:
        raise FewerThanTaken(taken)
    setattr(row, field, value)
    row.confirmed_on, row.confirmed_by_id, row.changed_by_id = at.date(), by.user_id, by.user_id
    row.version += 1
    refresh_search(row)
    row.save()
