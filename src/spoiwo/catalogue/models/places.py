"""Entries of the catalogue: a service at a place, for whom, where, how many places."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.catalogue import querysets
from spoiwo.catalogue.models.choices import FUNDING_CHOICES, GROUP_CHOICES, KIND_CHOICES
from spoiwo.catalogue.types import Funding
from spoiwo.kernel.ids import new_uuid
from spoiwo.toolkit.columns import KeyField

INSTITUTION = "institutions.Institution"
USER = "institutions.User"


class Place(models.Model):
    """A service that an institution gives; public.

    keeper: who answers for the entry, mostly the institution itself. taken_by_referrals is written by referrals
    alone, taken_elsewhere by the keeper; together they never exceed the places there are.
    """

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="places")
    keeper = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24, choices=KIND_CHOICES)
    name = models.CharField(max_length=200)
    about = models.CharField(max_length=1000, blank=True)
    conditions = models.CharField(max_length=1000, blank=True)
    funding = models.CharField(max_length=8, choices=FUNDING_CHOICES, default=Funding.PUBLIC)
    funding_note = models.CharField(max_length=200, blank=True)
    teryt = models.CharField(max_length=7, blank=True, db_index=True)  # the commune it lies in
    street = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    places_total = models.PositiveIntegerField(null=True, blank=True)  # None: no limit
    taken_elsewhere = models.PositiveIntegerField(default=0)
    taken_by_referrals = models.PositiveIntegerField(default=0)
    respond_days = models.PositiveIntegerField(default=14)
    confirmed_on = models.DateField()
    confirmed_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    sort_key = KeyField(max_length=400)
    search_key = KeyField(max_length=1500)

    objects = querysets.PlaceQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "public",
        "id": "internal",
        "confirmed_by": "internal",
        "changed_by": "internal",
    }

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(places_total__isnull=True)
                | Q(places_total__gte=F("taken_elsewhere") + F("taken_by_referrals")),
                name="place_never_taken_twice",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "sort_key"], name="place_by_kind"),
            models.Index(fields=["sort_key"], name="place_by_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceGroup(models.Model):
    """A group of people that a place is for."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="groups")
    group = models.CharField(max_length=24, choices=GROUP_CHOICES)

    field_classes: ClassVar[dict[str, str]] = {"*": "public", "id": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "group"], name="place_group_once"),
        ]

    def __str__(self) -> str:
        return self.group


class PlaceArea(models.Model):
    """A unit of territory that a place serves: 2, 4 or 7 digits of TERYT."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="areas")
    teryt = models.CharField(max_length=7)

    field_classes: ClassVar[dict[str, str]] = {"*": "public", "id": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "teryt"], name="place_area_once"),
        ]

    def __str__(self) -> str:
        return self.teryt
