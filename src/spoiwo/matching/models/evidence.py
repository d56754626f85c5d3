"""What the engine works out about records: keys they are found by, pairs found, what two registers taught.

All of it is derived and belongs to the job of matching; nobody sees it on a screen. Rows name records and
institutions without constraints, because they are written and dropped by hundreds of thousands.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.matching.querysets import DerivedQuerySet


def _to(label: str) -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        label, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )


class StoredKey(models.Model):
    """Something a record is found by, blinded; the lowest bits tell the kind of key."""

    pk = models.CompositePrimaryKey("key", "institution", "record")
    key = models.BigIntegerField()
    institution = _to("institutions.Institution")
    record = _to("clients.SourceRecord")

    objects = DerivedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "key": "personal"}

    def __str__(self) -> str:
        return str(self.record_id)


class KeyedRecord(models.Model):
    """The keys of one record together, so that they can be replaced, and the values they were made from."""

    record = models.OneToOneField(
        "clients.SourceRecord",
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    institution = _to("institutions.Institution")
    version = models.BigIntegerField()
    keys = models.BinaryField(max_length=400)  # eight bytes each

    objects = DerivedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "keys": "personal"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["institution"], name="keyed_record_by_institution")]

    def __str__(self) -> str:
        return str(self.record_id)


class KeyedRegister(models.Model):
    """Up to which generation of a register the keys of its records are stored, and by which strategy."""

    institution = models.OneToOneField(
        "institutions.Institution", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    generation = models.IntegerField()
    strategy = models.CharField(max_length=40)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return f"{self.institution_id} {self.generation}"


class LearntRegisters(models.Model):
    """What two registers (or one, twice named: its duplicates) taught when they were last compared as a whole.

    Later runs judge by it, so that they decide as the whole comparison did.
    """

    left_institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.CASCADE, related_name="+"
    )
    right_institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.CASCADE, related_name="+"
    )
    strategy = models.CharField(max_length=40)
    left_size = models.IntegerField()
    right_size = models.IntegerField()
    left_generation = models.IntegerField()  # of the registers compared as a whole
    right_generation = models.IntegerField()
    knowledge = models.TextField()  # strategy.Knowledge
    learnt_at = models.DateTimeField()

    objects = DerivedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "knowledge": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["left_institution", "right_institution"], name="registers_are_learnt_once"
            ),
            models.CheckConstraint(
                condition=Q(left_institution_id__lte=F("right_institution_id")), name="learnt_pair_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_institution_id} {self.right_institution_id}"


class FoundPair(models.Model):
    """Two records that may be one person, judged by themselves; what becomes of it also depends on their rivals."""

    left_record = _to("clients.SourceRecord")
    right_record = _to("clients.SourceRecord")
    left_institution = _to("institutions.Institution")
    right_institution = _to("institutions.Institution")
    is_sure = models.BooleanField()
    odds = models.FloatField()  # natural logarithm
    rule = models.CharField(max_length=40)
    code = models.BigIntegerField()  # level of each field, a digit each, the first in the units

    objects = DerivedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "code": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["left_record", "right_record"], name="found_pair_once"),
            models.CheckConstraint(
                condition=Q(left_record_id__lt=F("right_record_id")), name="found_pair_in_order"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["right_record"], name="found_pair_by_right_record")]

    def __str__(self) -> str:
        return f"{self.left_record_id} {self.right_record_id}"
