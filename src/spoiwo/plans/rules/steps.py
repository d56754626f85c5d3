"""From draft to completion: which step is possible from where."""

from collections.abc import Collection

from spoiwo.plans.errors import ReasonMissing, WrongStep
from spoiwo.plans.types import PERSON, PlanState, Step

TARGETS: dict[Step, tuple[frozenset[PlanState], PlanState]] = {
    Step.BEGIN: (frozenset({PlanState.AGREED}), PlanState.ACTIVE),
    Step.SUSPEND: (frozenset({PlanState.ACTIVE}), PlanState.SUSPENDED),
    Step.RESUME: (frozenset({PlanState.SUSPENDED}), PlanState.ACTIVE),
    Step.COMPLETE: (frozenset({PlanState.ACTIVE}), PlanState.COMPLETED),
    Step.DISCONTINUE: (
        frozenset(set(PlanState) - {PlanState.COMPLETED, PlanState.DISCONTINUED}),
        PlanState.DISCONTINUED,
    ),
}
WITH_REASON = frozenset({Step.SUSPEND, Step.DISCONTINUE})


def after(step: Step, state: PlanState, *, reason: str) -> PlanState:
    """Where the plan stands after the step. Raises WrongStep, ReasonMissing."""
    sources, target = TARGETS[step]
    if state not in sources:
        raise WrongStep(step, state)
    if step in WITH_REASON and not reason.strip():
        raise ReasonMissing(step)
    return target


def possible(state: PlanState) -> list[Step]:
    """Steps that can be taken from a state, in the order people take them."""
    return [step for step, (sources, _target) in TARGETS.items() if state in sources]


def still_to_sign(parties: Collection[int], signed: Collection[int]) -> list[int]:
    """Parties that have not signed the content yet; PERSON stands for the person."""
    return [party for party in (*parties, PERSON) if party not in signed]
