"""What can be refused to those who watch over a register."""

from spoiwo.kernel.errors import DomainError


class OversightError(DomainError):
    """Root of the context's refusals."""


class NoSuchFinding(OversightError):
    """The finding does not exist, or not for the one who asks."""


class NoSuchIncident(OversightError):
    """The incident does not exist, or not for the one who asks."""


class DecidedAlready(OversightError):
    """Somebody has decided about this finding."""


class AboutYourself(OversightError):
    """Nobody decides about a finding on their own looks."""


class ReasonNeeded(OversightError):
    """A decision is explained. least: characters."""

    def __init__(self, least: int):
        super().__init__(str(least))
        self.least = least


class ClosedWithoutRisk(OversightError):
    """An incident is closed when its risk was assessed, and what was done about it is written down."""


class ClosedAlready(OversightError):
    """The incident is closed."""
