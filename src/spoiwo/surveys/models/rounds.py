"""Surveys (one round of asking), whom they ask, and the mail that goes out."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.ids import new_uuid
from spoiwo.surveys import querysets
from spoiwo.surveys.models.questionnaires import Questionnaire, QuestionnaireVersion
from spoiwo.surveys.types import Outcome, Reason, Step

STEP_CHOICES = [
    (Step.PLANNED.value, _("Planned")),
    (Step.OPEN.value, _("Open")),
    (Step.CLOSED.value, _("Closed")),
    (Step.VERIFIED.value, _("Verified")),
    (Step.PUBLISHED.value, _("Published")),
]
OUTCOME_CHOICES = [
    (Outcome.WAITING.value, _("No answer yet")),
    (Outcome.PARTIAL.value, _("Answered in part")),
    (Outcome.COMPLETED.value, _("Answered")),
    (Outcome.REFUSED.value, _("Refused")),
    (Outcome.UNREACHABLE.value, _("Not reached")),
    (Outcome.NOT_ELIGIBLE.value, _("Not eligible")),
    (Outcome.OUT_OF_BUSINESS.value, _("No longer active")),
]
REASON_CHOICES = [
    (Reason.NONE.value, _("No reason given")),
    (Reason.NO_TIME.value, _("No time")),
    (Reason.NO_TRUST.value, _("Does not want to share data")),
    (Reason.TOO_LONG.value, _("The questionnaire is too long")),
    (Reason.NO_CONTACT.value, _("Nobody answers")),
    (Reason.WRONG_ADDRESS.value, _("Wrong address")),
    (Reason.CLOSED.value, _("Closed down")),
    (Reason.SUSPENDED.value, _("Suspended")),
    (Reason.LOST_STATUS.value, _("Lost its status")),
    (Reason.OTHER.value, _("Another reason")),
]
LETTER_CHOICES = [("invitation", _("Invitation")), ("reminder", _("Reminder")), ("query", _("Question"))]
LETTER_STATES = [("waiting", _("Waiting")), ("sent", _("Sent")), ("failed", _("Failed"))]


class Survey(models.Model):
    """One round of asking. With a period it is an edition; the frame is frozen when it opens."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    institution = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="surveys")
    version = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="surveys")
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    title = models.CharField(max_length=200)
    period = models.CharField(max_length=7, blank=True)  # "2025", "2025-Q1", "2025-03"; empty: no edition
    step = models.CharField(max_length=9, choices=STEP_CHOICES, default=Step.PLANNED)
    anonymous = models.BooleanField(default=False)
    open_link = models.BooleanField(default=False)  # whoever has the link may answer
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    weight_question = models.CharField(max_length=120, blank=True)
    break_notes = models.JSONField(default=dict, blank=True)  # question code -> why its series breaks here
    wrapped_key = models.BinaryField(max_length=80)  # of all answers
    frozen_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    published_sha256 = models.CharField(max_length=64, blank=True)  # of all answers that were counted
    created_at = models.DateTimeField(auto_now_add=True)
    is_demonstration = models.BooleanField(default=False)

    objects = querysets.SurveyQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "wrapped_key": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["questionnaire", "period"], condition=~Q(period=""), name="one_edition_per_period"
            ),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True)
                | Q(opens_on__isnull=True)
                | Q(closes_on__gte=F("opens_on")),
                name="survey_closes_not_before_it_opens",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["institution", "step"], name="survey_by_step")]

    def __str__(self) -> str:
        return self.title


class FrameUnit(models.Model):
    """Somebody to be asked, frozen as the register said when the survey opened.

    An anonymous survey keeps of a unit only whether it was invited and whether it answered.
    """

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="units")
    holder = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    respondent = models.ForeignKey(
        "institutions.Institution", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(max_length=80)  # the same in every edition
    name = models.CharField(max_length=250)
    kind = models.CharField(max_length=20, blank=True)
    territory = models.CharField(max_length=7, blank=True)
    email = models.EmailField(blank=True)
    weight = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    known = models.BinaryField(blank=True)  # sealed values from official forms, for filling in beforehand
    known_from = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=16, choices=OUTCOME_CHOICES, default=Outcome.WAITING)
    reason = models.CharField(max_length=16, choices=REASON_CHOICES, default=Reason.NONE, blank=True)
    answered = models.BooleanField(default=False)
    invited_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    link_number = models.PositiveSmallIntegerField(default=1)  # links with other numbers do not work

    objects = querysets.FrameUnitQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "*": "internal",
        "name": "personal",
        "email": "personal",
        "known": "sensitive",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "key"], name="unit_once_per_survey")
        ]
        indexes: ClassVar = [models.Index(fields=["respondent", "answered"], name="unit_by_respondent")]

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """Mail to a unit: it says only that something waits, with a link that is made when it is sent."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="letters")
    unit = models.ForeignKey(FrameUnit, on_delete=models.CASCADE, related_name="letters")
    holder = models.ForeignKey("institutions.Institution", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=LETTER_CHOICES)
    state = models.CharField(max_length=7, choices=LETTER_STATES, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=80, blank=True)  # class of the error, never an address

    objects = querysets.SurveyLetterQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "survey"], name="letter_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_id}"
