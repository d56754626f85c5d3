"""Private-social partnerships: groups of social and commercial enterprises."""

from typing import ClassVar

from django.db import models

from spoiwo.support import querysets
from spoiwo.support.models.choices import (
    INVOLVEMENT_CHOICES,
    MEMBER_CHOICES,
    PARTNERSHIP_CHOICES,
    RESULT_CHOICES,
)
from spoiwo.support.models.owned import Owned
from spoiwo.support.models.people import Entity
from spoiwo.support.types import PartnershipState


class Partnership(Owned):
    """A group from forming to closing. area: what it is about, in the words of its members."""

    name = models.CharField(max_length=250)
    area = models.CharField(max_length=250)
    needs = models.CharField(max_length=500, blank=True)  # what its social enterprises are looking for
    teryt = models.CharField(max_length=7, blank=True)
    state = models.CharField(max_length=8, choices=PARTNERSHIP_CHOICES, default=PartnershipState.FORMING)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.name


class PartnershipMember(Owned):
    """An entity in a group; companies say on which level they are involved."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="members")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=MEMBER_CHOICES)
    level = models.CharField(max_length=1, choices=INVOLVEMENT_CHOICES, blank=True)
    offers = models.CharField(max_length=500, blank=True)
    joined_on = models.DateField()

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "entity"], name="partnership_member_once"),
        ]


class PartnershipMatch(Owned):
    """A proposal that an entity joins, with the table of criteria that explains it, kept as it was."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="matches")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    criteria = models.JSONField()
    answer = models.CharField(max_length=8, blank=True)  # "taken", "declined"

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "entity"], name="partnership_match_once"),
        ]


class PartnershipMeeting(Owned):
    """A meeting of a group."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="meetings")
    day = models.DateField()
    minutes = models.PositiveIntegerField()
    topic = models.CharField(max_length=300)

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}


class PartnershipGoal(Owned):
    """What a group wants to reach, by when."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="goals")
    text = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}


class PartnershipResult(Owned):
    """An offer made, a sales channel opened, a contract signed."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="results")
    kind = models.CharField(max_length=15, choices=RESULT_CHOICES)
    text = models.CharField(max_length=300)
    day = models.DateField()
    value_pln = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    objects = querysets.FigureQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}
