"""Findings about looks, the register of incidents, reviews of who still may what."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spoiwo.oversight.querysets import OverseenQuerySet
from spoiwo.oversight.types import Oddity, Risk, Source, State

INSTITUTION = "institutions.Institution"
ODDITY_CHOICES = [
    (Oddity.SELF, _("The client has the worker's own name")),
    (Oddity.SURNAME, _("The client has the worker's surname")),
    (Oddity.COLLEAGUE, _("The client has the name of a colleague")),
    (Oddity.VOLUME, _("Far more people than usual")),
    (Oddity.NIGHT, _("At night")),
    (Oddity.NO_RELATION, _("Nobody we served in the last 30 days")),
]
RISK_CHOICES = [
    (Risk.UNKNOWN, _("Not assessed yet")),
    (Risk.UNLIKELY, _("A risk to people is unlikely")),
    (Risk.RISK, _("A risk to people: the authority is told")),
    (Risk.HIGH, _("A high risk: the authority and the people are told")),
]
SOURCE_CHOICES = [
    (Source.EMERGENCY, _("Emergency access that was not justified")),
    (Source.FINDING, _("An unusual look")),
    (Source.OTHER, _("Noticed in another way")),
]


class WatchedUpTo(models.Model):
    """How far into its chain an institution's looks were examined."""

    institution = models.OneToOneField(
        INSTITUTION, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    seq = models.BigIntegerField(default=0)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.seq}"


class Finding(models.Model):
    """Something unusual about the looks of one worker, at one person or (volume, night) on one day.

    actor, person: pseudonyms of the log. first_seq: the first record it rests on; count: how many there are.
    """

    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    oddity = models.CharField(max_length=12, choices=ODDITY_CHOICES)
    actor = models.UUIDField()
    person = models.UUIDField(null=True)
    day = models.DateField()
    at = models.DateTimeField()
    first_seq = models.BigIntegerField()
    count = models.IntegerField(default=1)
    usual = models.IntegerField(default=0)  # volume: people on an ordinary day
    state = models.CharField(max_length=10, default=State.OPEN, choices=[(one, one.value) for one in State])
    decided_at = models.DateTimeField(null=True)
    decided_by_user_id = models.BigIntegerField(default=0)
    reason = models.TextField(max_length=1000, blank=True)

    objects = OverseenQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "actor": "personal",
        "person": "personal",
        "reason": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "oddity", "actor", "person", "day"],
                condition=Q(person__isnull=False),
                name="finding_once_a_day_per_person",
            ),
            models.UniqueConstraint(
                fields=["institution", "oddity", "actor", "day"],
                condition=Q(person__isnull=True),
                name="finding_once_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "state", "-at"], name="finding_newest_first")
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.oddity} {self.day}"


class Incident(models.Model):
    """A breach of data protection, or what may be one, from its discovery to its end."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    number = models.IntegerField()  # within institution and year of discovery
    source = models.CharField(max_length=10, choices=SOURCE_CHOICES)
    source_ref = models.CharField(max_length=60, blank=True)  # "emergency:<uuid>", "finding:<id>"
    discovered_at = models.DateTimeField()
    description = models.TextField(max_length=4000)
    risk = models.CharField(max_length=10, default=Risk.UNKNOWN, choices=RISK_CHOICES)
    people_affected = models.IntegerField(null=True)
    measures = models.TextField(max_length=4000, blank=True)
    authority_told_on = models.DateField(null=True)
    people_told_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField()
    edited_by_user_id = models.BigIntegerField(default=0)

    objects = OverseenQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "description": "personal",
        "measures": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "source", "source_ref"],
                condition=~Q(source_ref=""),
                name="incident_once_per_source",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "-discovered_at"], name="incident_newest_first")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How people quote it."""
        return f"{self.number}/{self.discovered_at.year}"


class AccessReview(models.Model):
    """Once a quarter somebody confirms who still may what; the certificate says it as it stood."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    quarter = models.CharField(max_length=6)  # "2026-4"
    confirmed_at = models.DateTimeField()
    confirmed_by_user_id = models.BigIntegerField()
    rows = models.JSONField()  # name, role, number, first and last day, last use, whether it should stay
    digest = models.BinaryField(max_length=32)

    objects = OverseenQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "rows": "personal"}

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["institution", "-confirmed_at"], name="review_newest_first")
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.quarter}"
