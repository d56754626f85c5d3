"""Values of projects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from spoiwo.institutions.types import Badge


class ParticipantState(StrEnum):
    """Where somebody stands in a project."""

    CANDIDATE = "candidate"
    NOT_INTERESTED = "not_interested"
    REFUSED = "refused"  # does not fit the project
    TAKING_PART = "taking_part"
    FINISHED = "finished"
    DROPPED_OUT = "dropped_out"


class LeavingReason(StrEnum):
    """Why somebody did not take part, or not to the end."""

    NO_INTEREST = "no_interest"
    HEALTH = "health"
    WORK = "work"  # found a job
    FAMILY = "family"
    MOVED = "moved"
    OTHER_PROJECT = "other_project"
    CRITERIA = "criteria"  # does not meet the conditions
    BREACH = "breach"  # of the rules
    NO_CONTACT = "no_contact"
    OTHER = "other"


class SupportKind(StrEnum):
    """What a project pays for."""

    PSYCHOLOGIST = "psychologist"
    CAREER = "career"
    TRAINING = "training"
    LANGUAGE = "language"
    BUSINESS = "business"  # training in starting a business
    INTERNSHIP = "internship"
    PLACEMENT = "placement"  # help in finding work
    EQUIPMENT = "equipment"
    OTHER = "other"


class SupportState(StrEnum):
    """How far a piece of support has come."""

    GOING = "going"
    DONE = "done"
    BROKEN_OFF = "broken_off"


class WorkKind(StrEnum):
    """On what terms somebody works."""

    EMPLOYMENT = "employment"
    CIVIL = "civil"
    SELF_EMPLOYED = "self_employed"
    SUPPORTED = "supported"


class EmployerAnswer(StrEnum):
    """What an employer said when asked for a place."""

    AGREED = "agreed"
    NOT_INTERESTED = "not_interested"
    NO_PLACES = "no_places"
    NOT_ADAPTED = "not_adapted"  # the workplace does not suit people with disabilities
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDetails:
    """What a project is."""

    number: str
    title: str
    fund: str = ""
    is_competitive: bool = True
    budget_pln: Decimal | None = None
    starts_on: date
    ends_on: date
    planned_participants: int = 0
    planned_internships: int = 0
    for_whom: str = ""
    partners: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantDetails:
    """Somebody in a project. record: public id of the own register's record, when there is one."""

    first_name: str
    last_name: str
    birth_date: date | None = None
    record: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportDetails:
    """A piece of support. cost_pln: what the project paid for this person."""

    kind: SupportKind
    name: str = ""
    starts_on: date
    ends_on: date | None = None
    hours: Decimal | None = None
    cost_pln: Decimal | None = None
    employer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """A piece of support as far as double financing goes. key: its row, project: id of the project that pays."""

    key: int
    project: int
    kind: SupportKind
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class ProjectChoice:
    """A project that may pay for an action of somebody's plan. takes_part: whether the person is in it."""

    pk: int
    uuid: UUID
    number: str
    title: str
    takes_part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """That a person is in a project, of whichever institution, as far as the reader may know."""

    project_id: int
    number: str
    title: str
    institution: Badge
    state: ParticipantState
    starts_on: date
    ends_on: date | None
    is_own: bool
    kinds: Sequence[SupportKind] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleFinancing:
    """The same kind of support for one person from two projects at the same time."""

    participant: UUID
    name: str
    kind: SupportKind
    own_support: int
    other_project: str
    other_institution: Badge
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a project has done so far; people are counted once, by identity."""

    candidates: int = 0
    taken_in: int = 0
    taking_part: int = 0
    finished: int = 0
    dropped_out: int = 0
    not_interested: int = 0
    internships: int = 0
    interns: int = 0
    broken_internships: int = 0
    working: int = 0
    hours: Decimal = Decimal()
    cost_pln: Decimal = Decimal()
    employers_asked: int = 0
    employers_refused: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    refusals: Mapping[str, int] = field(default_factory=dict)
    supported: Mapping[str, int] = field(default_factory=dict)
