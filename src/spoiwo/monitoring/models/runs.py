"""Publishing many cards one after the other."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from spoiwo.monitoring import querysets


class PublishingRun(models.Model):
    """Many cards of an institution, published by a job: all approved ones, or the ready ones that wait for approval.

    is_approving: whether they are approved first; last: the card, or the version that waited, that was done last, after
    which another attempt goes on; published: how many had something new; refused: codes of those that could not be.
    """

    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    asked_by_user_id = models.BigIntegerField()
    asked_at = models.DateTimeField()
    total = models.PositiveIntegerField()
    is_approving = models.BooleanField(default=False)
    last = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    published = models.PositiveIntegerField(default=0)
    refused: models.JSONField[Any, Any] = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)

    objects = querysets.PublishingRunQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "is_approving"],
                condition=Q(finished_at__isnull=True),
                name="publishing_one_run_at_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.done}/{self.total}"
