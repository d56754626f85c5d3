"""Measures, observations, cards and their versions, figures as published."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spoiwo.monitoring import querysets
from spoiwo.monitoring.types import Side, State
from spoiwo.toolkit.columns import KeyField

STATE_CHOICES = [
    (State.DRAFT.value, _("Draft of a card")),
    (State.REVIEW.value, _("Waiting for approval")),
    (State.APPROVED.value, _("Approved card")),
    (State.RETIRED.value, _("Retired")),
]
SIDE_CHOICES = [
    (Side.ENTERPRISES.value, _("Social enterprises")),
    (Side.CENTRES.value, _("Support centres")),
    (Side.ADMINISTRATION.value, _("Actions of the administration")),
    (Side.RISK.value, _("Initiatives with people at risk")),
]
UNIT_CHOICES = [
    ("person", _("person (unit)")),
    ("post", _("full-time post (unit)")),
    ("entity", _("entity (unit)")),
    ("event", _("event (unit)")),
    ("hour", _("hour (unit)")),
    ("pln", _("zloty (unit)")),
]


class Measure(models.Model):
    """What is counted. stock or flow is said by time_rule: states are taken at the end, flows are added up."""

    code = KeyField(max_length=60, unique=True)
    name_pl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    unit = models.CharField(max_length=8, choices=UNIT_CHOICES)
    time_rule = models.CharField(max_length=7, default="sum")
    space_rule = models.CharField(max_length=4, default="sum")
    dimensions: models.JSONField[Any, Any] = models.JSONField(default=list)
    source = models.CharField(max_length=200, blank=True)
    side = models.CharField(max_length=14, choices=SIDE_CHOICES)

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    def __str__(self) -> str:
        return self.code


class Observation(models.Model):
    """One answer; never changed: a correction is a row with a higher revision. cell_key: the cell as sorted text."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=80)
    territory = KeyField(max_length=7)
    period = models.CharField(max_length=7)
    year = models.PositiveSmallIntegerField()
    cell: models.JSONField[Any, Any] = models.JSONField(default=dict)
    cell_key = models.CharField(max_length=300, blank=True)
    value = models.FloatField(null=True)
    status = models.CharField(max_length=13)
    revision = models.PositiveIntegerField(default=1)
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "unit", "period", "cell_key", "revision"], name="observation_revision_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["year", "measure"], name="observation_by_year")]

    def __str__(self) -> str:
        return f"{self.unit} {self.period}"


class Indicator(models.Model):
    """A card through all its versions; institution: who keeps it."""

    code = KeyField(max_length=60, unique=True)
    side = models.CharField(max_length=14, choices=SIDE_CHOICES)
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    def __str__(self) -> str:
        return self.code


class IndicatorVersion(models.Model):
    """One version of a card. entry: the computed part; texts: the other fields; sql: what computes it."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=STATE_CHOICES, default=State.DRAFT)
    name_pl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    entry: models.JSONField[Any, Any] = models.JSONField()
    texts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    sql = models.TextField(blank=True)
    sql_hash = models.CharField(max_length=64, blank=True)
    snapshot = models.CharField(max_length=64, blank=True)
    drafted_by_user_id = models.BigIntegerField()
    approved_by_user_id = models.BigIntegerField(default=0)
    drafted_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)

    objects = querysets.IndicatorVersionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "number"], name="indicator_version_once"),
            models.UniqueConstraint(
                fields=["indicator"], condition=Q(state=State.APPROVED), name="indicator_one_approved"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True)
                | ~Q(approved_by_user_id=models.F("drafted_by_user_id")),
                name="indicator_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_pl} {self.number}"


class Figure(models.Model):
    """One figure as it was published with a version."""

    version = models.ForeignKey(IndicatorVersion, on_delete=models.CASCADE, related_name="figures")
    territory = KeyField(max_length=7)
    level = models.PositiveSmallIntegerField()
    period = models.CharField(max_length=7)
    cell: models.JSONField[Any, Any] = models.JSONField(default=list)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    value = models.FloatField(null=True)
    n_units = models.PositiveIntegerField(null=True)
    coverage = models.FloatField(null=True)
    status = models.CharField(max_length=10)

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["version", "level", "territory"], name="figure_by_place")]

    def __str__(self) -> str:
        return f"{self.territory} {self.period}"
