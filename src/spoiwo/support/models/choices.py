"""Codes of the support register with their names for people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.support import types

DELIVERY_CHOICES = [
    (types.DeliveryKind.GENERAL, _("General advice")),
    (types.DeliveryKind.SPECIALIST, _("Specialist advice")),
    (types.DeliveryKind.ANIMATION, pgettext_lazy("support", "Animation")),
    (types.DeliveryKind.TUTORING, _("Tutoring")),
    (types.DeliveryKind.MEDIATION, _("Mediation")),
    (types.DeliveryKind.PSYCHOLOGICAL, _("Psychological counselling")),
    (types.DeliveryKind.CAREER, _("Career counselling")),
    (types.DeliveryKind.OTHER, _("Other support")),
]
MODE_CHOICES = [
    (types.Mode.OFFICE, _("At the centre")),
    (types.Mode.VISIT, _("At the recipient's place")),
    (types.Mode.ONLINE, _("Online")),
    (types.Mode.PHONE, _("By telephone")),
    (types.Mode.EMAIL, _("By e-mail")),
]
LABOUR_CHOICES = [
    (types.LabourStatus.UNKNOWN, _("Not asked")),
    (types.LabourStatus.UNEMPLOYED, _("Unemployed")),
    (types.LabourStatus.INACTIVE, _("Not looking for work")),
    (types.LabourStatus.EMPLOYED, _("Working")),
    (types.LabourStatus.STUDENT, _("Studying")),
]
EDUCATION_CHOICES = [
    (types.Education.UNKNOWN, _("Not asked")),
    (types.Education.LOWER, _("Lower than secondary")),
    (types.Education.SECONDARY, _("Secondary or post-secondary")),
    (types.Education.HIGHER, _("Higher")),
]
EVENT_CHOICES = [
    (types.EventKind.TRAINING, _("Training")),
    (types.EventKind.STUDY_VISIT, _("Study visit")),
    (types.EventKind.SEMINAR, _("Seminar")),
    (types.EventKind.CONFERENCE, _("Conference")),
    (types.EventKind.FAIR, _("Fair")),
    (types.EventKind.INFORMATION, _("Information meeting")),
    (types.EventKind.CYCLE, _("Meeting cycle")),
    (types.EventKind.NETWORKING, _("Networking meeting")),
]
EVENT_STATE_CHOICES = [
    (types.EventState.DRAFT, pgettext_lazy("event", "Being prepared")),
    (types.EventState.ANNOUNCED, pgettext_lazy("event", "Announced")),
    (types.EventState.REPORTED, pgettext_lazy("event", "Reported, locked")),
    (types.EventState.CANCELLED, pgettext_lazy("event", "Cancelled")),
]
REGISTRATION_CHOICES = [
    (types.RegistrationState.APPLIED, pgettext_lazy("registration", "Applied")),
    (types.RegistrationState.ACCEPTED, pgettext_lazy("registration", "Accepted")),
    (types.RegistrationState.WAITING, pgettext_lazy("registration", "On the waiting list")),
    (types.RegistrationState.CONFIRMED, pgettext_lazy("registration", "Confirmed")),
    (types.RegistrationState.CANCELLED, pgettext_lazy("registration", "Withdrew")),
    (types.RegistrationState.NO_SHOW, pgettext_lazy("registration", "Did not come")),
    (types.RegistrationState.ATTENDED, pgettext_lazy("registration", "Attended")),
]
CASE_STAGE_CHOICES = [
    (types.CaseStage.OPENED, pgettext_lazy("case", "Opened")),
    (types.CaseStage.DIAGNOSED, pgettext_lazy("case", "Needs known")),
    (types.CaseStage.UNDER_WAY, pgettext_lazy("case", "Under way")),
    (types.CaseStage.CLOSED, pgettext_lazy("case", "Closed")),
]
PARTNERSHIP_CHOICES = [
    (types.PartnershipState.FORMING, pgettext_lazy("partnership", "Forming")),
    (types.PartnershipState.MATCHED, pgettext_lazy("partnership", "Matched")),
    (types.PartnershipState.WORKING, pgettext_lazy("partnership", "Working")),
    (types.PartnershipState.CLOSED, pgettext_lazy("partnership", "Closed")),
]
MEMBER_CHOICES = [
    (types.MemberRole.SOCIAL, _("Social enterprise")),
    (types.MemberRole.COMPANY, _("Company")),
    (types.MemberRole.TUTOR, _("Company that tutors")),
]
INVOLVEMENT_CHOICES = [
    (types.Involvement.CORE_BUSINESS, _("Level I: core business")),
    (types.Involvement.COMMERCIAL, _("Level II: commercial ventures in the social field")),
    (types.Involvement.INVESTMENT, _("Level III: investment in the local community")),
    (types.Involvement.PHILANTHROPY, _("Level IV: philanthropy")),
]
RESULT_CHOICES = [
    (types.PartnershipResultKind.OFFER, pgettext_lazy("partnership", "Offer")),
    (types.PartnershipResultKind.SALES_CHANNEL, _("Sales channel")),
    (types.PartnershipResultKind.CONTRACT, _("Contract")),
]
PATH_CHOICES = [
    (types.PathState.OPEN, pgettext_lazy("path", "Under way")),
    (types.PathState.FINISHED, pgettext_lazy("path", "Finished")),
    (types.PathState.LEFT, pgettext_lazy("path", "Left early")),
]
ANIMATION_CHOICES = [
    (types.AnimationKind.PARTNERSHIP, _("Local partnership for the social economy")),
    (types.AnimationKind.TEAM, _("Interdisciplinary team for social enterprise")),
    (types.AnimationKind.CLUSTER, _("Cluster")),
    (types.AnimationKind.LOCAL_GOVERNMENT, _("Co-operation with a local government")),
]
PROMOTION_CHOICES = [
    (types.PromotionKind.CATALOGUE, _("Catalogue of products and services")),
    (types.PromotionKind.TV_SPOT, _("Television spot")),
    (types.PromotionKind.PROGRAMME, _("Television programme")),
    (types.PromotionKind.PUBLICATION, _("Publication")),
]
