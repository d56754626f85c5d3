"""Files of referrals of former years, and rows that were not taken."""

from typing import ClassVar

from django.db import models

from spoiwo.kernel.ids import new_uuid
from spoiwo.referrals import querysets
from spoiwo.referrals.models.referrals import INSTITUTION, USER


class ReferralFile(models.Model):
    """A file that was read: how many rows it had and how many were taken."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    taken = models.PositiveIntegerField()
    known = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField()
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = querysets.FileQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.name


class RefusedReferral(models.Model):
    """A row that was not taken, with codes of every reason; kept until it is corrected and read again."""

    file = models.ForeignKey(ReferralFile, on_delete=models.CASCADE, related_name="refused_rows")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    problems = models.JSONField()

    objects = querysets.FileQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "cells": "personal"}

    def __str__(self) -> str:
        return f"{self.file_id}: {self.number}"
