"""How long data are kept, what holds them back, and what was erased."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spoiwo.access.types import Kept, KeptUntil
from spoiwo.clients import querysets
from spoiwo.clients.models.records import INSTITUTION, SourceRecord

KEPT_CHOICES = [
    (Kept.CLIENT, _("Everything about a client")),
    (Kept.HISTORY, _("Former values of clients and former facts")),
]
KEPT_UNTIL_CHOICES = [
    (KeptUntil.NOT_IN_REGISTER, _("since the register no longer holds the person")),
    (KeptUntil.STATUS_ENDED, _("since the status at the institution ended")),
    (KeptUntil.REPLACED, _("since another extract replaced them")),
]


class RetentionRule(models.Model):
    """Which data are kept for how long, counted from which event, on what basis; written by the institution."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    kept = models.CharField(max_length=10, choices=KEPT_CHOICES)
    event = models.CharField(max_length=16, choices=KEPT_UNTIL_CHOICES)
    months = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=250)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField()
    edited_by_user_id = models.BigIntegerField(default=0)

    objects = querysets.RetentionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "kept", "event"], name="retention_rule_once"),
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=1200), name="retention_in_months"),
        ]

    def __str__(self) -> str:
        return f"{self.kept} {self.event} {self.months}"


class LegalHold(models.Model):
    """A record that must not be erased, whatever the rules say: a complaint, proceedings, an audit."""

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="holds")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=120)
    set_at = models.DateTimeField()
    set_by_user_id = models.BigIntegerField(default=0)
    released_at = models.DateTimeField(null=True)
    released_by_user_id = models.BigIntegerField(default=0)

    objects = querysets.RetentionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "case_ref": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(released_at__isnull=True), name="one_standing_hold_per_record"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}"


class Erasure(models.Model):
    """That a record was erased: which, when, on what basis. Holds nothing of the person; re-applied after a restore."""

    record_uuid = models.UUIDField(unique=True)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    erased_at = models.DateTimeField()
    by_user_id = models.BigIntegerField(default=0)
    basis = models.CharField(max_length=250)

    objects = querysets.RetentionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["institution", "-erased_at"], name="erasure_newest_first")]

    def __str__(self) -> str:
        return str(self.record_uuid)
