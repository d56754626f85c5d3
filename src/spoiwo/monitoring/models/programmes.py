"""The monitoring plan: a programme, the tree of its objectives, their indicators, and when data are collected."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.monitoring import querysets


class Programme(models.Model):
    """A regional programme that is watched. edit_version: of the name, the years and the tree together."""

    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=250)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    is_demonstration = models.BooleanField(default=False)
    edit_version = models.PositiveIntegerField(default=1)
    saved_by_user_id = models.BigIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)

    objects = querysets.ProgrammeQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public", "saved_by_user_id": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="programme_ends_not_before_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Objective(models.Model):
    """A branch of the tree: a goal, or a part of another one. place: order among its neighbours."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="objectives")
    above = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="branches"
    )
    name = models.CharField(max_length=250)
    place = models.PositiveSmallIntegerField(default=0)
    indicators = models.ManyToManyField("monitoring.Indicator", related_name="objectives", blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    def __str__(self) -> str:
        return self.name


class Collection(models.Model):
    """Data that somebody has to deliver by a day. done_on: when they came in."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="collections")
    indicator = models.ForeignKey(
        "monitoring.Indicator", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    what = models.CharField(max_length=250)
    period = models.CharField(max_length=7)
    owner = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by_user_id = models.BigIntegerField(default=0)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due_on"], name="collection_by_day")]

    def __str__(self) -> str:
        return f"{self.what} {self.period}"


class ProgrammeReport(models.Model):
    """Texts of the report for the marshal on a year; figures and pictures come from what is published."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="reports")
    year = models.PositiveSmallIntegerField()
    introduction = models.TextField(blank=True)
    conclusions = models.TextField(blank=True)
    edit_version = models.PositiveIntegerField(default=1)
    saved_by_user_id = models.BigIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "year"], name="programme_report_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.year}"
