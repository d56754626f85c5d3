"""Carrying a plan out: its steps as a whole, and its actions.

Other contexts record what came of an action through `add_evidence`.
"""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.plans.errors import (
    ActionClosed,
    HasItsWorker,
    InTheFuture,
    NotYours,
    ReasonMissing,
)
from spoiwo.plans.models import Action, Evidence, JointPlan, PlanParty, PlanVersion, Review
from spoiwo.plans.models.plans import UNDER_WAY
from spoiwo.plans.policies import WORKERS
from spoiwo.plans.queries import intervals
from spoiwo.plans.rules import content as texts
from spoiwo.plans.rules import reviews, steps
from spoiwo.plans.services.log import tell
from spoiwo.plans.services.reaching import locked_action, locked_plan, version_in_force
from spoiwo.plans.types import (
    OPEN_ACTIONS,
    OPEN_STATES,
    ActionState,
    EventKind,
    PlanState,
    Step,
    VersionState,
)

TOLD = {
    Step.BEGIN: EventKind.BEGUN,
    Step.SUSPEND: EventKind.SUSPENDED,
    Step.RESUME: EventKind.RESUMED,
    Step.COMPLETE: EventKind.COMPLETED,
    Step.DISCONTINUE: EventKind.DISCONTINUED,
}


@transaction.atomic
def take_step(uuid: UUID, *, step: Step, reason: str, at: datetime, day: date, by: Actor) -> JointPlan:
    """Begin, suspend, resume, complete or discontinue a plan. Raises NoSuchThing, WrongStep, ReasonMissing."""
    plan = locked_plan(uuid, by)
    plan.state = steps.after(step, PlanState(plan.state), reason=reason)
    plan.reason = reason
    if step is Step.BEGIN:
        plan.begun_on = day
    if plan.state not in OPEN_STATES:
        plan.closed_on = day
        _close(plan, day)
    plan.save(update_fields=["state", "reason", "begun_on", "closed_on"])
    if plan.state == PlanState.ACTIVE:
        plan_review(plan, after=day)
    tell(plan, TOLD[step], at=at, by=by, text=reason)
    return plan


@transaction.atomic
def begin_action(uuid: UUID, *, at: datetime, by: Actor) -> Action:
    """Write down that an action is under way; twice does no harm. Raises NoSuchThing, WrongStep, NotYours,
    ActionClosed.
    """
    action = _own_open(uuid, by)
    if action.state == ActionState.PLANNED:
        action.state = ActionState.IN_PROGRESS
        action.save(update_fields=["state"])
        tell(action.plan, EventKind.ACTION_BEGUN, at=at, by=by, text=action.text)
    return action


@transaction.atomic
def take_over_action(uuid: UUID, *, at: datetime, day: date, by: Actor) -> Action:
    """Go on with an action of the own institution that nobody works on any more.

    Raises NoSuchThing, WrongStep, NotYours, ActionClosed, and HasItsWorker while somebody there answers for it.
    """
    action = _own_open(uuid, by)
    if action.responsible_id in institutions.entitled_at(by.institution_id, WORKERS, day):
        raise HasItsWorker(str(uuid))
    action.responsible_id = by.user_id
    action.save(update_fields=["responsible"])
    tell(action.plan, EventKind.ACTION_TAKEN_OVER, at=at, by=by, text=action.text)
    return action


@transaction.atomic
def finish_action(
    uuid: UUID, *, outcome: ActionState, on: date, result: str, at: datetime, day: date, by: Actor
) -> Action:
    """Write down what came of an action: done, or not done with the reason.

    Only the party that answers for it; any party for the person's own task. Raises NoSuchThing, WrongStep,
    NotYours, ActionClosed, InTheFuture, ReasonMissing.
    """
    action = _own_open(uuid, by)
    if on > day:
        raise InTheFuture(on.isoformat())
    if outcome is ActionState.NOT_DONE and not result.strip():
        raise ReasonMissing(str(uuid))
    done = outcome is ActionState.DONE
    action.state = ActionState.DONE if done else ActionState.NOT_DONE
    action.closed_on, action.result = on, result
    action.save(update_fields=["state", "closed_on", "result"])
    kind = EventKind.ACTION_DONE if done else EventKind.ACTION_NOT_DONE
    tell(action.plan, kind, at=at, by=by, text=f"{action.text}: {result}" if result else action.text)
    return action


@transaction.atomic
def record_evidence(uuid: UUID, *, text: str, at: datetime, by: Actor, ref: str = "") -> Evidence:
    """Add what proves an action; ref names the thing that tells it ("referral:uuid"). Any party may.

    Raises NoSuchThing, WrongStep.
    """
    action = locked_action(uuid, by)
    made = Evidence.objects.create(
        plan=action.plan,
        action=action,
        text=text,
        ref=ref,
        institution_id=by.institution_id,
        by_id=by.user_id,
        at=at,
    )
    tell(action.plan, EventKind.EVIDENCE, at=at, by=by, text=f"{action.text}: {text}")
    return made


@transaction.atomic
def add_evidence(uuid: UUID, *, text: str, ref: str, done: bool, at: datetime, day: date, by: Actor) -> None:
    """What another part of the product found out becomes evidence of an action, which ends when it is done.

    It is the institution that found it out: whoever writes it down need not be one of those who work with plans.
    Raises NoSuchThing, WrongStep.
    """
    party = replace(by, roles=by.roles | frozenset(WORKERS))
    action = record_evidence(uuid, text=text, at=at, by=party, ref=ref).action
    if done and action.state in OPEN_ACTIONS and action.owner_id in {None, by.institution_id}:
        finish_action(uuid, outcome=ActionState.DONE, on=day, result="", at=at, day=day, by=party)


def plan_review(plan: JointPlan, *, after: date) -> None:
    """Make sure that a review is due, so many days after a day as the plan's papers ask for."""
    if Review.objects.filter(plan=plan, held_on__isnull=True, cancelled=False).exists():
        return
    version = version_in_force(plan)
    papers = [paper.kind for paper in texts.content_of(version.content).papers] if version else []
    days = reviews.interval(papers, intervals.days_on(after))
    Review.objects.create(plan=plan, due_on=reviews.next_review(after, days=days, ends_on=plan.ends_on))


def _close(plan: JointPlan, day: date) -> None:
    """Nothing is due any more, and the person may get another plan."""
    Review.objects.filter(plan=plan, held_on__isnull=True).update(cancelled=True)
    Action.objects.filter(plan=plan).still_open().update(state=ActionState.CANCELLED, closed_on=day)
    PlanParty.objects.filter(plan=plan).update(is_open=False)
    PlanVersion.objects.filter(plan=plan, state__in=UNDER_WAY).update(state=VersionState.WITHDRAWN)


def _own_open(uuid: UUID, by: Actor) -> Action:
    action = locked_action(uuid, by)
    if action.owner_id not in {None, by.institution_id}:
        raise NotYours(str(uuid))
    if action.state not in OPEN_ACTIONS:
        raise ActionClosed(str(uuid))
    return action
