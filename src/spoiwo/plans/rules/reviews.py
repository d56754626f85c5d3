"""When a plan is reviewed, and what the review talks about."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from spoiwo.plans.types import OPEN_ACTIONS, ActionState, Agenda, Happening, PaperKind, Progress

COMING_DAYS = 30


def interval(papers: Collection[PaperKind], days_of: Mapping[str, int]) -> int:
    """Days from one review to the next: the shortest that any paper of the plan asks for.

    days_of: code of a kind of paper, "" for the default -> days, as they hold today.
    """
    return min([days_of[""], *(days_of[kind] for kind in papers if kind in days_of)])


def next_review(after: date, *, days: int, ends_on: date) -> date:
    """The day of the next review: after the interval, but not past the end of the plan, nor on the day itself."""
    return max(after + timedelta(days=1), min(after + timedelta(days=days), ends_on))


def agenda(actions: Sequence[Happening], *, since: date, today: date) -> Agenda:
    """What happened to actions since a day, and what is due soon."""
    still_open = [one for one in actions if one.state in OPEN_ACTIONS]
    coming = today + timedelta(days=COMING_DAYS)
    lately = [one for one in actions if one.done_on is not None and one.done_on >= since]
    return Agenda(
        overdue=tuple(one.text for one in still_open if one.due_on < today),
        finished=tuple(one.text for one in lately if one.state is ActionState.DONE),
        not_done=tuple(one.text for one in lately if one.state is ActionState.NOT_DONE),
        coming=tuple(one.text for one in still_open if today <= one.due_on <= coming),
    )


def progress(actions: Sequence[Happening], *, today: date) -> Progress:
    """How many actions there are, how many are done, how many are late."""
    counted = [one for one in actions if one.state is not ActionState.CANCELLED]
    return Progress(
        actions=len(counted),
        done=sum(one.state is ActionState.DONE for one in counted),
        overdue=sum(one.state in OPEN_ACTIONS and one.due_on < today for one in counted),
    )
