"""Districts, their ranges of addresses and workers, who serves which client, hand-overs, substitutes, files."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spoiwo.districts import querysets
from spoiwo.districts.types import HandOverReason, HandOverState, Parity
from spoiwo.kernel.ids import new_uuid

INSTITUTION = "institutions.Institution"
USER = "institutions.User"
RECORD = "clients.SourceRecord"
PARITY_CHOICES = [
    (Parity.ALL, _("All numbers")),
    (Parity.ODD, _("Odd numbers")),
    (Parity.EVEN, _("Even numbers")),
]
REASON_CHOICES = [
    (HandOverReason.MOVED, _("The client moved")),
    (HandOverReason.BORDERS, _("The borders of districts changed")),
    (HandOverReason.WORKER, _("The district has another worker")),
]
STATE_CHOICES = [
    (HandOverState.OPEN, _("To be handed over")),
    (HandOverState.HANDED, _("Handed over, to be taken over")),
    (HandOverState.TAKEN, _("Taken over")),
    (HandOverState.CANCELLED, _("No longer needed")),
]
INTERNAL = {"*": "internal"}


class District(models.Model):
    """A part of the area, drawn by one institution; another may work by it too once it has agreed."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(
        INSTITUTION, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    partner_accepted_on = models.DateField(null=True, blank=True)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by_user_id = models.BigIntegerField(default=0)

    objects = querysets.DistrictQuerySet.as_manager()
    field_classes = INTERNAL

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "code"], name="district_code_once"),
            models.CheckConstraint(
                condition=Q(partner__isnull=True) | ~Q(partner=F("institution")), name="district_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AddressRange(models.Model):
    """Addresses of a district from one day to another; ended, not deleted, so that the past can be asked."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="ranges")
    teryt = models.CharField(max_length=7)
    place = models.CharField(max_length=80, blank=True)
    street = models.CharField(max_length=120, blank=True)
    place_key = models.CharField(max_length=80, blank=True)
    street_key = models.CharField(max_length=120, blank=True)
    parity = models.CharField(max_length=4, choices=PARITY_CHOICES, default=Parity.ALL)
    first_house = models.CharField(max_length=8, blank=True)
    last_house = models.CharField(max_length=8, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = querysets.DatedQuerySet.as_manager()
    field_classes = INTERNAL

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="range_not_ended_before_start",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["teryt", "street_key"], name="range_by_street")]

    def __str__(self) -> str:
        return f"{self.teryt} {self.place} {self.street}"


class Duty(models.Model):
    """Who serves a district for an institution, from one day to another."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="duties")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    worker_name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = querysets.DatedQuerySet.as_manager()
    field_classes = INTERNAL

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="duty_not_ended_before_start",
            ),
            models.UniqueConstraint(
                fields=["district", "institution"],
                condition=Q(valid_to__isnull=True),
                name="one_duty_without_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.district_id}: {self.worker_name}"


class Assignment(models.Model):
    """Derived from address and districts: who serves an own client since when. The past stays."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(RECORD, on_delete=models.CASCADE, related_name="+")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    range = models.ForeignKey(AddressRange, null=True, on_delete=models.SET_NULL, related_name="+")
    user = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    worker_name = models.CharField(max_length=120, blank=True)  # empty while the district has nobody
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # the first day it holds no more

    objects = querysets.OfClientQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "district": "personal", "range": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record"], condition=Q(ends_on__isnull=True), name="one_assignment_at_a_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["institution", "user"],
                name="assignment_by_worker",
                condition=Q(ends_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} in {self.district_id}"


class HandOver(models.Model):
    """A client who went from one worker to another, until the other has taken over."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(RECORD, on_delete=models.CASCADE, related_name="+")
    from_district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    from_user = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    from_worker = models.CharField(max_length=120, blank=True)
    to_district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    to_user = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    to_worker = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=8, choices=REASON_CHOICES)
    state = models.CharField(max_length=9, choices=STATE_CHOICES, default=HandOverState.OPEN)
    noticed_on = models.DateField()
    note = models.CharField(max_length=1000, blank=True)
    handed_on = models.DateField(null=True)
    handed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    taken_on = models.DateField(null=True)
    taken_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    objects = querysets.OfClientQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "from_district": "personal",
        "to_district": "personal",
        "note": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record"],
                condition=Q(state__in=[HandOverState.OPEN, HandOverState.HANDED]),
                name="one_open_hand_over",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["institution", "state"], name="hand_over_by_state")]

    def __str__(self) -> str:
        return str(self.uuid)


class Substitution(models.Model):
    """Somebody who stands in for an absent worker, from one day to another, both included."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    absent = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    substitute = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = querysets.SubstitutionQuerySet.as_manager()
    field_classes = INTERNAL

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="substitution_not_ended_before_start"
            ),
            models.CheckConstraint(
                condition=~Q(absent=F("substitute")), name="nobody_stands_in_for_themself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute_id} for {self.absent_id}"


class RangeImport(models.Model):
    """A file of districts that was taken in."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    districts = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)

    objects = querysets.OwnQuerySet.as_manager()
    field_classes = INTERNAL

    def __str__(self) -> str:
        return self.file_name


class RefusedRange(models.Model):
    """A row that a file's import did not take, to be corrected and sent again."""

    source = models.ForeignKey(RangeImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    faults = models.JSONField()  # list of [field, fault]

    field_classes = INTERNAL

    def __str__(self) -> str:
        return f"{self.source_id} row {self.number}"
