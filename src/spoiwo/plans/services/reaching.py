"""Fetching what is to be changed, in scope and locked."""

from uuid import UUID

from spoiwo.kernel.actor import Actor
from spoiwo.plans.errors import NoSuchThing, NotEditable, WrongStep
from spoiwo.plans.models import Action, JointPlan, PlanVersion
from spoiwo.plans.models.plans import UNDER_WAY
from spoiwo.plans.types import PlanState, VersionState


def locked_plan(uuid: UUID, by: Actor) -> JointPlan:
    """A plan within reach, locked. Raises NoSuchThing."""
    found = JointPlan.objects.visible_to(by).select_for_update(of=("self",)).filter(uuid=uuid).first()
    if found is None:
        raise NoSuchThing(str(uuid))
    return found  # type: ignore[no-any-return]


def active_plan(uuid: UUID, by: Actor) -> JointPlan:
    """A plan that is being carried out, locked. Raises NoSuchThing, WrongStep."""
    plan = locked_plan(uuid, by)
    if plan.state != PlanState.ACTIVE:
        raise WrongStep("work", plan.state)
    return plan


def locked_action(uuid: UUID, by: Actor) -> Action:
    """An action of a plan within reach that is being carried out; the plan is locked. Raises as above."""
    found = Action.objects.visible_to(by).filter(uuid=uuid).values_list("plan__uuid", flat=True).first()
    if found is None:
        raise NoSuchThing(str(uuid))
    plan = active_plan(found, by)
    return Action.objects.select_for_update(of=("self",)).select_related("plan").get(plan=plan, uuid=uuid)  # type: ignore[no-any-return]


def version_under_way(plan: JointPlan, *states: VersionState) -> PlanVersion:
    """The version that is a draft or being agreed on. Raises NotEditable when it is in none of the states."""
    found = PlanVersion.objects.select_for_update(of=("self",)).filter(plan=plan, state__in=UNDER_WAY).first()
    if found is None or found.state not in states:
        raise NotEditable(str(plan.uuid))
    return found  # type: ignore[no-any-return]


def version_in_force(plan: JointPlan) -> PlanVersion | None:
    """The version that the parties agreed on, None before they have."""
    return PlanVersion.objects.filter(plan=plan, state=VersionState.IN_FORCE).first()
