"""Bodies, who sits in them, how often they should meet, how they share their tasks."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.partnership import querysets
from spoiwo.partnership.models.choices import BODY_KINDS, PURPOSES, SEATS
from spoiwo.partnership.types import Seat


class Body(models.Model):
    """A body of the partnership, or one of somebody else in which it takes part."""

    agreement = models.ForeignKey("partnership.Agreement", on_delete=models.CASCADE, related_name="bodies")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=BODY_KINDS)
    prefix = models.SlugField(max_length=10)
    mandate = models.TextField(blank=True)
    founding_act = models.CharField(max_length=250, blank=True)
    founded_on = models.DateField(null=True, blank=True)
    overlap_note = models.TextField(blank=True)
    entity_kind = models.CharField(max_length=20, blank=True)  # institutions.types.Kind of a platform
    is_external = models.BooleanField(default=False)
    quorum_percent = models.PositiveSmallIntegerField(default=50)  # more than this part must be there
    host = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = querysets.BodyQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "prefix"], name="body_prefix_once")
        ]

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """A seat in a body: an institution, the function of who sits there, and their account if they have one."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="mandates")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    function = models.CharField(max_length=160, blank=True)
    user = models.ForeignKey(
        "institutions.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    seat = models.CharField(max_length=10, choices=SEATS, default=Seat.MEMBER)
    elected_at = models.ForeignKey(
        "partnership.Meeting", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = querysets.MandateQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="mandate_not_ended_before_start",
            ),
            models.UniqueConstraint(
                fields=["body"],
                condition=Q(seat="chair", valid_to__isnull=True),
                name="one_open_chair_per_body",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["institution", "body"], name="mandate_by_institution")]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.institution_id} {self.seat}"


class CadenceRule(models.Model):
    """How many meetings a year there should be at least; with a purpose, only meetings for it count."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="cadences")
    label = models.CharField(max_length=200)
    at_least = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=24, choices=PURPOSES, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    def __str__(self) -> str:
        return f"{self.body_id}: {self.at_least}"


class TaskDivision(models.Model):
    """A decision on which body does what, and where two do the same."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="divisions")
    other = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    is_overlap = models.BooleanField(default=False)
    decided_on = models.DateField()
    meeting = models.ForeignKey(
        "partnership.Meeting", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    def __str__(self) -> str:
        return f"{self.body_id}/{self.other_id}"


class Topic(models.Model):
    """An open question of a body; it may live for years and come onto an agenda again and again."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(max_length=250)
    note = models.TextField(blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.title
