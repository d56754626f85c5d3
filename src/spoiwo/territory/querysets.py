"""Named filters over TERYT units."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from spoiwo.territory.models import TerytUnit


class TerytUnitQuerySet(models.QuerySet["TerytUnit"]):
    """Units, one row per code and period; public."""

    def on(self, day: date) -> Self:
        """The rows in force on the day: at most one per code."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def in_force(self) -> Self:
        """The rows that have not ended, in the newest state the register knows."""
        return self.filter(valid_to__isnull=True)
