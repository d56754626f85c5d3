"""Legal bases, purposes, sharing agreements (versioned data) and relations."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spoiwo.access import querysets
from spoiwo.access.types import Category, RelationKind, Verdict
from spoiwo.kernel.ids import new_uuid

CATEGORY_CHOICES = [
    (Category.IDENTITY, _("Identity")),
    (Category.CONTACT, _("Contact")),
    (Category.STATUS, _("Status at the institution")),
    (Category.LIFE_SITUATION, _("Life situation")),
    (Category.WORK_HISTORY, _("Work history")),
    (Category.SUPPORT_GIVEN, _("Support given")),
    (Category.BENEFITS, _("Benefits")),
    (Category.MEASURES, _("Measures and plans")),
    (Category.SENSITIVE, _("Sensitive data")),
]
RELATION_CHOICES = [
    (RelationKind.INVOLVEMENT, _("In the institution's own register")),
    (RelationKind.PLAN_TEAM, _("Member of the plan team")),
    (RelationKind.REFERRAL, _("Party to a referral")),
]
VERDICT_CHOICES = [
    (Verdict.JUSTIFIED, _("Justified")),
    (Verdict.UNJUSTIFIED, _("Not justified")),
]
_NOT_ENDED_BEFORE_START = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))


class LegalBasis(models.Model):
    """An article of an act, in one version; those shipped are examples awaiting a lawyer."""

    code = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    act = models.CharField(max_length=250)
    article = models.CharField(max_length=80)
    summary = models.TextField(blank=True)
    is_example = models.BooleanField(default=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = querysets.LegalBasisQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "version"], name="legal_basis_version_once"),
            models.CheckConstraint(
                condition=_NOT_ENDED_BEFORE_START, name="legal_basis_not_ended_before_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.act}"

    @property
    def versioned_code(self) -> str:
        """Code and version, as audit records name it."""
        return f"{self.code}:{self.version}"


class Purpose(models.Model):
    """What data of another institution are looked at for."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=160)  # Polish
    name_en = models.CharField(max_length=160)

    field_classes: ClassVar[dict[str, str]] = {"*": "public"}

    def __str__(self) -> str:
        return self.name_en if (get_language() or "pl").startswith("en") else self.name


class SharingAgreement(models.Model):
    """An agreement between institutions on sharing data, in one version."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ACTIVE = "active", _("In force")
        ENDED = "ended", _("Ended")

    number = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=250)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    signed_on = models.DateField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    stale_after_days = models.PositiveIntegerField(default=30)
    link_rules = models.JSONField(default=list, blank=True)  # access.types.LinkRule codes allowed unattended
    one_side_links = models.BooleanField(default=False)  # "same person" from one side makes a link
    document_name = models.CharField(max_length=200, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    is_demonstration = models.BooleanField(default=False)
    edit_version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by_user_id = models.BigIntegerField(default=0)

    objects = querysets.SharingAgreementQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number", "version"], name="agreement_version_once"),
            models.CheckConstraint(
                condition=_NOT_ENDED_BEFORE_START, name="agreement_not_ended_before_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} v{self.version}"


class AgreementParty(models.Model):
    """An institution that is party to an agreement, and when it signed this version."""

    agreement = models.ForeignKey(SharingAgreement, on_delete=models.CASCADE, related_name="parties")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by_user_id = models.BigIntegerField(default=0)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "institution"], name="agreement_party_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.institution_id}"


class AgreementClause(models.Model):
    """Who gives which category to whom; an empty giver or receiver means every party."""

    agreement = models.ForeignKey(SharingAgreement, on_delete=models.CASCADE, related_name="clauses")
    giver = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    receiver = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    category = models.CharField(max_length=16, choices=CATEGORY_CHOICES)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                F("agreement"),
                Coalesce("giver", 0),
                Coalesce("receiver", 0),
                F("category"),
                name="agreement_clause_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.giver_id} > {self.receiver_id} {self.category}"


class AgreementPurpose(models.Model):
    """A purpose an agreement allows, with its legal basis."""

    agreement = models.ForeignKey(SharingAgreement, on_delete=models.CASCADE, related_name="purposes")
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+")
    legal_basis = models.ForeignKey(LegalBasis, on_delete=models.PROTECT, related_name="+")
    preselected_for = models.JSONField(default=list, blank=True)  # RelationKind codes

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "purpose"], name="agreement_purpose_once"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.purpose_id}"


class Relation(models.Model):
    """An institution may know a person, since when, why. The only place where this is written."""

    person = models.UUIDField()
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=RELATION_CHOICES)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = querysets.RelationQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "person": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "institution", "kind", "valid_from"], name="relation_once_per_start"
            ),
            models.UniqueConstraint(
                fields=["person", "institution", "kind"],
                condition=Q(valid_to__isnull=True),
                name="one_open_relation_per_kind",
            ),
            models.CheckConstraint(condition=_NOT_ENDED_BEFORE_START, name="relation_not_ended_before_start"),
        ]
        indexes: ClassVar = [models.Index(fields=["institution", "person"], name="relation_by_institution")]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.kind}"


class EmergencyAccess(models.Model):
    """One account may see, for an hour at the most, what it may not see otherwise; somebody else reviews it.

    purpose, legal_basis, agreement: codes stated, empty when only own records were opened. found: whether the
    person was known to anybody.
    """

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    user_id = models.BigIntegerField()
    reason = models.TextField(max_length=1000)
    minutes = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()  # moved forward when ended by hand
    found = models.BooleanField(default=True)
    purpose = models.CharField(max_length=40, blank=True)
    legal_basis = models.CharField(max_length=60, blank=True)
    agreement = models.CharField(max_length=60, blank=True)
    verdict = models.CharField(max_length=12, blank=True, choices=VERDICT_CHOICES)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by_user_id = models.BigIntegerField(default=0)
    review_note = models.TextField(max_length=1000, blank=True)

    objects = querysets.EmergencyAccessQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "reason": "personal",
        "review_note": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=60), name="emergency_of_an_hour"),
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("opened_at")), name="emergency_not_ended_before_start"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by_user_id=0) | ~Q(reviewed_by_user_id=F("user_id")),
                name="emergency_reviewed_by_another",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["institution", "-opened_at"], name="emergency_newest_first"),
            models.Index(fields=["user_id", "ends_at"], name="emergency_going_on"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)


class EmergencyPerson(models.Model):
    """An index row that an emergency access opens."""

    emergency = models.ForeignKey(EmergencyAccess, on_delete=models.CASCADE, related_name="people")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    person = models.UUIDField()

    objects = querysets.EmergencyPersonQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "person": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["emergency", "person"], name="emergency_person_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "institution"], name="emergency_by_person")]

    def __str__(self) -> str:
        return str(self.emergency_id)
