"""What supervisors and data protection officers keep is seen by those of the institution alone."""

from typing import Any, Self

from django.db import models

from spoiwo.kernel.actor import Actor


class OverseenQuerySet(models.QuerySet[Any]):
    """Rows that an institution's overseers keep."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the own institution, for its supervisor and its data protection officer."""
        if not actor.has_any("supervisor", "iod"):
            return self.none()
        return self.filter(institution_id=actor.institution_id)
