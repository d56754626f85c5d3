"""Writing and sealing the log."""

from spoiwo.audit.services.appending import append, changes_are_refused, forget_people, pseudonyms_of
from spoiwo.audit.services.sealing import seal, seal_if_due

__all__ = ["append", "changes_are_refused", "forget_people", "pseudonyms_of", "seal", "seal_if_due"]
