"""Codes and values of clients: status kinds, fact vocabulary, how a value compares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from spoiwo.access.types import Category

OPEN_GENERATION = 2_147_483_647  # last_generation of a row that no later extract has replaced


class Status(StrEnum):
    """The person's status at the institution, as its register says."""

    UNEMPLOYED_WITH_BENEFIT = "unemployed_with_benefit"
    UNEMPLOYED_WITHOUT_BENEFIT = "unemployed_without_benefit"
    JOBSEEKER = "jobseeker"
    INACTIVE = "inactive"
    LONG_TERM_BENEFIT = "long_term_benefit"
    TEMPORARY_BENEFIT = "temporary_benefit"
    TARGETED_BENEFIT = "targeted_benefit"
    FAMILY_ASSISTANT = "family_assistant"
    SOCIAL_WORK = "social_work"
    FOSTER_CARE = "foster_care"
    NO_LONGER_SERVED = "no_longer_served"
    OTHER = "other"


class DocumentKind(StrEnum):
    """Kinds of identity document."""

    ID = "ID"
    PASSPORT = "PASSPORT"
    RESIDENCE = "RESIDENCE"
    OTHER = "OTHER"


class RegisterKind(StrEnum):
    """The two files an institution brings in."""

    REGISTER = "register"
    FACTS = "facts"


class FactKind(StrEnum):
    """What a fact is about; the documented vocabulary of the facts file."""

    HOUSEHOLD_SIZE = "household_size"
    CHILDREN = "children"
    HOUSING = "housing"
    HOMELESSNESS = "homelessness"
    RENT_ARREARS = "rent_arrears"
    INCOME_PER_PERSON = "income_per_person"
    CARE_DUTIES = "care_duties"
    EDUCATION = "education"
    OCCUPATION = "occupation"
    LAST_JOB = "last_job"
    EMPLOYMENT = "employment"
    QUALIFICATION = "qualification"
    TRAINING = "training"
    INTERNSHIP = "internship"
    COUNSELLING = "counselling"
    JOB_OFFER = "job_offer"
    SOCIAL_CONTRACT = "social_contract"
    INDIVIDUAL_ACTION_PLAN = "individual_action_plan"
    SOCIAL_EMPLOYMENT = "social_employment"
    PUBLIC_WORKS = "public_works"
    UNEMPLOYMENT_BENEFIT = "unemployment_benefit"
    PERMANENT_ALLOWANCE = "permanent_allowance"
    PERIODIC_ALLOWANCE = "periodic_allowance"
    TARGETED_ALLOWANCE = "targeted_allowance"
    HOUSING_ALLOWANCE = "housing_allowance"
    MEALS = "meals"
    FAMILY_ASSISTANT = "family_assistant"
    SOCIAL_WORK = "social_work"
    DISABILITY = "disability"
    ADDICTION = "addiction"
    HEALTH = "health"
    VIOLENCE = "violence"
    OTHER = "other"


FACT_CATEGORIES: Mapping[FactKind, Category] = MappingProxyType(
    {
        FactKind.HOUSEHOLD_SIZE: Category.LIFE_SITUATION,
        FactKind.CHILDREN: Category.LIFE_SITUATION,
        FactKind.HOUSING: Category.LIFE_SITUATION,
        FactKind.HOMELESSNESS: Category.LIFE_SITUATION,
        FactKind.RENT_ARREARS: Category.LIFE_SITUATION,
        FactKind.INCOME_PER_PERSON: Category.LIFE_SITUATION,
        FactKind.CARE_DUTIES: Category.LIFE_SITUATION,
        FactKind.EDUCATION: Category.WORK_HISTORY,
        FactKind.OCCUPATION: Category.WORK_HISTORY,
        FactKind.LAST_JOB: Category.WORK_HISTORY,
        FactKind.EMPLOYMENT: Category.WORK_HISTORY,
        FactKind.QUALIFICATION: Category.WORK_HISTORY,
        FactKind.TRAINING: Category.MEASURES,
        FactKind.INTERNSHIP: Category.MEASURES,
        FactKind.COUNSELLING: Category.SUPPORT_GIVEN,
        FactKind.JOB_OFFER: Category.SUPPORT_GIVEN,
        FactKind.SOCIAL_CONTRACT: Category.MEASURES,
        FactKind.INDIVIDUAL_ACTION_PLAN: Category.MEASURES,
        FactKind.SOCIAL_EMPLOYMENT: Category.MEASURES,
        FactKind.PUBLIC_WORKS: Category.MEASURES,
        FactKind.UNEMPLOYMENT_BENEFIT: Category.BENEFITS,
        FactKind.PERMANENT_ALLOWANCE: Category.BENEFITS,
        FactKind.PERIODIC_ALLOWANCE: Category.BENEFITS,
        FactKind.TARGETED_ALLOWANCE: Category.BENEFITS,
        FactKind.HOUSING_ALLOWANCE: Category.BENEFITS,
        FactKind.MEALS: Category.SUPPORT_GIVEN,
        FactKind.FAMILY_ASSISTANT: Category.SUPPORT_GIVEN,
        FactKind.SOCIAL_WORK: Category.SUPPORT_GIVEN,
        FactKind.DISABILITY: Category.SENSITIVE,
        FactKind.ADDICTION: Category.SENSITIVE,
        FactKind.HEALTH: Category.SENSITIVE,
        FactKind.VIOLENCE: Category.SENSITIVE,
        FactKind.OTHER: Category.SUPPORT_GIVEN,
    }
)


class DecisionKind(StrEnum):
    """What an identity decision does."""

    LINK = "link"
    SPLIT = "split"
    APART = "apart"  # the two records were never linked, and must not be


@dataclass(slots=True, kw_only=True)
class RegisterRow:
    """One row of a register extract, read and checked; texts trimmed, empty when the office gave nothing.

    Not frozen: a hundred thousand of them are made per import, and frozen ones cost twice the time.
    """

    local_id: str
    first_name: str
    last_name: str
    household_id: str = ""
    pesel: str = ""
    document_kind: str = ""
    document_no: str = ""
    second_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    sex: str = ""
    citizenship: str = ""
    teryt: str = ""
    place: str = ""
    postal_code: str = ""
    street: str = ""
    house: str = ""
    flat: str = ""
    phone: str = ""
    email: str = ""
    status: str = ""
    status_from: date | None = None
    status_to: date | None = None
    case_ref: str = ""
    worker: str = ""
    updated_at: date | None = None


@dataclass(slots=True, kw_only=True)
class FactRow:
    """One row of a facts file, read and checked."""

    local_id: str
    category: Category
    kind: FactKind
    value: str = ""
    unit: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""


@dataclass(slots=True)
class Tally:
    """What rows of a file would change, or changed, in the register."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def add(self, other: "Tally") -> None:
        """Add the figures of another part of the file."""
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged


class ComparedHead(NamedTuple):
    """Which values of which record are in force."""

    version: int
    record: int


class ComparedValues(NamedTuple):
    """Values in force of one record, as the matching of registers needs them.

    cells: text by column of the register extract, numbers opened, dates as ISO; what is unknown is left out.
    """

    version: int
    record: int
    institution: int
    cells: dict[str, str]
