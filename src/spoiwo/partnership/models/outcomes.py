"""Conclusions, recommendations, decisions and actions, with everything that happened to them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from spoiwo.kernel.ids import new_uuid
from spoiwo.partnership import querysets
from spoiwo.partnership.models.choices import ACTION_KINDS, OUTCOME_KINDS, OUTCOME_STATES
from spoiwo.partnership.types import OutcomeState


class Outcome(models.Model):
    """What a discussion led to; overdue is worked out from due_to, never stored."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    code = models.CharField(max_length=40)
    body = models.ForeignKey("partnership.Body", on_delete=models.PROTECT, related_name="outcomes")
    meeting = models.ForeignKey("partnership.Meeting", on_delete=models.PROTECT, related_name="outcomes")
    item = models.ForeignKey(
        "partnership.AgendaItem", null=True, blank=True, on_delete=models.SET_NULL, related_name="outcomes"
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    kind = models.CharField(max_length=16, choices=OUTCOME_KINDS)
    action_kind = models.CharField(max_length=16, choices=ACTION_KINDS, blank=True)
    text = models.TextField()
    state = models.CharField(max_length=12, choices=OUTCOME_STATES, default=OutcomeState.PROPOSED)
    owner = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_body = models.ForeignKey(
        "partnership.Body", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    co_owners = models.ManyToManyField("institutions.Institution", blank=True, related_name="+")
    addressee = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    addressee_label = models.CharField(max_length=200, blank=True)
    due_from = models.DateField(null=True, blank=True)
    due_to = models.DateField(null=True, blank=True)
    due_wording = models.CharField(max_length=120, blank=True)
    review_on = models.DateField(null=True, blank=True)
    effect = models.TextField(blank=True)
    reason = models.CharField(max_length=250, blank=True)  # of the last refusal, expiry or replacement
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="supersedes"
    )
    adopted_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    claimed_by_user_id = models.BigIntegerField(default=0)
    verified_by_user_id = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    objects = querysets.OutcomeQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "code"], name="outcome_code_once_per_body"),
            models.CheckConstraint(
                condition=Q(due_from__isnull=True) | Q(due_to__gte=F("due_from")),
                name="outcome_not_due_before_it_may_begin",
            ),
            models.CheckConstraint(
                condition=~Q(state="assigned") | Q(owner__isnull=False) | Q(owner_body__isnull=False),
                name="assigned_outcome_has_an_owner",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "state", "due_to"], name="outcome_by_body"),
            models.Index(fields=["owner", "state", "due_to"], name="outcome_by_owner"),
            models.Index(fields=["state", "due_to"], name="outcome_by_deadline"),
        ]

    def __str__(self) -> str:
        return self.code


class OutcomeEvent(models.Model):
    """One thing that happened to an outcome: a step, a moved deadline, being carried to a meeting."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="events")
    what = models.CharField(max_length=16)  # types.Step, or "deadline", "carried", "evidence"
    to_state = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=250, blank=True)
    was = models.CharField(max_length=120, blank=True)  # the former deadline
    became = models.CharField(max_length=120, blank=True)
    meeting = models.ForeignKey(
        "partnership.Meeting", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    institution_id = models.BigIntegerField(default=0)
    user_id = models.BigIntegerField(default=0)
    at = models.DateTimeField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["outcome", "at"], name="outcome_event_in_order")]

    def __str__(self) -> str:
        return f"{self.outcome_id} {self.what}"


class Evidence(models.Model):
    """What shows that something was done: words, an address, or a file under its SHA-256."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="evidence")
    label = models.CharField(max_length=250)
    url = models.URLField(blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    user_id = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.label


class Implementation(models.Model):
    """A training, forum or meeting by which a recommendation was carried out."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="implementations")
    kind = models.CharField(max_length=16, choices=ACTION_KINDS)
    title = models.CharField(max_length=250)
    meeting = models.ForeignKey(
        "partnership.Meeting", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.title


class Reminder(models.Model):
    """A deadline that was told to somebody already; the same step is never told twice."""

    outcome = models.ForeignKey(Outcome, on_delete=models.CASCADE, related_name="reminders")
    step = models.SmallIntegerField()  # days after the deadline: -14, -3, 1, 14
    due_to = models.DateField()
    told_at = models.DateTimeField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outcome", "step", "due_to"], name="reminder_once_per_step")
        ]

    def __str__(self) -> str:
        return f"{self.outcome_id} {self.step:+d}"
