"""How many clients two institutions share, asked before an agreement is signed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.matching.querysets import SharedCountQuerySet


class SharedCount(models.Model):
    """Two institutions that asked how many clients they share, and the two figures; nothing about anybody.

    The registers are compared once both directors have asked. sure: people of whom both registers surely have a
    record, possible: those who remain to be looked at.
    """

    left_institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.CASCADE, related_name="+"
    )
    right_institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.CASCADE, related_name="+"
    )
    left_asked_at = models.DateTimeField(null=True)
    right_asked_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)
    sure = models.IntegerField(default=0)
    possible = models.IntegerField(default=0)

    objects = SharedCountQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["left_institution", "right_institution"], name="shared_clients_are_counted_once"
            ),
            models.CheckConstraint(
                condition=Q(left_institution_id__lt=F("right_institution_id")), name="shared_count_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_institution_id} {self.right_institution_id}"
