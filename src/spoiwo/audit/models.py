"""Tables of the log: heads, records, pseudonyms. Nothing here points anywhere."""

from typing import ClassVar

from django.db import models

from spoiwo.audit import rules
from spoiwo.audit.querysets import AuditRecordQuerySet
from spoiwo.audit.types import Action
from spoiwo.kernel.ids import new_uuid


class AuditHead(models.Model):
    """Where an institution's chain ends; locked while the chain grows.

    sealed_seq: how far the newest seal reaches. unsealed_since: when the first record after that was written.
    """

    institution_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.BinaryField(max_length=32)
    sealed_seq = models.BigIntegerField(default=0, db_default=0)
    unsealed_since = models.DateTimeField(null=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return f"chain {self.institution_id} at {self.seq}"


class AuditPseudonym(models.Model):
    """Random names under which accounts and people stand in the log; deleting a row forgets who it was."""

    id = models.UUIDField(primary_key=True, default=new_uuid, editable=False)
    kind = models.CharField(max_length=8)  # "user" or "person"
    subject = models.CharField(max_length=36)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject"], name="audit_pseudonym_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class AuditRecord(models.Model):
    """One link of an institution's chain; the database refuses to change or delete it."""

    id = models.UUIDField(primary_key=True, default=new_uuid, editable=False)
    institution_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=24, choices=[(action, action.value) for action in Action])
    actor = models.UUIDField(null=True)
    institution_acting_id = models.BigIntegerField(default=0)
    person = models.UUIDField(null=True)
    object_ref = models.CharField(max_length=80, blank=True)
    categories = models.CharField(max_length=200, blank=True)  # codes, comma-separated
    purpose = models.CharField(max_length=40, blank=True)
    legal_basis = models.CharField(max_length=60, blank=True)
    agreement = models.CharField(max_length=60, blank=True)
    relation = models.CharField(max_length=24, blank=True)
    count = models.BigIntegerField(default=1)
    outcome = models.CharField(max_length=24, default="ok")
    digest = models.BinaryField(max_length=32, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    objects = AuditRecordQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "actor": "personal", "person": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution_id", "seq"], name="audit_seq_once_per_chain"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution_id", "person", "at"], name="audit_by_person"),
            models.Index(fields=["institution_id", "at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id}:{self.seq} {self.action}"

    def signed_values(self) -> list[str | int | bytes]:
        """The values that the hash covers, in their fixed order."""
        return [
            self.institution_id,
            self.seq,
            self.at.isoformat(timespec="microseconds"),
            self.action,
            str(self.actor or ""),
            self.institution_acting_id,
            str(self.person or ""),
            self.object_ref,
            self.categories,
            self.purpose,
            self.legal_basis,
            self.agreement,
            self.relation,
            self.count,
            self.outcome,
            bytes(self.digest),
            self.request_id,
        ]


class AuditSeal(models.Model):
    """A signature over the ends of all chains at one moment; the database refuses to change or delete it."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    previous_hash = models.BinaryField(max_length=32)
    root = models.BinaryField(max_length=32)
    records = models.BigIntegerField()  # in all chains together
    public_key = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    def __str__(self) -> str:
        return f"seal {self.number}"

    def message(self) -> bytes:
        """What the signature is over."""
        return rules.seal_message(
            self.number, self.at, bytes(self.previous_hash), bytes(self.root), self.records
        )


class AuditSealedHead(models.Model):
    """Where a chain ended when a seal was made; only chains that had grown since the seal before have a row."""

    seal = models.ForeignKey(AuditSeal, on_delete=models.PROTECT, related_name="heads")
    institution_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution_id", "seq"], name="audit_sealed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id}:{self.seq} in seal {self.seal_id}"
