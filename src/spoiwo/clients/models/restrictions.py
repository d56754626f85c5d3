"""People under restriction: whose records are hidden, why, and who may see them all the same."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.clients import querysets
from spoiwo.clients.models.choices import RESTRICTION_CHOICES
from spoiwo.clients.models.records import INSTITUTION, SourceRecord


class Restriction(models.Model):
    """An institution hides one of its records, and with it all its records of the same person.

    carried_from: the restriction that covered the record before a split parted it from the restricted one.
    """

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="restrictions")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=RESTRICTION_CHOICES)
    reason_sealed = models.BinaryField(max_length=1300)  # under the record's key
    set_at = models.DateTimeField()
    set_by_user_id = models.BigIntegerField(default=0)
    until = models.DateField(null=True)
    carried_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by_user_id = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = querysets.RestrictionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "kind": "sensitive",
        "reason_sealed": "sensitive",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(lifted_at__isnull=True),
                name="one_standing_restriction_per_record",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | Q(lifted_at__gte=F("set_at")),
                name="restriction_not_lifted_before_set",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.kind}"


class RestrictionReader(models.Model):
    """An account that may see a restricted person."""

    restriction = models.ForeignKey(Restriction, on_delete=models.CASCADE, related_name="readers")
    user_id = models.BigIntegerField()
    named_at = models.DateTimeField()
    named_by_user_id = models.BigIntegerField(default=0)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["restriction", "user_id"], name="restriction_reader_once"),
        ]

    def __str__(self) -> str:
        return f"{self.restriction_id}: {self.user_id}"


class HiddenRecord(models.Model):
    """Derived: a record that only named accounts may see. Says nothing but that; both walls read it."""

    record = models.OneToOneField(
        SourceRecord, primary_key=True, on_delete=models.CASCADE, related_name="hidden"
    )
    institution = models.ForeignKey(INSTITUTION, on_delete=models.CASCADE, related_name="+")

    objects = querysets.HiddenRecordQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return str(self.record_id)


class HiddenRecordReader(models.Model):
    """Derived from restrictions, or (until) opened for a while: an account that sees a hidden record."""

    hidden = models.ForeignKey(HiddenRecord, on_delete=models.CASCADE, related_name="readers")
    user_id = models.BigIntegerField()
    until = models.DateTimeField(null=True)  # emergency access ends

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["hidden", "user_id"], name="hidden_record_reader")]

    def __str__(self) -> str:
        return f"{self.hidden_id}: {self.user_id}"


class HiddenPerson(models.Model):
    """Derived: the index row of a hidden record, for what an institution keeps about people beside its register.

    Known to that institution alone: to others it would say whom it serves.
    """

    hidden = models.OneToOneField(
        HiddenRecord, primary_key=True, on_delete=models.CASCADE, related_name="whose"
    )
    institution = models.ForeignKey(INSTITUTION, on_delete=models.CASCADE, related_name="+")
    person = models.UUIDField()

    objects = querysets.HiddenPersonQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "person": "personal"}

    def __str__(self) -> str:
        return str(self.hidden_id)
