"""Working off hand-overs: the former worker gives, the new one takes."""

from datetime import date
from uuid import UUID

from django.db import transaction

from spoiwo.districts import policies
from spoiwo.districts.errors import NoSuchRow, WrongStep
from spoiwo.districts.models import HandOver
from spoiwo.districts.rules.moving import next_states
from spoiwo.districts.services.log import record
from spoiwo.districts.types import HandOverState
from spoiwo.kernel.actor import Actor


@transaction.atomic
def hand_over(uuid: UUID, *, note: str = "", on: date, by: Actor) -> HandOver:
    """Say that papers and matters of a client have been given, with what the next worker should know.

    Raises NoSuchRow, WrongStep.
    """
    row = _locked(uuid, HandOverState.HANDED, by)
    row.state, row.handed_on, row.handed_by_id = HandOverState.HANDED, on, by.user_id
    row.note = note.strip()
    row.save(update_fields=["state", "handed_on", "handed_by", "note"])
    record(by, "hand-over", uuid, outcome="handed")
    return row


@transaction.atomic
def take_over(uuid: UUID, *, on: date, by: Actor) -> HandOver:
    """Say that a client has been taken over; the hand-over is done. Raises NoSuchRow, WrongStep."""
    row = _locked(uuid, HandOverState.TAKEN, by)
    row.state, row.taken_on, row.taken_by_id = HandOverState.TAKEN, on, by.user_id
    row.save(update_fields=["state", "taken_on", "taken_by"])
    record(by, "hand-over", uuid, outcome="taken")
    return row


def _locked(uuid: UUID, step: HandOverState, by: Actor) -> HandOver:
    row: HandOver | None = HandOver.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    if row is None or not policies.may_work_off(by, row):
        raise NoSuchRow(str(uuid))
    if step not in next_states(HandOverState(row.state)):
        raise WrongStep(row.state)
    return row
