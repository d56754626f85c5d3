"""Verifications and enquiries. Who is meant, and why, is sealed under a key of each enquiry."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.enquiries import querysets
from spoiwo.enquiries.models.choices import REFUSAL_CHOICES, STATE_CHOICES
from spoiwo.enquiries.types import EnquiryState
from spoiwo.kernel.ids import new_uuid

INSTITUTION = "institutions.Institution"
RECORD = "clients.SourceRecord"


class Verification(models.Model):
    """Somebody asked for a yes or no; says neither about whom nor what the answer was."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    user_id = models.BigIntegerField()
    at = models.DateTimeField()
    questions = models.JSONField()  # codes of Question
    purpose = models.SlugField(max_length=40)
    legal_basis = models.CharField(max_length=70)
    agreement = models.CharField(max_length=60)
    case_ref = models.CharField(max_length=80, blank=True)

    objects = querysets.OwnQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["institution", "at"], name="verification_by_time")]

    def __str__(self) -> str:
        return f"{self.institution_id} > {self.asked_id}"


class AnswerTerm(models.Model):
    """How many days an institution has to answer on a legal basis; the empty code stands for all others."""

    basis_code = models.SlugField(max_length=60, blank=True, unique=True)
    days = models.PositiveIntegerField()
    source = models.CharField(max_length=250)
    is_example = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True)
    edited_by_user_id = models.BigIntegerField(default=0)

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    def __str__(self) -> str:
        return f"{self.basis_code}: {self.days}"


class Number(models.Model):
    """The last number an institution gave in a series of a year."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=8)
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "series", "year"], name="number_series_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series}/{self.last}/{self.year}"


class Enquiry(models.Model):
    """One institution asks another for data about a person (wniosek o udzielenie informacji).

    found: the record of the asked institution that the answer came from. seen_at: when the asking institution first
    opened what became of it. batch: of enquiries sent from one list.
    """

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=STATE_CHOICES, default=EnquiryState.DRAFT)
    wrapped_key = models.BinaryField(max_length=80)
    sought_sealed = models.BinaryField(max_length=2000)
    grounds_sealed = models.BinaryField(max_length=9000)
    record = models.ForeignKey(RECORD, null=True, on_delete=models.PROTECT, related_name="+")
    found = models.ForeignKey(RECORD, null=True, on_delete=models.PROTECT, related_name="+")
    categories = models.JSONField()  # codes of Category, never the sensitive one
    items = models.JSONField(default=list)  # codes of FactKind: sensitive facts, one by one
    items_basis = models.ForeignKey(
        "access.LegalBasis", null=True, on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.ForeignKey("access.Purpose", on_delete=models.PROTECT, related_name="+")
    legal_basis = models.ForeignKey("access.LegalBasis", on_delete=models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=80, blank=True)
    jrwa = models.CharField(max_length=20, blank=True)
    asked_case_ref = models.CharField(max_length=80, blank=True)
    asked_jrwa = models.CharField(max_length=20, blank=True)
    batch = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by_user_id = models.BigIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by_user_id = models.BigIntegerField(default=0)
    refusal = models.CharField(max_length=8, blank=True, choices=REFUSAL_CHOICES)
    note_sealed = models.BinaryField(max_length=9000, blank=True)
    seen_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True)
    edited_by_user_id = models.BigIntegerField(default=0)

    objects = querysets.EnquiryQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "wrapped_key": "sensitive",
        "sought_sealed": "sensitive",
        "grounds_sealed": "sensitive",
        "note_sealed": "sensitive",
        "items": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "number"], name="enquiry_number_once"),
            models.CheckConstraint(
                condition=~Q(institution=F("asked")), name="enquiry_not_to_the_own_institution"
            ),
            models.CheckConstraint(
                condition=Q(state=EnquiryState.DRAFT) | Q(due_on__isnull=False), name="enquiry_sent_is_due"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["asked", "state", "due_on"], name="enquiry_by_asked"),
            models.Index(fields=["institution", "state", "due_on"], name="enquiry_by_asking"),
        ]

    def __str__(self) -> str:
        return self.number


class Nudge(models.Model):
    """Somebody was told on a day by e-mail that something waits; nobody is told twice."""

    user_id = models.BigIntegerField()
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user_id", "institution", "day"], name="nudge_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"
