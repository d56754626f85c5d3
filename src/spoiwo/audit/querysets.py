"""Who may read the log."""

from typing import TYPE_CHECKING, Self

from django.db import models

from spoiwo.kernel.actor import Actor

if TYPE_CHECKING:
    from spoiwo.audit.models import AuditRecord


class AuditRecordQuerySet(models.QuerySet["AuditRecord"]):
    """Records of the chains."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's chain, for its supervisor and its data protection officer."""
        if not actor.has_any("supervisor", "iod"):
            return self.none()
        return self.filter(institution_id=actor.institution_id)
