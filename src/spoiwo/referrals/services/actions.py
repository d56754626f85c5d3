"""What a referral means for the action of a plan for which it was sent."""

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.utils import timezone, translation

from spoiwo.kernel.actor import Actor
from spoiwo.plans.errors import NoSuchThing, WrongStep
from spoiwo.plans.queries import acting
from spoiwo.plans.services import running
from spoiwo.plans.types import ActionState
from spoiwo.referrals.errors import NoSuchReferral
from spoiwo.referrals.models import OUTCOME_CHOICES, STATE_CHOICES, Referral
from spoiwo.referrals.types import NewReferral, Outcome, State

OUTCOMES = dict(OUTCOME_CHOICES)
STATES = dict(STATE_CHOICES)


def chosen(new: NewReferral, by: Actor) -> acting.PlanAction | None:
    """The client's open action for which somebody is referred. Raises NoSuchReferral."""
    if new.action is None:
        return None
    found = acting.own_action(by, new.action, record=new.client)
    if found is None:
        raise NoSuchReferral("action")
    return found


def begin(row: Referral, *, at: datetime, by: Actor) -> None:
    """Somebody who was sent to a place has begun the action."""
    if row.action is not None and row.action.state == ActionState.PLANNED:
        running.begin_action(row.action.uuid, at=at, by=by)


def conclude(row: Referral, *, at: datetime, by: Actor) -> None:
    """The sender has acknowledged the outcome: it proves the action, which is done when the support was completed."""
    if row.action is None:
        return
    with translation.override(settings.LANGUAGE_CODE):
        text = f"{row.number}, {row.place.name}: {STATES[State(row.state)]}, {OUTCOMES[Outcome(row.outcome)]}"
    with suppress(NoSuchThing, WrongStep):  # the plan has closed meanwhile, or does not go on now
        running.add_evidence(
            row.action.uuid,
            text=text,
            ref=f"referral:{row.uuid}",
            done=row.state == State.COMPLETED,
            at=at,
            day=timezone.localdate(at),
            by=by,
        )
