"""The person index, source records and their values, facts, and which extracts are in force.

Records of institutions are never merged or edited here. Values carry generations: an extract writes rows for
the next generation, and publishing is one number.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.access.types import Category
from spoiwo.clients import querysets
from spoiwo.clients.models.choices import DOCUMENT_CHOICES, FACT_KIND_CHOICES, STATUS_CHOICES
from spoiwo.clients.types import OPEN_GENERATION, RegisterKind
from spoiwo.kernel.ids import new_uuid
from spoiwo.toolkit.columns import KeyField

INSTITUTION = "institutions.Institution"


class Person(models.Model):
    """An index row: nothing but the fact that these records are one person."""

    id = models.UUIDField(primary_key=True, default=new_uuid, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return str(self.id)


class RegisterState(models.Model):
    """Which generation of an institution's register and facts is in force: publishing changes this one row."""

    institution = models.OneToOneField(
        INSTITUTION, primary_key=True, on_delete=models.PROTECT, related_name="register_state"
    )
    generation = models.IntegerField(default=0)
    facts_generation = models.IntegerField(default=0)
    as_of = models.DateField(null=True)
    facts_as_of = models.DateField(null=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.generation}"


class Extract(models.Model):
    """A file an institution brought in and what it changed; kept as history."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(kind, kind.value) for kind in RegisterKind])
    generation = models.IntegerField()
    as_of = models.DateField()
    file_name = models.CharField(max_length=200)
    file_sha256 = models.CharField(max_length=64)
    rows = models.IntegerField(default=0)
    new = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    vanished = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)
    published_at = models.DateTimeField(null=True)

    objects = querysets.ExtractQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["institution", "kind", "generation"], name="extract_generation_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.kind} {self.generation}"


class SourceRecord(models.Model):
    """One record of one institution's register, known by the institution's own number for good."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    local_id = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    wrapped_key = models.BinaryField(max_length=80)  # destroyed by erasure
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    objects = querysets.SourceRecordQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "local_id": "personal",
        "wrapped_key": "sensitive",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "local_id"], name="source_record_local_id_once"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class RecordVersion(models.Model):
    """Values of a record from one extract until another extract changed them."""

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="versions")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    first_generation = models.IntegerField()
    last_generation = models.IntegerField(default=OPEN_GENERATION)  # exclusive
    fingerprint = models.BinaryField(max_length=16)
    as_of = models.DateField()
    household_id = models.CharField(max_length=60, blank=True)
    pesel_sealed = models.BinaryField(max_length=60, blank=True)
    pesel_index = models.BinaryField(max_length=16, null=True)  # only of checksum-valid, non-dummy numbers
    document_kind = models.CharField(max_length=10, blank=True, choices=DOCUMENT_CHOICES)
    document_sealed = models.BinaryField(max_length=120, blank=True)
    document_index = models.BinaryField(max_length=16, null=True)
    first_name = models.CharField(max_length=80)
    second_name = models.CharField(max_length=80, blank=True)
    last_name = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120, blank=True)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    citizenship = models.CharField(max_length=2, blank=True)
    teryt = models.CharField(max_length=7, blank=True)
    place = models.CharField(max_length=80, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    street = models.CharField(max_length=120, blank=True)
    house = models.CharField(max_length=20, blank=True)
    flat = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=30, blank=True, choices=STATUS_CHOICES)
    status_from = models.DateField(null=True)
    status_to = models.DateField(null=True)
    case_ref = models.CharField(max_length=80, blank=True)
    worker = models.CharField(max_length=120, blank=True)
    source_updated_on = models.DateField(null=True)
    sort_key = KeyField(max_length=600)  # last name, first name in Polish order
    last_key = KeyField(max_length=120)  # folded, for search
    first_key = KeyField(max_length=80)
    name_date_key = KeyField(max_length=220, blank=True)  # folded last|first|birth date, empty without a date

    objects = querysets.RecordVersionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "personal",
        "record": "internal",
        "institution": "internal",
        "first_generation": "internal",
        "last_generation": "internal",
        "as_of": "internal",
        "pesel_sealed": "sensitive",
        "pesel_index": "sensitive",
        "document_sealed": "sensitive",
        "document_index": "sensitive",
    }

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(last_generation__gt=F("first_generation")), name="version_not_ended_before_start"
            ),
            models.UniqueConstraint(
                fields=["record", "first_generation"], name="version_once_per_generation"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "last_key", "first_key"], name="version_by_names"),
            models.Index(fields=["institution", "birth_date"], name="version_by_birth_date"),
            models.Index(fields=["institution", "place", "street", "house"], name="version_by_address"),
            models.Index(
                fields=["pesel_index"], name="version_by_pesel", condition=Q(pesel_index__isnull=False)
            ),
            models.Index(
                fields=["name_date_key"], name="version_by_name_date", condition=~Q(name_date_key="")
            ),
            models.Index(fields=["institution", "household_id"], name="version_by_household"),
            models.Index(
                fields=["institution", "first_generation", "id"], name="version_by_first_generation"
            ),
            models.Index(fields=["institution", "last_generation", "id"], name="version_by_last_generation"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} v{self.first_generation}"


class Fact(models.Model):
    """Something an institution knows about a person, with validity and as-of date."""

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="facts")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    first_generation = models.IntegerField()
    last_generation = models.IntegerField(default=OPEN_GENERATION)
    fingerprint = models.BinaryField(max_length=16)
    as_of = models.DateField()
    category = models.CharField(max_length=16, choices=[(category, category.value) for category in Category])
    kind = models.CharField(max_length=30, choices=FACT_KIND_CHOICES)
    tier = models.SmallIntegerField()
    value = models.CharField(max_length=200, blank=True)  # empty when sealed
    value_sealed = models.BinaryField(max_length=400, blank=True)  # sensitive facts, under the record's key
    unit = models.CharField(max_length=20, blank=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True)

    objects = querysets.FactQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "personal",
        "record": "internal",
        "institution": "internal",
        "first_generation": "internal",
        "last_generation": "internal",
        "as_of": "internal",
        "value_sealed": "sensitive",
    }

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="fact_not_ended_before_start",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "last_generation"], name="fact_by_generation")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.kind}"
