"""What can be refused about clients and their identity."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from spoiwo.kernel.errors import DomainError


class ClientsError(DomainError):
    """Root of the context's refusals."""


class NoSuchRecord(ClientsError):
    """The record does not exist, or not for the one who asks."""


class NoSuchDecision(ClientsError):
    """The decision does not exist, or not for the one who asks."""


class KeptApart(ClientsError):
    """A standing decision says that these are, or would bring together, different people."""


class LinkWithdrawn(ClientsError):
    """A person has undone this link before; only people may link the pair again."""


class OnePersonAlready(ClientsError):
    """The two records are one person; they have to be split first."""


class NothingToSplit(ClientsError):
    """The record is alone already."""


class AlreadyUndone(ClientsError):
    """The decision has been undone before."""


class DecisionOvertaken(ClientsError):
    """Later decisions rest on this one; they have to be undone first.

    decisions: their ids, newest first.
    """

    def __init__(self, decisions: Sequence[UUID]):
        super().__init__(", ".join(str(decision) for decision in decisions))
        self.decisions = tuple(decisions)


class GenerationTaken(ClientsError):
    """Another extract was published meanwhile: what was staged belongs to a generation already in force."""


class NoSuchRestriction(ClientsError):
    """The restriction does not exist, was lifted, or is none of the one who asks."""


class RestrictedAlready(ClientsError):
    """A restriction stands on the record."""


class ReasonMissing(ClientsError):
    """Hiding a person, or showing them again, needs a reason. least: characters."""

    def __init__(self, least: int):
        super().__init__(str(least))
        self.least = least


class NobodyNamed(ClientsError):
    """Somebody must be able to see the person, or nobody could serve them."""


class NotOfOurStaff(ClientsError):
    """Only accounts of the own institution can be named."""


class UntilIsPast(ClientsError):
    """The last day lies in the past."""

    def __init__(self, until: date):
        super().__init__(until.isoformat())
        self.until = until


class BasisMissing(ClientsError):
    """Keeping and erasing data rests on a basis in words. least: characters."""

    def __init__(self, least: int):
        super().__init__(str(least))
        self.least = least


class EventDoesNotFit(ClientsError):
    """The data have no such event to count from."""


class RuleThereAlready(ClientsError):
    """There is a rule for these data and this event."""


class NoSuchRule(ClientsError):
    """The rule does not exist, or not for the one who asks."""


class OnHold(ClientsError):
    """The record must not be erased: a legal hold stands on it."""


class HeldAlready(ClientsError):
    """A legal hold stands on the record."""


class PreviewChanged(ClientsError):
    """What would be erased is no longer what was shown. due: how much it is now."""

    def __init__(self, due: int):
        super().__init__(str(due))
        self.due = due
