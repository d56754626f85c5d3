"""Plans, their parties, their versions, and who signed what."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spoiwo.kernel.ids import new_uuid
from spoiwo.plans import querysets
from spoiwo.plans.models.choices import METHOD_CHOICES, STATE_CHOICES, VERSION_CHOICES
from spoiwo.plans.types import PlanState, VersionState

INSTITUTION = "institutions.Institution"
USER = "institutions.User"
RECORD = "clients.SourceRecord"
UNDER_WAY = (VersionState.DRAFT, VersionState.NEGOTIATION)


class JointPlan(models.Model):
    """A plan of institutions and one person under one agreement.

    institution, record: who began it and for which own client; every party has its own record of the person.
    former_number, signed_before: of a plan that was kept elsewhere, and the day on which its parties signed its
    first version there.
    """

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    number = models.CharField(max_length=40, unique=True, null=True)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(RECORD, on_delete=models.PROTECT, related_name="+")
    agreement = models.CharField(max_length=60)
    state = models.CharField(max_length=12, choices=STATE_CHOICES, default=PlanState.DRAFT)
    starts_on = models.DateField()
    ends_on = models.DateField()
    begun_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    former_number = models.CharField(max_length=80, blank=True)
    signed_before = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    objects = querysets.PlanQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "record": "personal", "reason": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=False, state__in=[PlanState.COMPLETED, PlanState.DISCONTINUED])
                | Q(
                    ~Q(state__in=[PlanState.COMPLETED, PlanState.DISCONTINUED]),
                    closed_on__isnull=True,
                ),
                name="plan_closed_with_a_day",
            ),
            models.UniqueConstraint(
                fields=["institution", "former_number"],
                condition=~Q(former_number=""),
                name="plan_brought_in_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.uuid)


class PlanParty(models.Model):
    """An institution that is party to a plan, with its own record of the person. Ids only, and what a list needs
    of a plan that an ended agreement has closed.

    case_ref, jrwa: how this institution keeps the plan in its own files; the others do not see it.
    """

    plan = models.ForeignKey(JointPlan, on_delete=models.CASCADE, related_name="parties")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(RECORD, on_delete=models.PROTECT, related_name="+")
    agreement = models.CharField(max_length=60)
    number = models.CharField(max_length=40, blank=True)
    is_open = models.BooleanField(default=True)
    case_ref = models.CharField(max_length=80, blank=True)
    jrwa = models.CharField(max_length=20, blank=True)
    filing_version = models.PositiveIntegerField(default=0)
    filed_at = models.DateTimeField(null=True)
    filed_by_user_id = models.BigIntegerField(default=0)

    objects = querysets.PartyQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "institution"], name="plan_party_once"),
            models.UniqueConstraint(
                fields=["record", "agreement"],
                condition=Q(is_open=True),
                name="one_open_plan_per_client_and_agreement",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.institution_id}"


class OfPlan(models.Model):
    """A row of one plan, reached as far as the plan is."""

    plan = models.ForeignKey(JointPlan, on_delete=models.CASCADE, related_name="+")

    objects = querysets.OfPlanQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.pk}"


class PlanVersion(OfPlan):
    """One version. content: canonical text, which a trigger keeps as it is from agreement on.

    marks: section -> [edit version, account, moment] of its last change, so that two people who change different
    sections do not get into each other's way.
    """

    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=VERSION_CHOICES, default=VersionState.DRAFT)
    content = models.TextField()
    fingerprint = models.CharField(max_length=64, blank=True)
    edit_version = models.PositiveIntegerField(default=1)
    marks = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    proposed_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "content": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state__in=UNDER_WAY), name="one_version_under_way"
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state=VersionState.IN_FORCE), name="one_version_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} v{self.number}"


class Signature(OfPlan):
    """A party agreed to the content with this fingerprint. Without an institution it is the person's own.

    account: who signed, or who was there when the person signed on paper. scan: the signed paper, sealed under the
    key of the witness's own record, so that erasing the person erases it.
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="signatures")
    institution = models.ForeignKey(INSTITUTION, null=True, on_delete=models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    method = models.CharField(max_length=8, choices=METHOD_CHOICES)
    account = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField()
    at = models.DateTimeField()
    scan = models.BinaryField(blank=True)
    scan_kind = models.CharField(max_length=20, blank=True)
    scan_record = models.ForeignKey(RECORD, null=True, on_delete=models.PROTECT, related_name="+")

    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "scan": "sensitive"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "institution"],
                condition=Q(institution__isnull=False),
                name="institution_signs_once",
            ),
            models.UniqueConstraint(
                fields=["version"], condition=Q(institution__isnull=True), name="person_signs_once"
            ),
        ]
