"""What can go wrong with the log."""

from spoiwo.kernel.errors import DomainError


class AuditUnavailable(DomainError):
    """The log could not be written; whatever depended on it must not happen."""
