"""Closed periods with their frozen figures, corrections after closing, and the mapping of an export."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.support import querysets
from spoiwo.support.models.owned import INSTITUTION, USER, Owned
from spoiwo.support.types import CorrectionKind

CORRECTION_CHOICES = [(kind, kind.value) for kind in CorrectionKind]


class ClosedPeriod(Owned):
    """Days whose figures stand: key -> value as reported, never written again.

    narrowed: the same of every place and of people with and without work, by Scope.part; by_county: of the table.
    """

    first_day = models.DateField()
    last_day = models.DateField()
    figures = models.JSONField()
    narrowed = models.JSONField(default=dict)
    by_county = models.JSONField(default=dict)
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "first_day", "last_day"], name="period_closed_once"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="closed_period_not_ended_before_start"
            ),
        ]


class Correction(Owned):
    """What was changed in a closed period, by whom and why."""

    period = models.ForeignKey(ClosedPeriod, on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=10, choices=CORRECTION_CHOICES)
    delivery = models.ForeignKey("support.Delivery", on_delete=models.PROTECT, related_name="corrections")
    day = models.DateField()
    minutes_before = models.PositiveIntegerField(default=0)
    minutes_after = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=300)
    made_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}


class Turn(models.Model):
    """One row of each centre, locked by whoever gives out numbers or brings in a sheet, so that it is done once."""

    institution = models.OneToOneField(INSTITUTION, on_delete=models.PROTECT, related_name="+")

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return str(self.institution_id)


class ExportMapping(Owned):
    """Which column of the fund's monitoring system takes what of ours; the centre changes it."""

    code = models.SlugField(max_length=40)  # of the file: sm-efs
    columns = models.JSONField()  # ordered pairs: header, name of ours or "=text"

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "code"], name="export_mapping_once"),
        ]
