"""Codes of the catalogue with their names for people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.catalogue.types import CorrectionState, Funding, PlaceKind, Stage, TargetGroup, Weight

KIND_CHOICES = [
    (PlaceKind.CIS, _("Social integration centre")),
    (PlaceKind.KIS, _("Social integration club")),
    (PlaceKind.ZAZ, _("Vocational activity establishment")),
    (PlaceKind.WTZ, _("Occupational therapy workshop")),
    (PlaceKind.OWES, _("Social economy support centre")),
    (PlaceKind.SOCIAL_ENTERPRISE, _("Work in a social enterprise")),
    (PlaceKind.SUPPORTED_EMPLOYMENT, _("Supported employment")),
    (PlaceKind.TRAINING, _("Training")),
    (PlaceKind.PSYCHOLOGIST, _("Psychologist")),
    (PlaceKind.CAREER_ADVICE, _("Career counselling")),
    (PlaceKind.ADDICTION, _("Addiction therapy")),
    (PlaceKind.DEBT_ADVICE, _("Debt and legal advice")),
    (PlaceKind.CARE, _("Care for children and dependants")),
    (PlaceKind.OTHER, _("Other service")),
]
GROUP_CHOICES = [
    (TargetGroup.EVERYBODY, pgettext_lazy("target group", "Everybody")),
    (TargetGroup.LONG_TERM_UNEMPLOYED, _("Long-term unemployed people")),
    (TargetGroup.WITHOUT_WORK, _("People without work")),
    (TargetGroup.DISABILITY, _("People with a disability")),
    (TargetGroup.MENTAL_HEALTH, _("People in a mental crisis")),
    (TargetGroup.ADDICTION, _("People leaving an addiction")),
    (TargetGroup.HOMELESS, _("People leaving homelessness")),
    (TargetGroup.LEAVING_PRISON, _("People leaving prison")),
    (TargetGroup.LEAVING_CARE, _("People leaving foster care")),
    (TargetGroup.REFUGEES, _("Refugees and migrants")),
    (TargetGroup.CARERS, _("People who care for relatives")),
    (TargetGroup.YOUNG, _("Young people")),
    (TargetGroup.OVER_50, _("People over 50")),
    (TargetGroup.ENTITIES, _("Organisations and initiative groups")),
]
FUNDING_CHOICES = [
    (Funding.PUBLIC, pgettext_lazy("funding", "Public money, free of charge")),
    (Funding.PROJECT, pgettext_lazy("funding", "A project, free of charge")),
    (Funding.PFRON, pgettext_lazy("funding", "PFRON, free of charge")),
    (Funding.OWN, pgettext_lazy("funding", "The provider's own money")),
    (Funding.PAID, pgettext_lazy("funding", "Paid by the person or the office")),
]
CORRECTION_CHOICES = [
    (CorrectionState.PROPOSED, pgettext_lazy("correction", "Waits for a decision")),
    (CorrectionState.ACCEPTED, pgettext_lazy("correction", "Accepted")),
    (CorrectionState.REJECTED, pgettext_lazy("correction", "Rejected")),
]
STAGE_CHOICES = [(one, one.value) for one in Stage]
WEIGHT_CHOICES = [(one, one.value) for one in Weight]
