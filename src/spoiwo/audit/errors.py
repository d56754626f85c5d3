"""What can go wrong with the log."""

from spoiwo.kernel.errors import DomainError


class AuditUnavailable(DomainError):
    """The log could not be written; whatever depended on it must not happen."""


class ChangesRefused(AuditUnavailable):
    """Nobody has sealed the log for a day: reading goes on, and nothing may be changed until there is a seal."""


class ChainBroken(DomainError):
    """A chain does not hold: whose, and the first position."""

    def __init__(self, institution_id: int, seq: int) -> None:
        super().__init__(f"chain {institution_id} is broken at {seq}")
        self.institution_id, self.seq = institution_id, seq
