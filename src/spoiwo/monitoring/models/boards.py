"""Dashboards that people put together."""

from typing import ClassVar

from django.db import models

from spoiwo.monitoring import querysets
from spoiwo.monitoring.models.choices import TILE_VIEWS
from spoiwo.toolkit.columns import KeyField


class Board(models.Model):
    """A dashboard. shared: whether colleagues of the institution see it; place: the territory it looks at; programme:
    the one that it was made for.
    """

    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    owner_user_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    place = KeyField(max_length=7, blank=True)
    shared = models.BooleanField(default=False)
    programme = models.ForeignKey(
        "monitoring.Programme", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = querysets.BoardQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.title


class Tile(models.Model):
    """A picture on a dashboard."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="tiles")
    indicator = models.ForeignKey("monitoring.Indicator", on_delete=models.CASCADE, related_name="+")
    view = models.CharField(
        max_length=20, choices=[(view.value, label) for view, label in TILE_VIEWS.items()]
    )
    order = models.PositiveSmallIntegerField(default=0)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return f"{self.board_id} {self.view}"
