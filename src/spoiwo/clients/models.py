"""Source records and their values, facts, the person index, identity decisions, common clients.

Records of institutions are never merged or edited here. A person is an index row that records are linked
to; every link and split is a decision with the moves it made, so that it can be undone row for row.
Values carry generations: an extract writes rows for the next generation, and publishing is one number.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spoiwo.access.types import Category
from spoiwo.clients import querysets
from spoiwo.clients.types import OPEN_GENERATION, DecisionKind, DocumentKind, FactKind, RegisterKind, Status
from spoiwo.kernel.ids import new_uuid
from spoiwo.toolkit.columns import HasSpace, KeyField

STATUS_CHOICES = [
    (Status.UNEMPLOYED_WITH_BENEFIT, _("Unemployed with benefit")),
    (Status.UNEMPLOYED_WITHOUT_BENEFIT, _("Unemployed without benefit")),
    (Status.JOBSEEKER, _("Jobseeker")),
    (Status.INACTIVE, _("Economically inactive")),
    (Status.LONG_TERM_BENEFIT, _("On a permanent allowance")),
    (Status.TEMPORARY_BENEFIT, _("On a periodic allowance")),
    (Status.TARGETED_BENEFIT, _("On a targeted allowance")),
    (Status.FAMILY_ASSISTANT, _("With a family assistant")),
    (Status.SOCIAL_WORK, _("Social work without benefits")),
    (Status.FOSTER_CARE, _("Foster care")),
    (Status.NO_LONGER_SERVED, _("No longer served")),
    (Status.OTHER, _("Other status")),
]
FACT_KIND_CHOICES = [
    (FactKind.HOUSEHOLD_SIZE, _("Household size")),
    (FactKind.CHILDREN, _("Children in the household")),
    (FactKind.HOUSING, _("Housing")),
    (FactKind.HOMELESSNESS, _("Homelessness")),
    (FactKind.RENT_ARREARS, _("Rent arrears")),
    (FactKind.INCOME_PER_PERSON, _("Income per person")),
    (FactKind.CARE_DUTIES, _("Care duties")),
    (FactKind.EDUCATION, _("Education")),
    (FactKind.OCCUPATION, _("Occupation")),
    (FactKind.LAST_JOB, _("Last job")),
    (FactKind.EMPLOYMENT, _("Employment")),
    (FactKind.QUALIFICATION, _("Qualification")),
    (FactKind.TRAINING, _("Training")),
    (FactKind.INTERNSHIP, _("Internship")),
    (FactKind.COUNSELLING, _("Career counselling")),
    (FactKind.JOB_OFFER, _("Job offer")),
    (FactKind.SOCIAL_CONTRACT, _("Social contract")),
    (FactKind.INDIVIDUAL_ACTION_PLAN, _("Individual action plan")),
    (FactKind.SOCIAL_EMPLOYMENT, _("Social employment")),
    (FactKind.PUBLIC_WORKS, _("Public works")),
    (FactKind.UNEMPLOYMENT_BENEFIT, _("Unemployment benefit")),
    (FactKind.PERMANENT_ALLOWANCE, _("Permanent allowance")),
    (FactKind.PERIODIC_ALLOWANCE, _("Periodic allowance")),
    (FactKind.TARGETED_ALLOWANCE, _("Targeted allowance")),
    (FactKind.HOUSING_ALLOWANCE, _("Housing allowance")),
    (FactKind.MEALS, _("Meals")),
    (FactKind.FAMILY_ASSISTANT, _("Family assistant")),
    (FactKind.SOCIAL_WORK, _("Social work")),
    (FactKind.DISABILITY, _("Disability certificate")),
    (FactKind.ADDICTION, _("Addiction")),
    (FactKind.HEALTH, _("Health")),
    (FactKind.VIOLENCE, _("Violence at home")),
    (FactKind.OTHER, _("Other fact")),
]
DOCUMENT_CHOICES = [
    (DocumentKind.ID, _("Identity card")),
    (DocumentKind.PASSPORT, _("Passport")),
    (DocumentKind.RESIDENCE, _("Residence card")),
    (DocumentKind.OTHER, _("Other document")),
]
INSTITUTION = "institutions.Institution"
SEVERAL_WORDS = Q(HasSpace("last_key")) | Q(
    HasSpace("first_key")
)  # names of which a later word may be searched


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
            models.Index(fields=["institution", "last_key"], name="version_by_last_name"),
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


class IdentityDecision(models.Model):
    """A decision that records are, or are not, one person: of a pair, or (split) of one record and those it leaves."""

    id = models.UUIDField(primary_key=True, default=new_uuid, editable=False)
    kind = models.CharField(max_length=5, choices=[(kind, kind.value) for kind in DecisionKind])
    left_record = models.ForeignKey(SourceRecord, null=True, on_delete=models.PROTECT, related_name="+")
    right_record = models.ForeignKey(SourceRecord, null=True, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)  # matching rule, or "person" when people decided
    strategy = models.CharField(max_length=40, blank=True)
    agreement = models.CharField(max_length=60, blank=True)
    decided_by_user_id = models.BigIntegerField(default=0)  # 0: unattended, by a rule the agreement allows
    institution_acting_id = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by_user_id = models.BigIntegerField(default=0)

    objects = querysets.IdentityDecisionQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class IdentityMove(models.Model):
    """One record that a decision moved from one index row to another."""

    decision = models.ForeignKey(IdentityDecision, on_delete=models.PROTECT, related_name="moves")
    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="moves")
    from_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    to_person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision", "record"], name="record_moves_once_per_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.record_id}"


class NeverSame(models.Model):
    """Two records that a standing decision keeps apart; no later link may bring them together."""

    left_record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    right_record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(IdentityDecision, on_delete=models.PROTECT, related_name="apart")

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["left_record", "right_record"], name="never_same_once_per_pair"),
            models.CheckConstraint(
                condition=Q(left_record_id__lt=F("right_record_id")), name="never_same_pair_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left_record_id} is not {self.right_record_id}"


class CommonClient(models.Model):
    """Derived: a person in the own register whom another institution serves too. Can be rebuilt at any time."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(INSTITUTION, on_delete=models.CASCADE, related_name="+")
    record = models.ForeignKey(SourceRecord, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    since_generation = models.IntegerField()  # of the own register when the person became common
    rule = models.CharField(max_length=40)
    sort_key = KeyField(max_length=600)
    last_key = KeyField(max_length=120)
    first_key = KeyField(max_length=80)
    teryt = models.CharField(max_length=7, blank=True)
    status = models.CharField(max_length=30, blank=True, choices=STATUS_CHOICES)
    worker = models.CharField(max_length=120, blank=True)

    objects = querysets.CommonClientQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "sort_key": "personal",
        "last_key": "personal",
        "first_key": "personal",
        "teryt": "personal",
        "status": "personal",
        "worker": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["institution", "record", "other"], name="common_client_once"),
        ]
        indexes: ClassVar = [
            # Those of an order hold all that is needed to find who stands on a page of it.
            models.Index(
                fields=["institution", "sort_key", "record", "other"], name="common_in_order_of_name"
            ),
            models.Index(
                fields=["institution", "status", "sort_key", "record", "other"],
                name="common_in_order_of_status",
            ),
            models.Index(
                fields=["institution", "since", "sort_key", "record", "other"], name="common_oldest_first"
            ),
            models.Index(
                fields=["institution", "-since", "sort_key", "record", "other"], name="common_newest_first"
            ),
            models.Index(fields=["institution", "last_key"], name="common_by_last_name"),
            models.Index(fields=["institution", "first_key"], name="common_by_first_name"),
            models.Index(
                fields=["institution", "last_key", "first_key"],
                name="common_of_several_words",
                condition=SEVERAL_WORDS,
            ),
            models.Index(fields=["institution", "other", "person"], name="common_by_other"),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.record_id} {self.other_id}"
