"""What referrals refuse, one class per reason."""

from collections.abc import Sequence

from spoiwo.kernel.errors import DomainError


class ReferralError(DomainError):
    """A refusal of referrals."""


class NoSuchReferral(ReferralError):
    """Absent, or out of the actor's reach."""


class NoSuchClient(ReferralError):
    """No such person in the own register, within the actor's reach."""


class WrongStep(ReferralError):
    """The step does not fit where the referral stands, or is not this side's."""


class ChangedMeanwhile(ReferralError):
    """Somebody took a step since the page was opened."""


class OutcomeNeeded(ReferralError):
    """The step ends a referral and needs a code that fits it."""


class WordsNeeded(ReferralError):
    """The step needs a sentence: a question, its answer, a reason."""


class NotEligible(ReferralError):
    """Answers shut the way, or what must be known first is not. codes: of the checks."""

    def __init__(self, codes: Sequence[str]):
        super().__init__(", ".join(codes))
        self.codes = tuple(codes)


class NothingAllows(ReferralError):
    """No agreement in force lets the sender tell the receiver who the person is."""


class MoreThanAllowed(ReferralError):
    """The agreement does not cover some of the chosen fields; they travel with the person's consent only."""

    def __init__(self, fields: Sequence[str]):
        super().__init__(", ".join(fields))
        self.fields = tuple(fields)


class ConsentNeeded(ReferralError):
    """A consent has a day, and not a coming one."""


class ReferredAlready(ReferralError):
    """An open referral of the person to the place is there already."""


class NotToOneself(ReferralError):
    """An institution does not refer people to itself."""


class NotFirstInLine(ReferralError):
    """Others have waited longer; taking somebody before them needs a reason."""


class LinkSpent(ReferralError):
    """The link is unknown, too old or taken back."""


class WrongCode(ReferralError):
    """The code does not fit, is used up, or too old."""


class NoAddress(ReferralError):
    """Nobody knows where to send the link to."""


class UnusableFile(ReferralError):
    """The file cannot be read as a list of referrals. problem: why."""

    def __init__(self, problem: str):
        super().__init__(problem)
        self.problem = problem


class NothingToOffer(ReferralError):
    """No need waits to be offered, or no body of the partnership can be reached."""
