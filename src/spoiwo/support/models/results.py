"""What animation founded, what promotion reached, and totals of the National Training Fund (KFS)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.support import querysets
from spoiwo.support.models.choices import ANIMATION_CHOICES, PROMOTION_CHOICES
from spoiwo.support.models.owned import Owned
from spoiwo.support.models.people import Entity


class AnimationResult(Owned):
    """A partnership, a team for social enterprise, a cluster, co-operation with a local government."""

    kind = models.CharField(max_length=20, choices=ANIMATION_CHOICES)
    name = models.CharField(max_length=250)
    day = models.DateField()  # founded
    teryt = models.CharField(max_length=7, blank=True)
    founders = models.CharField(max_length=500, blank=True)

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public", "id": "internal"}

    def __str__(self) -> str:
        return self.name


class Promotion(Owned):
    """A catalogue edition, a spot, a programme, a publication. reach: people reached, None when unknown."""

    kind = models.CharField(max_length=12, choices=PROMOTION_CHOICES)
    title = models.CharField(max_length=250)
    day = models.DateField()  # published
    minutes = models.PositiveIntegerField(null=True, blank=True)
    reach = models.PositiveIntegerField(null=True, blank=True)

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public", "id": "internal"}

    def __str__(self) -> str:
        return self.title


class PromotedEntity(Owned):
    """An entity promoted."""

    promotion = models.ForeignKey(Promotion, on_delete=models.CASCADE, related_name="entities")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public", "id": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["promotion", "entity"], name="entity_promoted_once"),
        ]


class KfsTotal(Owned):
    """KFS totals of an office, a period and a priority. wording: whom the source calls the people."""

    first_day = models.DateField()
    last_day = models.DateField()
    priority = models.CharField(max_length=200)
    employers = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    amount_pln = models.DecimalField(max_digits=14, decimal_places=2)
    wording = models.CharField(max_length=120, blank=True)

    objects = querysets.TotalsQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public", "id": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "first_day", "last_day", "priority"], name="kfs_total_once"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="kfs_period_not_ended_before_start"
            ),
        ]
