"""Measures, observations, cards and their versions, publications and their figures."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from spoiwo.monitoring import querysets
from spoiwo.monitoring.models.choices import AUDIT_CHOICES, SIDE_CHOICES, STATE_CHOICES, UNIT_CHOICES
from spoiwo.monitoring.types import State
from spoiwo.toolkit.columns import KeyField


class Measure(models.Model):
    """What is counted. stock or flow is said by time_rule: states are taken at the end, flows are added up.

    is_open: whether it counts acts of public bodies, or what public statistics have published, so that nobody is to
    be protected; institution: who described it and may say it better, none for those that come with the platform;
    retired_at: since when nothing new is made of it.
    """

    code = KeyField(max_length=60, unique=True)
    name_pl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    unit = models.CharField(max_length=8, choices=UNIT_CHOICES)
    time_rule = models.CharField(max_length=7, default="sum")
    space_rule = models.CharField(max_length=4, default="sum")
    dimensions: models.JSONField[Any, Any] = models.JSONField(default=list)
    source = models.CharField(max_length=200, blank=True)
    side = models.CharField(max_length=14, choices=SIDE_CHOICES)
    is_open = models.BooleanField(default=False)
    description_pl = models.CharField(max_length=1000, blank=True)
    description_en = models.CharField(max_length=1000, blank=True)
    institution = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    edit_version = models.PositiveIntegerField(default=1)
    saved_by_user_id = models.BigIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = querysets.MeasureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public", "saved_by_user_id": "internal"}

    def __str__(self) -> str:
        return self.code


class Observation(models.Model):
    """One answer; never changed: a correction is a row with a higher revision. cell_key: the cell as sorted text;
    confidential: its source does not allow it to be published, so that no published figure is made of it.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField(max_length=80)
    territory = KeyField(max_length=7)
    period = models.CharField(max_length=7)
    year = models.PositiveSmallIntegerField()
    cell: models.JSONField[Any, Any] = models.JSONField(default=dict)
    cell_key = models.CharField(max_length=300, blank=True)
    value = models.FloatField(null=True)
    status = models.CharField(max_length=13)
    confidential = models.BooleanField(default=False)
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
    """One version of a card. entry: the computed part; texts: what it says, a Polish and an English ("_en") text by
    field code; aims: where the figure should go (rules.aims); sql: what computes it.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=STATE_CHOICES, default=State.DRAFT)
    name_pl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    entry: models.JSONField[Any, Any] = models.JSONField()
    texts: models.JSONField[Any, Any] = models.JSONField(default=dict)
    aims: models.JSONField[Any, Any] = models.JSONField(default=dict)
    sql = models.TextField(blank=True)
    sql_hash = models.CharField(max_length=64, blank=True)
    drafted_by_user_id = models.BigIntegerField()
    approved_by_user_id = models.BigIntegerField(default=0)
    drafted_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)
    edit_version = models.PositiveIntegerField(default=1)

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


class Publication(models.Model):
    """Figures as they went out: the hash of what computed them, the snapshot they stand on, the disclosure policy,
    whether what is hidden was bounded by intervals, and the digest of the released table. Never changed: new data are
    a publication with the next number.
    """

    version = models.ForeignKey(IndicatorVersion, on_delete=models.CASCADE, related_name="publications")
    number = models.PositiveIntegerField()
    snapshot = models.CharField(max_length=64)
    sql_hash = models.CharField(max_length=64)
    policy = models.CharField(max_length=20)
    audit = models.CharField(max_length=9, blank=True, choices=AUDIT_CHOICES)
    table_hash = models.CharField(max_length=64)
    published_by_user_id = models.BigIntegerField()
    published_at = models.DateTimeField()

    field_classes: ClassVar[dict[str, str]] = {"*": "public", "published_by_user_id": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "number"], name="publication_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.number}"


class Figure(models.Model):
    """One figure of a publication."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="figures")
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
        indexes: ClassVar = [
            models.Index(fields=["publication", "level", "territory"], name="figure_by_place")
        ]

    def __str__(self) -> str:
        return f"{self.territory} {self.period}"
