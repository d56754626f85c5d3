"""What can be refused about proposals."""

from spoiwo.kernel.errors import DomainError


class MatchingError(DomainError):
    """Root of the context's refusals."""


class NoSuchProposal(MatchingError):
    """The proposal does not exist, or not for the one who asks."""


class NoSuchAgreement(MatchingError):
    """The agreement does not exist, or not for the one who asks, or nobody signs it any more."""


class ProposalClosed(MatchingError):
    """Somebody has decided meanwhile, or the evidence is gone."""


class NothingToTakeBack(MatchingError):
    """The own side has said nothing that could be taken back."""


class KnowledgeOutdated(MatchingError):
    """Knowledge of registers was written by other rules; a full run makes it anew."""
