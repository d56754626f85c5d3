"""Eligibility lists: what a kind of receiver checks, in versions, as data. Those shipped await a lawyer."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language

from spoiwo.catalogue.models.choices import KIND_CHOICES, STAGE_CHOICES, WEIGHT_CHOICES
from spoiwo.catalogue.types import Stage


class CheckList(models.Model):
    """What one kind of receiver checks, in one version."""

    kind = models.CharField(max_length=24, choices=KIND_CHOICES)
    version = models.PositiveIntegerField(default=1)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    is_example = models.BooleanField(default=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "public", "id": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "version"], name="check_list_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} v{self.version}"


class CheckItem(models.Model):
    """A question with the answer that lets somebody through, and the rule it comes from.

    given_by: statuses of the sender's register that answer it, status -> "yes" or "no".
    """

    check_list = models.ForeignKey(CheckList, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    code = models.SlugField(max_length=40)
    question = models.CharField(max_length=250)  # Polish
    question_en = models.CharField(max_length=250)
    wanted = models.CharField(max_length=3, choices=[("yes", "yes"), ("no", "no")])
    weight = models.CharField(max_length=8, choices=WEIGHT_CHOICES)
    stage = models.CharField(max_length=8, choices=STAGE_CHOICES, default=Stage.SENDING)
    source = models.CharField(max_length=250, blank=True)
    given_by = models.JSONField(default=dict, blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "public", "id": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["check_list", "code"], name="check_item_once"),
        ]

    def __str__(self) -> str:
        return self.question_en if (get_language() or "pl").startswith("en") else self.question
