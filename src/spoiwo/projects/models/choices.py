"""Codes of projects with the words people read for them."""

from django.utils.translation import gettext_lazy as _

from spoiwo.projects.types import (
    EmployerAnswer,
    LeavingReason,
    ParticipantState,
    SupportKind,
    SupportState,
    WorkKind,
)

PARTICIPANT_STATE_CHOICES = [
    (ParticipantState.CANDIDATE, _("Candidate")),
    (ParticipantState.NOT_INTERESTED, _("Not interested")),
    (ParticipantState.REFUSED, _("Not taken in")),
    (ParticipantState.TAKING_PART, _("Takes part")),
    (ParticipantState.FINISHED, _("Finished the project")),
    (ParticipantState.DROPPED_OUT, _("Dropped out")),
]
REASON_CHOICES = [
    (LeavingReason.NO_INTEREST, _("No interest in training or work")),
    (LeavingReason.HEALTH, _("State of health")),
    (LeavingReason.WORK, _("Found a job")),
    (LeavingReason.FAMILY, _("Family matters")),
    (LeavingReason.MOVED, _("Moved away")),
    (LeavingReason.OTHER_PROJECT, _("Takes part in another project")),
    (LeavingReason.CRITERIA, _("Does not meet the conditions")),
    (LeavingReason.BREACH, _("Broke the rules of the project")),
    (LeavingReason.NO_CONTACT, _("Cannot be reached")),
    (LeavingReason.OTHER, _("Another reason")),
]
SUPPORT_CHOICES = [
    (SupportKind.PSYCHOLOGIST, _("Psychological counselling")),
    (SupportKind.CAREER, _("Career counselling")),
    (SupportKind.TRAINING, _("Vocational training")),
    (SupportKind.LANGUAGE, _("Language training")),
    (SupportKind.BUSINESS, _("Training in starting a business")),
    (SupportKind.INTERNSHIP, _("Paid internship")),
    (SupportKind.PLACEMENT, _("Help in finding work")),
    (SupportKind.EQUIPMENT, _("Equipment of a workplace")),
    (SupportKind.OTHER, _("Other support")),
]
SUPPORT_STATE_CHOICES = [
    (SupportState.GOING, _("Support under way")),
    (SupportState.DONE, _("Support completed")),
    (SupportState.BROKEN_OFF, _("Support broken off")),
]
WORK_CHOICES = [
    (WorkKind.EMPLOYMENT, _("Employment contract")),
    (WorkKind.CIVIL, _("Civil-law contract")),
    (WorkKind.SELF_EMPLOYED, _("Own business")),
    (WorkKind.SUPPORTED, _("Supported employment")),
]
ANSWER_CHOICES = [
    (EmployerAnswer.AGREED, _("Employer agreed")),
    (EmployerAnswer.NOT_INTERESTED, _("Not interested in employing")),
    (EmployerAnswer.NO_PLACES, _("No places")),
    (EmployerAnswer.NOT_ADAPTED, _("Workplace not adapted")),
    (EmployerAnswer.NO_ANSWER, _("No answer")),
]
