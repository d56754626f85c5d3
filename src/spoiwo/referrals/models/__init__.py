"""Tables of referrals."""

from spoiwo.referrals.models.choices import BASIS_CHOICES, OUTCOME_CHOICES, STATE_CHOICES
from spoiwo.referrals.models.files import ReferralFile, RefusedReferral
from spoiwo.referrals.models.links import AccessLink
from spoiwo.referrals.models.referrals import CheckAnswer, Referral, ReferralCounter, ReferralEvent

__all__ = [
    "BASIS_CHOICES",
    "OUTCOME_CHOICES",
    "STATE_CHOICES",
    "AccessLink",
    "CheckAnswer",
    "Referral",
    "ReferralCounter",
    "ReferralEvent",
    "ReferralFile",
    "RefusedReferral",
]
