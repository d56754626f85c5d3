"""Tables of the context."""

from spoiwo.enquiries.models.asking import AnswerTerm, Enquiry, Nudge, Number, Verification
from spoiwo.enquiries.models.choices import (
    PAPER_KIND_CHOICES,
    PAPER_STATE_CHOICES,
    QUESTION_CHOICES,
    REFUSAL_CHOICES,
    STATE_CHOICES,
    VERDICT_CHOICES,
)
from spoiwo.enquiries.models.papers import Confirmation
from spoiwo.enquiries.models.talking import Conversation, Message, Reading

__all__ = [
    "PAPER_KIND_CHOICES",
    "PAPER_STATE_CHOICES",
    "QUESTION_CHOICES",
    "REFUSAL_CHOICES",
    "STATE_CHOICES",
    "VERDICT_CHOICES",
    "AnswerTerm",
    "Confirmation",
    "Conversation",
    "Enquiry",
    "Message",
    "Nudge",
    "Number",
    "Reading",
    "Verification",
]
