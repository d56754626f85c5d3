"""What others say should be corrected, and what was looked for in vain. Nothing here names a person."""

from typing import ClassVar

from django.db import models

from spoiwo.catalogue import querysets
from spoiwo.catalogue.models.choices import CORRECTION_CHOICES, GROUP_CHOICES, KIND_CHOICES
from spoiwo.catalogue.models.places import INSTITUTION, USER, Place
from spoiwo.catalogue.types import CorrectionState
from spoiwo.kernel.ids import new_uuid


class Correction(models.Model):
    """Somebody suggests that a field of an entry should say something else."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=20)
    was = models.CharField(max_length=1000, blank=True)
    proposal = models.CharField(max_length=1000, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=CORRECTION_CHOICES, default=CorrectionState.PROPOSED)
    reply = models.CharField(max_length=300, blank=True)
    suggested_by = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    suggested_user = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    suggested_at = models.DateTimeField()
    decided_user = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = querysets.CorrectionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return f"{self.place_id}.{self.field}"


class SuggestedPlace(models.Model):
    """Somebody says that a place is missing. place: the entry that was made of it.

    institution: whose it is, None when it is not in the directory; then provider tells it in words.
    """

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, null=True, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=24, choices=KIND_CHOICES)
    name = models.CharField(max_length=200)
    teryt = models.CharField(max_length=7)  # the commune or county it lies in
    about = models.CharField(max_length=1000, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=CORRECTION_CHOICES, default=CorrectionState.PROPOSED)
    reply = models.CharField(max_length=300, blank=True)
    place = models.ForeignKey(Place, null=True, on_delete=models.SET_NULL, related_name="+")
    suggested_by = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    suggested_user = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    suggested_at = models.DateTimeField()
    decided_user = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = querysets.SuggestedPlaceQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.name


class UnmetNeed(models.Model):
    """Somebody looked for a place and found none: what, for whom, where; never who."""

    kind = models.CharField(max_length=24, choices=KIND_CHOICES)
    group = models.CharField(max_length=24, choices=GROUP_CHOICES, blank=True)
    teryt = models.CharField(max_length=7)  # a county or a commune
    county = models.CharField(max_length=4)
    noted_on = models.DateField()
    noted_by = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    noted_user = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    topic = models.BigIntegerField(null=True)  # of the programme council, once offered there

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["county", "kind"], name="need_by_county")]

    def __str__(self) -> str:
        return f"{self.county} {self.kind}"
