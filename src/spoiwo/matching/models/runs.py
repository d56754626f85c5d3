"""Runs of matching."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spoiwo.matching.querysets import MatchRunQuerySet


class MatchRun(models.Model):
    """One run of matching: after an import (a generation), or between two institutions after an agreement.

    Counts and the resume point are written in the same transaction as what they tell of.
    """

    institution = models.ForeignKey("institutions.Institution", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(
        "institutions.Institution", null=True, on_delete=models.CASCADE, related_name="+"
    )
    generation = models.IntegerField()  # of the institution's register
    from_generation = models.IntegerField(default=0)  # everything later than this one is looked at
    at_generation = models.IntegerField(default=0)  # resume point: generation and id of the last values done
    at_version = models.BigIntegerField(default=0)
    records = models.IntegerField(default=0)
    pairs = models.IntegerField(default=0)
    linked = models.IntegerField(default=0)
    proposed = models.IntegerField(default=0)
    duplicates = models.IntegerField(default=0)
    obsolete = models.IntegerField(default=0)
    vanished = models.IntegerField(default=0)
    capped = models.IntegerField(default=0)  # groups too large to compare
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    objects = MatchRunQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "generation"],
                condition=Q(other__isnull=True),
                name="match_run_once_per_generation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.generation}"
