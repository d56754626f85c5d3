"""Codes with the words people read for them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.enquiries.types import EnquiryState, PaperKind, PaperState, Proof, Question, Refusal, Verdict

STATE_CHOICES = [
    (EnquiryState.DRAFT, pgettext_lazy("enquiry", "Draft")),
    (EnquiryState.SENT, pgettext_lazy("enquiry", "Waits for an answer")),
    (EnquiryState.ANSWERED, pgettext_lazy("enquiry", "Answered")),
    (EnquiryState.REFUSED, pgettext_lazy("enquiry", "Refused")),
    (EnquiryState.NO_DATA, pgettext_lazy("enquiry", "No such data")),
    (EnquiryState.EXPIRED, pgettext_lazy("enquiry", "Expired")),
]
REFUSAL_CHOICES = [
    (Refusal.NO_BASIS, _("The legal basis does not allow it")),
    (Refusal.TOO_WIDE, _("More is asked for than the purpose needs")),
    (Refusal.NOT_OURS, _("Another institution has these data")),
    (Refusal.UNCLEAR, _("It is not clear who is meant")),
    (Refusal.OTHER, _("Another reason")),
]
PAPER_KIND_CHOICES = [
    (PaperKind.OFFICE, _("Confirmation of data")),
    (PaperKind.CITIZEN, _("Certificate for the citizen")),
]
PAPER_STATE_CHOICES = [
    (PaperState.VALID, pgettext_lazy("confirmation", "Valid")),
    (PaperState.UNSIGNED, pgettext_lazy("confirmation", "Not signed yet")),
    (PaperState.WITHDRAWN, pgettext_lazy("confirmation", "Withdrawn")),
]
PROOF_CHOICES = [
    (Proof.NAMED, _("Signature names this document; its arithmetic and its issuer are not checked")),
    (Proof.CORRECT, _("Signature correct, issuer not checked")),
    (Proof.UNLISTED, _("Signature correct, issuer not on the list of trusted ones")),
    (Proof.TRUSTED, _("Signature correct, issuer trusted, revocation not checked")),
    (Proof.CURRENT, _("Signature correct, issuer trusted, certificate not revoked")),
]
QUESTION_CHOICES = [
    (Question.SERVED, _("Is the person in the register today?")),
    (Question.UNEMPLOYED, _("Is the person registered as unemployed today?")),
    (Question.BENEFIT_RIGHT, _("Does the person have the right to unemployment benefit today?")),
    (Question.JOBSEEKER, _("Is the person registered as a jobseeker today?")),
    (Question.SOCIAL_BENEFIT, _("Does the person receive a social assistance allowance today?")),
    (Question.ADDRESS, _("Does the address agree?")),
]
VERDICT_CHOICES = [
    (Verdict.YES, _("Yes")),
    (Verdict.NO, _("No")),
    (Verdict.NOBODY, _("No such person known")),
    (Verdict.UNKNOWN, _("Unknown (old data)")),
]
