"""Identity decisions with the moves they made, so that each can be undone row for row."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.clients import querysets
from spoiwo.clients.models.records import Person, SourceRecord
from spoiwo.clients.types import DecisionKind
from spoiwo.kernel.ids import new_uuid


class IdentityDecision(models.Model):
    """A decision that records are, or are not, one person: of a pair, or (split) of one record and those it leaves."""

    id = models.UUIDField(primary_key=True, default=new_uuid, editable=False)
    kind = models.CharField(max_length=5, choices=[(kind, kind.value) for kind in DecisionKind])
    left_record = models.ForeignKey(SourceRecord, null=True, on_delete=models.PROTECT, related_name="+")
    right_record = models.ForeignKey(SourceRecord, null=True, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)  # matching rule, or "person" when people decided
    strategy = models.CharField(max_length=40, blank=True)
    agreement = models.CharField(max_length=60, blank=True)
    decided_by_user_id = models.BigIntegerField(default=0)  # 0: unattended, by a rule the agreement allows
    institution_acting_id = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by_user_id = models.BigIntegerField(default=0)

    objects = querysets.IdentityDecisionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class IdentityMove(models.Model):
    """One record that a decision moved from one index row to another."""

    decision = models.ForeignKey(IdentityDecision, on_delete=models.PROTECT, related_name="moves")
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="moves")
    from_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "record"], name="record_moves_once_per_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.record_id}"


class NeverSame(models.Model):
    """Two records that a standing decision keeps apart; no later link may bring them together."""

    left_record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    right_record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(IdentityDecision, on_delete=models.PROTECT, related_name="apart")

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["left_record", "right_record"], name="never_same_once_per_pair"),
            models.CheckConstraint(
                condition=Q(left_record_id__lt=F("right_record_id")), name="never_same_pair_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_record_id} is not {self.right_record_id}"
