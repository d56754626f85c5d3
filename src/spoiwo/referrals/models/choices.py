"""Codes of referrals with their names for people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.referrals.types import Basis, Outcome, Side, State, Step

STATE_CHOICES = [
    (State.SENT, pgettext_lazy("referral", "Sent")),
    (State.RECEIVED, pgettext_lazy("referral", "Received")),
    (State.NEEDS_INFO, pgettext_lazy("referral", "More information needed")),
    (State.WAITLISTED, pgettext_lazy("referral", "On the waiting list")),
    (State.ACCEPTED, pgettext_lazy("referral", "Accepted")),
    (State.STARTED, pgettext_lazy("referral", "Under way")),
    (State.COMPLETED, pgettext_lazy("referral", "Completed")),
    (State.DISCONTINUED, pgettext_lazy("referral", "Broken off")),
    (State.NO_SHOW, pgettext_lazy("referral", "Did not come")),
    (State.REJECTED, pgettext_lazy("referral", "Rejected")),
    (State.WITHDRAWN, pgettext_lazy("referral", "Withdrawn")),
    (State.EXPIRED, pgettext_lazy("referral", "Expired")),
]
OUTCOME_CHOICES = [
    (Outcome.EMPLOYED, _("Work on the open market")),
    (Outcome.SUBSIDISED_JOB, _("Subsidised or social employment")),
    (Outcome.OWN_BUSINESS, _("Own business or social co-operative")),
    (Outcome.TRAINED, _("Training finished")),
    (Outcome.NEXT_SUPPORT, _("Passed on to further support")),
    (Outcome.GOAL_REACHED, _("Goal of the referral reached")),
    (Outcome.NO_CHANGE, _("Finished without a change")),
    (Outcome.NO_PLACES, _("No places")),
    (Outcome.NOT_ELIGIBLE, _("Does not meet the conditions")),
    (Outcome.OUTSIDE_AREA, _("Lives outside the area")),
    (Outcome.MISSING_PAPERS, _("Papers are missing")),
    (Outcome.PERSON_DECLINED, _("The person declined")),
    (Outcome.FOUND_JOB, _("The person found work")),
    (Outcome.HEALTH, _("State of health")),
    (Outcome.MOVED_AWAY, _("The person moved away")),
    (Outcome.LEFT, _("The person left")),
    (Outcome.BREACH, _("Persistent breach of the rules")),
    (Outcome.DID_NOT_COME, pgettext_lazy("outcome of a referral", "The person did not come")),
    (Outcome.FOUND_ELSEWHERE, _("Found a place elsewhere")),
    (Outcome.MISTAKE, _("Sent by mistake")),
    (Outcome.NO_ANSWER, _("Nobody answered in time")),
    (Outcome.OTHER, _("Other reason")),
]
BASIS_CHOICES = [
    (Basis.AGREEMENT, _("A sharing agreement")),
    (Basis.CONSENT, _("The person's written consent")),
]
STEP_CHOICES = [(one, one.value) for one in Step]
SIDE_CHOICES = [(one, one.value) for one in Side]
