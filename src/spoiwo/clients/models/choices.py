"""Codes of registers and facts with the words people read for them."""

from django.utils.translation import gettext_lazy as _

from spoiwo.access.types import RestrictionKind
from spoiwo.clients.types import DocumentKind, FactKind, Status

STATUS_CHOICES = [
    (Status.UNEMPLOYED_WITH_BENEFIT, _("Unemployed with benefit")),
    (Status.UNEMPLOYED_WITHOUT_BENEFIT, _("Unemployed without benefit")),
    (Status.JOBSEEKER, _("Jobseeker")),
    (Status.INACTIVE, _("Economically inactive")),
    (Status.LONG_TERM_BENEFIT, _("On a permanent allowance")),
    (Status.TEMPORARY_BENEFIT, _("On a periodic allowance")),
    (Status.TARGETED_BENEFIT, _("On a targeted allowance")),
    (Status.FAMILY_ASSISTANT, _("With a family assistant")),
    (Status.SOCIAL_WORK, _("Social work without benefits")),
    (Status.FOSTER_CARE, _("Foster care")),
    (Status.NO_LONGER_SERVED, _("No longer served")),
    (Status.OTHER, _("Other status")),
]
FACT_KIND_CHOICES = [
    (FactKind.HOUSEHOLD_SIZE, _("Household size")),
    (FactKind.CHILDREN, _("Children in the household")),
    (FactKind.HOUSING, _("Housing")),
    (FactKind.HOMELESSNESS, _("Homelessness")),
    (FactKind.RENT_ARREARS, _("Rent arrears")),
    (FactKind.INCOME_PER_PERSON, _("Income per person")),
    (FactKind.CARE_DUTIES, _("Care duties")),
    (FactKind.EDUCATION, _("Education")),
    (FactKind.OCCUPATION, _("Occupation")),
    (FactKind.LAST_JOB, _("Last job")),
    (FactKind.EMPLOYMENT, _("Employment")),
    (FactKind.QUALIFICATION, _("Qualification")),
    (FactKind.TRAINING, _("Training")),
    (FactKind.INTERNSHIP, _("Internship")),
    (FactKind.COUNSELLING, _("Career counselling")),
    (FactKind.JOB_OFFER, _("Job offer")),
    (FactKind.SOCIAL_CONTRACT, _("Social contract")),
    (FactKind.INDIVIDUAL_ACTION_PLAN, _("Individual action plan")),
    (FactKind.SOCIAL_EMPLOYMENT, _("Social employment")),
    (FactKind.PUBLIC_WORKS, _("Public works")),
    (FactKind.UNEMPLOYMENT_BENEFIT, _("Unemployment benefit")),
    (FactKind.PERMANENT_ALLOWANCE, _("Permanent allowance")),
    (FactKind.PERIODIC_ALLOWANCE, _("Periodic allowance")),
    (FactKind.TARGETED_ALLOWANCE, _("Targeted allowance")),
    (FactKind.HOUSING_ALLOWANCE, _("Housing allowance")),
    (FactKind.MEALS, _("Meals")),
    (FactKind.FAMILY_ASSISTANT, _("Family assistant")),
    (FactKind.SOCIAL_WORK, _("Social work")),
    (FactKind.DISABILITY, _("Disability certificate")),
    (FactKind.ADDICTION, _("Addiction")),
    (FactKind.HEALTH, _("Health")),
    (FactKind.VIOLENCE, _("Violence at home")),
    (FactKind.OTHER, _("Other fact")),
]
DOCUMENT_CHOICES = [
    (DocumentKind.ID, _("Identity card")),
    (DocumentKind.PASSPORT, _("Passport")),
    (DocumentKind.RESIDENCE, _("Residence card")),
    (DocumentKind.OTHER, _("Other document")),
]
RESTRICTION_CHOICES = [
    (RestrictionKind.WORKERS_RELATIVE, _("Relative of a worker")),
    (RestrictionKind.PROTECTED_ADDRESS, _("Protected address")),
    (RestrictionKind.VIOLENCE, _("Domestic violence")),
    (RestrictionKind.OTHER, _("Another reason")),
]
