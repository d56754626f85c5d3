"""What a version must say before anybody is asked to sign it."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from spoiwo.plans.errors import Incomplete
from spoiwo.plans.rules.content import actions_of
from spoiwo.plans.types import PERSON, Content, Fault, FaultKind, Payment


def check_complete(content: Content) -> None:
    """Refuse a version that cannot be agreed on. Raises Incomplete with everything that is wrong."""
    found = faults(content)
    if found:
        raise Incomplete(found)


def faults(content: Content) -> list[Fault]:
    """Everything that is wrong with a version, in the order of the plan."""
    return [
        *_of_the_whole(content),
        *_of_goals(content),
        *_of_actions(content),
        *faults_of_support(content.payments),
        *_of_people_and_papers(content),
    ]


def faults_of_support(payments: Sequence[Payment]) -> list[Fault]:
    """Financial support only falls, and no day has two amounts."""
    in_order = sorted(payments, key=lambda one: one.from_on)
    found = []
    for before, after in pairwise(in_order):
        if before.from_on == after.from_on:
            found.append(Fault(FaultKind.SAME_DAY_TWICE, after.from_on.isoformat()))
        elif after.amount > before.amount:
            found.append(Fault(FaultKind.SUPPORT_RISES, _amount(after.amount)))
    return found


def _of_the_whole(content: Content) -> Iterator[Fault]:
    if not content.problem.strip():
        yield Fault(FaultKind.NO_PROBLEM)
    if content.ends_on <= content.starts_on:
        yield Fault(FaultKind.ENDS_BEFORE_START)
    if not content.goals:
        yield Fault(FaultKind.NO_GOALS)
    for payment in content.payments:
        if _outside(content, payment.from_on):
            yield Fault(FaultKind.OUTSIDE_PLAN, _amount(payment.amount))


def _of_goals(content: Content) -> Iterator[Fault]:
    for goal in content.goals:
        if not goal.actions:
            yield Fault(FaultKind.GOAL_WITHOUT_ACTION, goal.text)
        if _outside(content, goal.due_on):
            yield Fault(FaultKind.OUTSIDE_PLAN, goal.text)


def _of_actions(content: Content) -> Iterator[Fault]:
    for _goal, action in actions_of(content):
        if action.owner != PERSON and action.owner not in content.parties:
            yield Fault(FaultKind.OWNER_NOT_PARTY, action.text)
        if action.due_on < action.starts_on:
            yield Fault(FaultKind.ENDS_BEFORE_START, action.text)
        if _outside(content, action.starts_on) or _outside(content, action.due_on):
            yield Fault(FaultKind.OUTSIDE_PLAN, action.text)


def _of_people_and_papers(content: Content) -> Iterator[Fault]:
    for worker in content.workers:
        if worker.institution not in content.parties:
            yield Fault(FaultKind.WORKER_NOT_OF_PARTY, worker.name)
    for paper in content.papers:
        if paper.owner not in content.parties:
            yield Fault(FaultKind.PAPER_NOT_OF_PARTY, paper.number)
    if not content.workers:
        yield Fault(FaultKind.NO_WORKER)


def _outside(content: Content, day: date) -> bool:
    return not content.starts_on <= day <= content.ends_on


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}"
