"""Projects, deliveries of support, and who was there for how long."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.support import querysets
from spoiwo.support.models.choices import DELIVERY_CHOICES, MODE_CHOICES
from spoiwo.support.models.owned import USER, Owned, WithRecipient, one_recipient
from spoiwo.support.models.people import Participant
from spoiwo.support.types import Mode


class Project(Owned):
    """A funded project of the centre; support is given within its days."""

    name = models.CharField(max_length=250)
    number = models.CharField(max_length=80, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public", "id": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="project_ends_not_before_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Delivery(WithRecipient):
    """One piece of support: given once, for so many minutes, however many people were there."""

    project = models.ForeignKey(Project, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=15, choices=DELIVERY_CHOICES)
    day = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField()
    mode = models.CharField(max_length=10, choices=MODE_CHOICES, default=Mode.OFFICE)
    topic = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=120, blank=True)
    teryt = models.CharField(max_length=7, blank=True)
    county = models.CharField(max_length=4, blank=True)  # of teryt
    adviser = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    anonymous_headcount = models.PositiveIntegerField(default=0)
    de_minimis_pln = models.PositiveIntegerField(default=0)
    duplicate_reason = models.CharField(max_length=300, blank=True)
    case = models.ForeignKey(
        "support.SupportCase", null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries"
    )
    partnership = models.ForeignKey(
        "support.Partnership", null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries"
    )
    path = models.ForeignKey(
        "support.Path", null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries"
    )
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    entered_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = querysets.DeliveryQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "topic": "personal",
        "participant": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            one_recipient("delivery_to_exactly_one_recipient"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="delivery_lasts"),
        ]
        indexes: ClassVar = [
            models.Index(  # lists in their order, and everything that a report adds up
                fields=[
                    *(
                        "institution",
                        "day",
                        "id",
                        "kind",
                        "minutes",
                        "participant",
                        "entity",
                        "group",
                        "county",
                    ),
                    "anonymous_headcount",
                ],
                name="delivery_counted",
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.Index(fields=["adviser", "day"], name="delivery_by_adviser"),
        ]


class DeliveryParticipant(Owned):
    """Somebody who was there. day, kind, county: of the delivery, so that one index answers a report."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="people")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=15, choices=DELIVERY_CHOICES)
    county = models.CharField(max_length=4, blank=True)
    minutes = models.PositiveIntegerField()

    objects = querysets.PeopleQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "participant": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["delivery", "participant"], name="delivery_participant_once"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="delivery_participant_was_there"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["institution", "day", "participant", "kind", "minutes", "county"],
                name="delivery_participant_by_day",
            ),
            models.Index(fields=["participant", "day"], name="delivery_participant_by_whom"),
        ]
