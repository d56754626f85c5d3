"""Answers, questions about answers, and files with results."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.ids import new_uuid
from spoiwo.surveys import querysets
from spoiwo.surveys.models.rounds import FrameUnit, Survey
from spoiwo.surveys.types import AnswerState, Source

STATE_CHOICES = [
    (AnswerState.STARTED.value, _("Started")),
    (AnswerState.SUBMITTED.value, _("Handed in")),
    (AnswerState.QUERIED.value, _("Question asked")),
    (AnswerState.ACCEPTED.value, _("Accepted")),
]
SOURCE_CHOICES = [
    (Source.LINK.value, _("Link")),
    (Source.ACCOUNT.value, _("Account")),
    (Source.PHONE.value, _("Telephone")),
    (Source.PAPER.value, _("Paper")),
]


class Answer(models.Model):
    """What one respondent answered, sealed under the key of the survey.

    The id is random, not a number that counts up. An anonymous answer knows neither its unit nor any time nor who
    wrote it down, and waits in the urn until others come out with it (rules.anonymity). An anonymous answer that is
    still being written is sealed under a key that only the respondent's link gives.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="answers")
    holder = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    respondent = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    unit = models.OneToOneField(
        FrameUnit, null=True, blank=True, on_delete=models.CASCADE, related_name="answer"
    )
    subject_key = models.CharField(max_length=80, blank=True)  # whom an answer about a person is about
    is_anonymous = models.BooleanField(default=False)
    in_urn = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=STATE_CHOICES, default=AnswerState.STARTED)
    source = models.CharField(max_length=7, choices=SOURCE_CHOICES, default=Source.LINK)
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    entered_by_user_id = models.BigIntegerField(default=0)
    accepted_by_user_id = models.BigIntegerField(default=0)

    objects = querysets.AnswerQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "sealed": "sensitive",
        "subject_key": "personal",
    }

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_anonymous=False, in_urn=False)
                | Q(
                    is_anonymous=True,
                    unit__isnull=True,
                    respondent__isnull=True,
                    subject_key="",
                    started_at__isnull=True,
                    saved_at__isnull=True,
                    submitted_at__isnull=True,
                    accepted_at__isnull=True,
                    entered_by_user_id=0,
                    accepted_by_user_id=0,
                ),
                name="anonymous_answer_knows_nobody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["survey", "state"], name="answer_by_state"),
            models.Index(fields=["holder", "subject_key"], name="answer_by_subject"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class VerificationQuery(models.Model):
    """A question about one answer, and what the respondent said."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="queries")
    holder = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    respondent = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    field = models.CharField(max_length=120)
    text = models.TextField()
    reply = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by_user_id = models.BigIntegerField(default=0)
    replied_at = models.DateTimeField(null=True)

    objects = querysets.VerificationQueryQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "text": "personal", "reply": "personal"}

    def __str__(self) -> str:
        return f"{self.answer_id} {self.field}"


class ResultsExport(models.Model):
    """A file with all answers of a survey, made by a job."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Being prepared")
        READY = "ready", _("Ready")

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="exports")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    format = models.CharField(max_length=4, choices=[("csv", "CSV"), ("xlsx", "XLSX")])
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    wrapped_key = models.BinaryField(max_length=80, blank=True)
    rows = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    asked_by_user_id = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True)

    objects = querysets.ResultsExportQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "wrapped_key": "sensitive"}

    def __str__(self) -> str:
        return f"{self.survey_id}.{self.format}"
