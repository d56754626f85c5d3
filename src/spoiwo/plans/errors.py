"""What can be refused about joint plans."""

from collections.abc import Sequence

from spoiwo.kernel.errors import DomainError
from spoiwo.plans.types import Fault, PlanState, Step


class PlanError(DomainError):
    """The root of refusals about joint plans."""


class NoSuchThing(PlanError):
    """There is no such plan, or part of it, within the actor's reach."""


class NotShared(PlanError):
    """No agreement in force lets these institutions plan together for the person."""


class PlanOpenAlready(PlanError):
    """The person has a plan that is not closed under the same agreement."""

    def __init__(self, number: str):
        super().__init__(number)
        self.number = number


class Incomplete(PlanError):
    """The version cannot be proposed yet."""

    def __init__(self, faults: Sequence[Fault]):
        super().__init__("; ".join(f"{fault.kind} {fault.about}" for fault in faults))
        self.faults = tuple(faults)


class NotEditable(PlanError):
    """The version is no draft any more."""


class ChangeUnderWay(PlanError):
    """A change of the plan is under way already."""


class WrongStep(PlanError):
    """The plan does not stand where this can be done."""

    def __init__(self, step: Step | str, state: PlanState | str):
        super().__init__(f"{step} from {state}")
        self.step, self.state = step, state


class ReasonMissing(PlanError):
    """A reason, or another text without which nothing is written down, is missing."""


class OtherContent(PlanError):
    """What is to be signed is not what is being agreed on: it was changed meanwhile, or the paper is an old one."""


class AlreadySigned(PlanError):
    """The party has signed this content."""


class NotAScan(PlanError):
    """The file is no PDF, JPEG or PNG, or it is too large."""


class ActionClosed(PlanError):
    """The action has its outcome already."""


class NotYours(PlanError):
    """Somebody else answers for this."""


class HasItsWorker(PlanError):
    """Somebody who works at the institution answers for the action."""


class InTheFuture(PlanError):
    """What is written down as done lies in the future."""


class UnusableFile(PlanError):
    """The file cannot be read as a list of plans. problem: why."""

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


class UnusablePaper(PlanError):
    """The file is no template of a print. problem: why; detail: the name or the place that it is about."""

    def __init__(self, problem: str, detail: str = ""):
        super().__init__(f"{problem} {detail}".strip())
        self.problem, self.detail = problem, detail


class NothingChosen(PlanError):
    """No criterion was chosen."""
