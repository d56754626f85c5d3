"""Annual reports: narrative, and the figures as they were when it was approved."""

from typing import ClassVar

from django.db import models

from spoiwo.partnership import querysets


class AnnualReport(models.Model):
    """The report of a year: narrative, and the figures as they were when it was approved."""

    agreement = models.ForeignKey("partnership.Agreement", on_delete=models.CASCADE, related_name="reports")
    year = models.PositiveSmallIntegerField()
    narrative = models.TextField(blank=True)
    effects = models.TextField(blank=True)
    state = models.CharField(max_length=10, default="draft")  # draft, approved, published
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_user_id = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)  # over all frozen figures and the narrative

    objects = querysets.OfAgreementQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "year"], name="report_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.year}"


class FrozenFigure(models.Model):
    """A figure of an approved report with the rows it counted; one entered by hand names its author and reason."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="figures")
    key = models.CharField(max_length=60)
    label = models.CharField(max_length=200, blank=True)
    value = models.IntegerField()
    rows = models.JSONField(default=list)
    lines = models.JSONField(default=list, blank=True)  # (day, words) of the rows that the report lists
    by_hand = models.BooleanField(default=False)
    user_id = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=250, blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "key"], name="report_figure_once")]

    def __str__(self) -> str:
        return f"{self.key}={self.value}"
