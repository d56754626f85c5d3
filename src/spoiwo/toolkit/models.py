"""The one table of the toolkit: when scheduled work last began."""

from typing import ClassVar

from django.db import models


class Turn(models.Model):
    """A scheduled job and when it last began."""

    job = models.CharField(max_length=80, primary_key=True)
    last_began_at = models.DateTimeField(null=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.job
