"""The state machine: who may do what, from where, to where, and what is needed for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from spoiwo.referrals.errors import OutcomeNeeded, WordsNeeded, WrongStep
from spoiwo.referrals.types import Outcome, Side, State, Step

S = State
UNDECIDED = frozenset({S.SENT, S.RECEIVED})
OPEN = frozenset({S.SENT, S.RECEIVED, S.NEEDS_INFO, S.WAITLISTED, S.ACCEPTED, S.STARTED})
TERMINAL = frozenset(State) - OPEN
HOLDS_PLACE = frozenset({S.ACCEPTED, S.STARTED})


@dataclass(frozen=True, slots=True)
class Move:
    """A step: whose it is, from which states, to which one; None stays where it is."""

    side: Side
    start: frozenset[State]
    end: State | None
    needs_words: bool = False


MOVES: Mapping[Step, Move] = MappingProxyType(
    {
        Step.RECEIVE: Move(Side.RECEIVER, frozenset({S.SENT}), S.RECEIVED),
        Step.ASK: Move(Side.RECEIVER, UNDECIDED, S.NEEDS_INFO, needs_words=True),
        Step.ANSWER: Move(Side.SENDER, frozenset({S.NEEDS_INFO}), S.RECEIVED, needs_words=True),
        Step.WAITLIST: Move(Side.RECEIVER, UNDECIDED, S.WAITLISTED),
        Step.ACCEPT: Move(Side.RECEIVER, UNDECIDED | {S.WAITLISTED}, S.ACCEPTED),
        Step.REJECT: Move(Side.RECEIVER, UNDECIDED | {S.WAITLISTED, S.NEEDS_INFO}, S.REJECTED),
        Step.START: Move(Side.RECEIVER, frozenset({S.ACCEPTED}), S.STARTED),
        Step.NO_SHOW: Move(Side.RECEIVER, frozenset({S.ACCEPTED}), S.NO_SHOW),
        Step.COMPLETE: Move(Side.RECEIVER, frozenset({S.STARTED}), S.COMPLETED),
        Step.DISCONTINUE: Move(Side.RECEIVER, frozenset({S.STARTED}), S.DISCONTINUED),
        Step.WITHDRAW: Move(Side.SENDER, OPEN, S.WITHDRAWN),
        Step.EXPIRE: Move(Side.CLOCK, OPEN, S.EXPIRED),
        Step.ESCALATE: Move(Side.CLOCK, OPEN, None),
        Step.ACKNOWLEDGE: Move(Side.SENDER, TERMINAL, None),
    }
)
OUTCOMES: Mapping[Step, tuple[Outcome, ...]] = MappingProxyType(
    {
        Step.COMPLETE: (
            *(Outcome.EMPLOYED, Outcome.SUBSIDISED_JOB, Outcome.OWN_BUSINESS, Outcome.TRAINED),
            *(Outcome.NEXT_SUPPORT, Outcome.GOAL_REACHED, Outcome.NO_CHANGE),
        ),
        Step.REJECT: (
            *(Outcome.NO_PLACES, Outcome.NOT_ELIGIBLE, Outcome.OUTSIDE_AREA, Outcome.MISSING_PAPERS),
            *(Outcome.PERSON_DECLINED, Outcome.OTHER),
        ),
        Step.DISCONTINUE: (
            *(Outcome.FOUND_JOB, Outcome.HEALTH, Outcome.MOVED_AWAY, Outcome.LEFT, Outcome.BREACH),
            Outcome.OTHER,
        ),
        Step.NO_SHOW: (Outcome.DID_NOT_COME, Outcome.PERSON_DECLINED),
        Step.WITHDRAW: (
            *(Outcome.PERSON_DECLINED, Outcome.FOUND_JOB, Outcome.FOUND_ELSEWHERE, Outcome.MISTAKE),
            Outcome.OTHER,
        ),
        Step.EXPIRE: (Outcome.NO_ANSWER,),
    }
)


def steps_for(state: State, side: Side, *, acknowledged: bool) -> tuple[Step, ...]:
    """What a side can do now, in the order of the steps."""
    found = [step for step, move in MOVES.items() if move.side is side and state in move.start]
    if acknowledged and Step.ACKNOWLEDGE in found:
        found.remove(Step.ACKNOWLEDGE)
    return tuple(found)


def check_step(
    step: Step, *, state: State, side: Side, outcome: Outcome | None, note: str, acknowledged: bool
) -> State:
    """The state that follows. Raises WrongStep, OutcomeNeeded, WordsNeeded."""
    if step not in steps_for(state, side, acknowledged=acknowledged):
        raise WrongStep(f"{step} at {state}")
    if (outcome is not None or step in OUTCOMES) and outcome not in OUTCOMES.get(step, ()):
        raise OutcomeNeeded(step)
    move = MOVES[step]
    if not note.strip() and (move.needs_words or outcome is Outcome.OTHER):
        raise WordsNeeded(step)
    return move.end or state


def acts_next(state: State, *, acknowledged: bool) -> Side | None:
    """Whose turn it is; None when the loop is closed."""
    if state in TERMINAL:
        return None if acknowledged else Side.SENDER
    return Side.SENDER if state is State.NEEDS_INFO else Side.RECEIVER


def place_change(before: State | None, after: State) -> int:
    """How many places a step takes: 1, 0, or -1 when it gives one back."""
    return int(after in HOLDS_PLACE) - int(before in HOLDS_PLACE)
