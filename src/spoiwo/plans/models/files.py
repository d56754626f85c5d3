"""Files of plans that were kept elsewhere, and lines that were not taken."""

from typing import ClassVar

from django.db import models

from spoiwo.kernel.ids import new_uuid
from spoiwo.plans import querysets
from spoiwo.plans.models.plans import INSTITUTION, USER


class PlanFile(models.Model):
    """A file that was read: how many plans it had and how many were taken."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    plans = models.PositiveIntegerField()
    taken = models.PositiveIntegerField()
    known = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    objects = querysets.SelectionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.name


class RefusedPlanLine(models.Model):
    """A line of a plan that was not taken, with codes of every reason; kept until it is corrected and read again."""

    file = models.ForeignKey(PlanFile, on_delete=models.CASCADE, related_name="refused_lines")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    problems = models.JSONField()

    objects = querysets.SelectionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "cells": "personal"}

    def __str__(self) -> str:
        return f"{self.file_id}: {self.number}"
