"""What is done under a plan: actions, reviews, contacts, non-compliance, employment afterwards, the journal."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spoiwo.kernel.ids import new_uuid
from spoiwo.plans import querysets
from spoiwo.plans.models.choices import (
    ACTION_CHOICES,
    AREA_CHOICES,
    CONTACT_CHOICES,
    EMPLOYMENT_CHOICES,
    EVENT_CHOICES,
    REMARK_CHOICES,
    SOURCE_CHOICES,
)
from spoiwo.plans.models.plans import INSTITUTION, USER, OfPlan
from spoiwo.plans.types import OPEN_ACTIONS, ActionState


class Action(OfPlan):
    """An action of the version in force. uuid: its key in the content, the same in all versions.

    owner: the institution that answers for it; empty for the person's own task.
    """

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    goal_key = models.CharField(max_length=36)
    place = models.PositiveIntegerField(default=0)
    text = models.CharField(max_length=300)
    area = models.CharField(max_length=22, choices=AREA_CHOICES)
    service = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey(INSTITUTION, null=True, on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    due_on = models.DateField()
    evidence_wanted = models.CharField(max_length=300, blank=True)
    project = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=ACTION_CHOICES, default=ActionState.PLANNED)
    closed_on = models.DateField(null=True)
    result = models.CharField(max_length=500, blank=True)

    objects = querysets.ActionQuerySet.as_manager()  # type: ignore[misc]
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "text": "personal",
        "service": "personal",
        "result": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=OPEN_ACTIONS, closed_on__isnull=True)
                | Q(~Q(state__in=OPEN_ACTIONS), closed_on__isnull=False),
                name="action_closed_with_a_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["plan", "place"], name="action_in_plan"),
            models.Index(fields=["owner", "state", "due_on"], name="action_by_owner_due"),
            models.Index(fields=["responsible", "state", "due_on"], name="action_by_worker_due"),
        ]

    def __str__(self) -> str:
        return self.text


class Evidence(OfPlan):
    """What proves an action. ref: "referral:uuid" and the like, when another part of the product wrote it."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="evidence")
    text = models.CharField(max_length=500)
    ref = models.CharField(max_length=80, blank=True)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "text": "personal"}


class Review(OfPlan):
    """A review that is due or was held; a plan being carried out always has exactly one that is due."""

    due_on = models.DateField()
    held_on = models.DateField(null=True)
    conclusions = models.TextField(blank=True)
    agenda = models.JSONField(default=dict)
    cancelled = models.BooleanField(default=False)
    held_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "conclusions": "personal",
        "agenda": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(held_on__isnull=True, cancelled=False),
                name="one_review_due",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_on"], name="review_by_day")]


class Contact(OfPlan):
    """A contact with the person."""

    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=CONTACT_CHOICES)
    note = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "note": "personal"}


class NonCompliance(OfPlan):
    """That the person did not keep to the plan, by whom it was found and what proves it. It never changes: what the
    person says, corrections and taking it back are remarks.
    """

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    action = models.ForeignKey(Action, null=True, on_delete=models.PROTECT, related_name="+")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    text = models.CharField(max_length=1000)
    evidence = models.CharField(max_length=500)
    author = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "text": "personal", "evidence": "personal"}


class Remark(OfPlan):
    """What is said to an entry about non-compliance."""

    entry = models.ForeignKey(NonCompliance, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=10, choices=REMARK_CHOICES)
    text = models.CharField(max_length=1000)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "text": "personal"}


class EmploymentCheck(OfPlan):
    """Whether the person worked so many months after the plan ended, and who says so."""

    months = models.PositiveSmallIntegerField()
    employment = models.CharField(max_length=18, choices=EMPLOYMENT_CHOICES)
    source = models.CharField(max_length=10, choices=SOURCE_CHOICES)
    checked_on = models.DateField()
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "employment": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "months"], name="employment_checked_once"),
        ]


class Diagnosis(OfPlan):
    """What an institution's answer to a questionnaire about persons said when it was given to the plan's parties.

    lines: [question, [answers]] as words, which never change; the answer itself stays with its institution.
    """

    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    answer = models.UUIDField()
    title = models.CharField(max_length=300)
    lines = models.JSONField()
    given_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "answer": "personal", "lines": "sensitive"}


class PlanEvent(OfPlan):
    """A line of the plan's journal."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=16, choices=EVENT_CHOICES)
    institution = models.ForeignKey(INSTITUTION, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000, blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "text": "personal"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["plan", "-at", "-id"], name="journal_newest_first")]
