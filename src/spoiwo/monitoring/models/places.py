"""Boundaries of places, brought by the operator."""

from typing import Any, ClassVar

from django.db import models

from spoiwo.toolkit.columns import KeyField


class Boundary(models.Model):
    """The shape of a place. rings: lists of [longitude, latitude], made simpler than the source."""

    code = KeyField(max_length=7, unique=True)
    rings: models.JSONField[Any, Any] = models.JSONField()

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    def __str__(self) -> str:
        return self.code
