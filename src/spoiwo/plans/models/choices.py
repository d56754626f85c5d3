"""Codes of joint plans with their names for people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.plans import types

STATE_CHOICES = [
    (types.PlanState.DRAFT, pgettext_lazy("plan", "Draft")),
    (types.PlanState.NEGOTIATION, pgettext_lazy("plan", "Being agreed on")),
    (types.PlanState.AGREED, pgettext_lazy("plan", "Agreed")),
    (types.PlanState.ACTIVE, pgettext_lazy("plan", "Being carried out")),
    (types.PlanState.SUSPENDED, pgettext_lazy("plan", "Suspended")),
    (types.PlanState.COMPLETED, pgettext_lazy("plan", "Completed")),
    (types.PlanState.DISCONTINUED, pgettext_lazy("plan", "Discontinued")),
]
VERSION_CHOICES = [
    (types.VersionState.DRAFT, pgettext_lazy("plan", "Draft")),
    (types.VersionState.NEGOTIATION, pgettext_lazy("plan", "Being agreed on")),
    (types.VersionState.IN_FORCE, pgettext_lazy("plan version", "In force")),
    (types.VersionState.REPLACED, pgettext_lazy("plan version", "Replaced")),
    (types.VersionState.WITHDRAWN, pgettext_lazy("plan version", "Given up")),
]
AREA_CHOICES = [
    (types.Area.SELECTION, _("Selection and qualification of clients")),
    (types.Area.SERVICES, _("Advisory, psychological and social services")),
    (types.Area.INFORMATION, _("Exchange of information")),
    (types.Area.PLANNING, _("Setting, running and monitoring the plan")),
    (types.Area.TRAINING, _("Vocational and general training")),
    (types.Area.MOTIVATION, _("Motivation (social integration club or centre)")),
    (types.Area.WORK, _("Help in finding work")),
    (types.Area.FINANCE, _("Data and decreasing financial support")),
    (types.Area.SUPPORTED_EMPLOYMENT, _("Referral to supported employment")),
]
ACTION_CHOICES = [
    (types.ActionState.PLANNED, pgettext_lazy("action", "Planned")),
    (types.ActionState.IN_PROGRESS, pgettext_lazy("action", "Begun")),
    (types.ActionState.DONE, pgettext_lazy("action", "Done")),
    (types.ActionState.NOT_DONE, pgettext_lazy("action", "Not done")),
    (types.ActionState.CANCELLED, pgettext_lazy("action", "Dropped")),
]
ROLE_CHOICES = [
    (types.WorkerRole.SOCIAL_WORKER, _("Social worker")),
    (types.WorkerRole.CAREER_ADVISER, _("Career adviser")),
    (types.WorkerRole.JOB_BROKER, _("Job broker")),
    (types.WorkerRole.PERSONAL_ADVISER, _("Personal adviser")),
]
PAPER_CHOICES = [
    (types.PaperKind.IPD, _("Individual action plan (IPD)")),
    (types.PaperKind.CONTRACT_A, _("Social contract, part A")),
    (types.PaperKind.CONTRACT_B, _("Social contract, part B")),
    (types.PaperKind.IPZS, _("Individual social employment programme (IPZS)")),
    (types.PaperKind.REINTEGRATION, _("Reintegration plan of a social enterprise")),
    (types.PaperKind.CUS, _("Individual plan of social services (CUS)")),
]
METHOD_CHOICES = [
    (types.SignatureMethod.PASSWORD, _("confirmed with the password")),
    (types.SignatureMethod.PAPER, _("signed on paper")),
]
CONTACT_CHOICES = [
    (types.ContactKind.OFFICE, pgettext_lazy("contact", "At the office")),
    (types.ContactKind.PHONE, pgettext_lazy("contact", "By telephone")),
    (types.ContactKind.VISIT, pgettext_lazy("contact", "At the person's home")),
    (types.ContactKind.ONLINE, pgettext_lazy("contact", "Online")),
    (types.ContactKind.LETTER, pgettext_lazy("contact", "By letter")),
]
REMARK_CHOICES = [
    (types.RemarkKind.STATEMENT, _("What the person says to it")),
    (types.RemarkKind.CORRECTION, _("Correction")),
    (types.RemarkKind.WITHDRAWAL, _("The entry is taken back")),
]
EVENT_CHOICES = [
    (types.EventKind.STARTED, _("Began to write the plan")),
    (types.EventKind.PROPOSED, _("Sent the plan to be signed")),
    (types.EventKind.TAKEN_BACK, _("Took the plan back to change it")),
    (types.EventKind.SIGNED, _("Signed")),
    (types.EventKind.SIGNED_ON_PAPER, _("The person signed on paper")),
    (types.EventKind.AGREED, _("Everybody has signed")),
    (types.EventKind.REPLACED, _("A new version came into force")),
    (types.EventKind.CHANGE_BEGUN, _("Began a change of the plan")),
    (types.EventKind.CHANGE_DROPPED, _("Gave the change up")),
    (types.EventKind.BEGUN, _("The plan began")),
    (types.EventKind.SUSPENDED, _("The plan was suspended")),
    (types.EventKind.RESUMED, _("The plan was resumed")),
    (types.EventKind.COMPLETED, _("The plan was completed")),
    (types.EventKind.DISCONTINUED, _("The plan was discontinued")),
    (types.EventKind.ACTION_BEGUN, _("Action begun")),
    (types.EventKind.ACTION_DONE, _("Action done")),
    (types.EventKind.ACTION_NOT_DONE, _("Action not done")),
    (types.EventKind.ACTION_TAKEN_OVER, _("Action taken over")),
    (types.EventKind.EVIDENCE, _("Evidence added")),
    (types.EventKind.REVIEWED, _("Review held")),
    (types.EventKind.CONTACT, _("Contact with the person")),
    (types.EventKind.NON_COMPLIANCE, _("Non-compliance written down")),
    (types.EventKind.REMARK, _("Remark on non-compliance")),
    (types.EventKind.DIAGNOSIS, _("Diagnosis given to the parties")),
    (types.EventKind.EMPLOYMENT, _("Employment checked")),
    (types.EventKind.IMPORTED, _("Brought in from a file")),
]
PRINT_CHOICES = [
    (types.PrintForm.PERSON, _("One page for the person")),
    (types.PrintForm.WHOLE, _("The whole plan")),
]
EMPLOYMENT_CHOICES = [
    (types.Employment.EMPLOYED, _("Works for an employer")),
    (types.Employment.SELF_EMPLOYED, _("Runs a business")),
    (types.Employment.SOCIAL_ENTERPRISE, _("Works in a social enterprise")),
    (types.Employment.NOT_EMPLOYED, _("Does not work")),
    (types.Employment.UNKNOWN, _("Not known")),
]
SOURCE_CHOICES = [
    (types.EmploymentSource.PERSON, _("the person")),
    (types.EmploymentSource.EMPLOYER, _("the employer")),
    (types.EmploymentSource.INSURANCE, _("social insurance (ZUS)")),
    (types.EmploymentSource.REGISTER, _("the register of the labour office")),
    (types.EmploymentSource.NONE, _("nobody could be asked")),
]
CRITERION_CHOICES = [
    (types.Criterion.LONG_TERM_UNEMPLOYED, _("Unemployed for a year or longer")),
    (types.Criterion.ON_BENEFITS, _("Lives on benefits")),
    (types.Criterion.DISABILITY, _("Has a disability")),
    (types.Criterion.LOW_QUALIFICATIONS, _("Low qualifications")),
    (types.Criterion.CARE_DUTIES, _("Cares for somebody")),
    (types.Criterion.HOMELESSNESS, _("Homeless or in danger of it")),
]
