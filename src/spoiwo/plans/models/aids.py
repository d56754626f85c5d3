"""What plans are made from and by: templates, intervals of reviews, lists of chosen clients."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from spoiwo.kernel.ids import new_uuid
from spoiwo.plans import querysets
from spoiwo.plans.models.plans import INSTITUTION, RECORD, USER


class PlanTemplate(models.Model):
    """A plan to begin with. Without an institution it is shipped with the product and open to all.

    content: problem, goals with actions; days are counted from the plan's first day ("after", "due").
    """

    institution = models.ForeignKey(INSTITUTION, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160, blank=True)
    content = models.JSONField()

    objects = querysets.TemplateQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(institution__isnull=True), name="shipped_template_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and (get_language() or "pl").startswith("en") else self.name


class ReviewInterval(models.Model):
    """How often a plan is reviewed that holds a paper of this kind (empty: any plan), in which time."""

    paper = models.CharField(max_length=15, blank=True)
    act = models.CharField(max_length=250, blank=True)
    days = models.PositiveIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    objects = querysets.IntervalQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(days__gt=0), name="review_interval_is_time"),
            models.UniqueConstraint(fields=["paper", "valid_from"], name="review_interval_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.days}"


class Selection(models.Model):
    """A list of common clients chosen for joint work, with the criteria."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    criteria = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    objects = querysets.SelectionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.name


class SelectedClient(models.Model):
    """Somebody on a list, and why."""

    selection = models.ForeignKey(Selection, on_delete=models.CASCADE, related_name="clients")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(RECORD, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField()

    objects = querysets.SelectedQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "record": "personal", "reasons": "sensitive"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["selection", "record"], name="selected_once"),
        ]

    def __str__(self) -> str:
        return f"{self.selection_id}: {self.record_id}"
