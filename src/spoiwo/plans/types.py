"""Codes of joint plans and the values their parts pass around."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

PERSON = 0  # owner of an action: the person whom the plan is about, who is a party too


class PlanState(StrEnum):
    """Where a plan stands; the codes never change."""

    DRAFT = "draft"
    NEGOTIATION = "negotiation"
    AGREED = "agreed"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    DISCONTINUED = "discontinued"


OPEN_STATES = frozenset(set(PlanState) - {PlanState.COMPLETED, PlanState.DISCONTINUED})


class VersionState(StrEnum):
    """Where a version of a plan stands."""

    DRAFT = "draft"
    NEGOTIATION = "negotiation"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What the parties can do with a whole plan."""

    BEGIN = "begin"
    SUSPEND = "suspend"
    RESUME = "resume"
    COMPLETE = "complete"
    DISCONTINUE = "discontinue"


class Area(StrEnum):
    """The nine areas in which a labour office and a welfare centre work together."""

    SELECTION = "selection"
    SERVICES = "services"
    INFORMATION = "information"
    PLANNING = "planning"
    TRAINING = "training"
    MOTIVATION = "motivation"
    WORK = "work"
    FINANCE = "finance"
    SUPPORTED_EMPLOYMENT = "supported_employment"


class ActionState(StrEnum):
    """Where an action stands; being overdue follows from its date."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    NOT_DONE = "not_done"
    CANCELLED = "cancelled"


OPEN_ACTIONS = frozenset({ActionState.PLANNED, ActionState.IN_PROGRESS})


class PrintForm(StrEnum):
    """What a plan is printed as."""

    PERSON = "osoba"
    WHOLE = "calosc"


class WorkerRole(StrEnum):
    """What a worker does for the person in the plan."""

    SOCIAL_WORKER = "social_worker"
    CAREER_ADVISER = "career_adviser"
    JOB_BROKER = "job_broker"
    PERSONAL_ADVISER = "personal_adviser"


class PaperKind(StrEnum):
    """Papers that the law asks of an institution and that a joint plan links."""

    IPD = "ipd"
    CONTRACT_A = "contract_a"
    CONTRACT_B = "contract_b"
    IPZS = "ipzs"
    REINTEGRATION = "reintegration"
    CUS = "cus"


class SignatureMethod(StrEnum):
    """How a party agreed."""

    PASSWORD = "password"  # noqa: S105 a code, not a secret
    PAPER = "paper"


class ContactKind(StrEnum):
    """How a contact with the person took place."""

    OFFICE = "office"
    PHONE = "phone"
    VISIT = "visit"
    ONLINE = "online"
    LETTER = "letter"


class RemarkKind(StrEnum):
    """What is added to an entry about non-compliance; the entry itself never changes."""

    STATEMENT = "statement"  # what the person says to it
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"


class EventKind(StrEnum):
    """What a plan's journal tells."""

    STARTED = "started"
    PROPOSED = "proposed"
    TAKEN_BACK = "taken_back"
    SIGNED = "signed"
    SIGNED_ON_PAPER = "signed_on_paper"
    AGREED = "agreed"
    REPLACED = "replaced"
    CHANGE_BEGUN = "change_begun"
    CHANGE_DROPPED = "change_dropped"
    BEGUN = "begun"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    COMPLETED = "completed"
    DISCONTINUED = "discontinued"
    ACTION_BEGUN = "action_begun"
    ACTION_DONE = "action_done"
    ACTION_NOT_DONE = "action_not_done"
    ACTION_TAKEN_OVER = "action_taken"
    EVIDENCE = "evidence"
    REVIEWED = "reviewed"
    CONTACT = "contact"
    NON_COMPLIANCE = "non_compliance"
    REMARK = "remark"
    DIAGNOSIS = "diagnosis"
    EMPLOYMENT = "employment"
    IMPORTED = "imported"


class Employment(StrEnum):
    """Whether the person worked when somebody looked."""

    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    SOCIAL_ENTERPRISE = "social_enterprise"
    NOT_EMPLOYED = "not_employed"
    UNKNOWN = "unknown"


EMPLOYED = frozenset({Employment.EMPLOYED, Employment.SELF_EMPLOYED, Employment.SOCIAL_ENTERPRISE})


class EmploymentSource(StrEnum):
    """Where the knowledge about employment comes from."""

    PERSON = "person"
    EMPLOYER = "employer"
    INSURANCE = "insurance"
    REGISTER = "register"
    NONE = "none"


class Criterion(StrEnum):
    """Why a common client is chosen for joint work."""

    LONG_TERM_UNEMPLOYED = "long_term_unemployed"
    ON_BENEFITS = "on_benefits"
    DISABILITY = "disability"
    LOW_QUALIFICATIONS = "low_qualifications"
    CARE_DUTIES = "care_duties"
    HOMELESSNESS = "homelessness"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDraft:
    """One action as a version of a plan names it.

    owner: id of the institution that answers for it, PERSON for the person's own task. responsible: account of
    the worker, 0 for nobody named. project: number or name of the project that pays. evidence: what will prove it.
    """

    key: str
    text: str
    area: Area
    owner: int
    responsible: int = 0
    responsible_name: str = ""
    service: str = ""
    starts_on: date
    due_on: date
    evidence: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalDraft:
    """A goal: what will be different, how that is measured, from which state to which, by when."""

    key: str
    text: str
    measure: str
    baseline: str
    target: str
    due_on: date
    actions: tuple[ActionDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """An amount of the decreasing financial support, paid from a day on by an institution."""

    from_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A statutory paper of one party, with its number and date."""

    kind: PaperKind
    owner: int
    number: str
    signed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Who works with the person in a role of the plan."""

    role: WorkerRole
    institution: int
    user: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything a version of a plan says. parties: ids of the institutions that must sign; the person signs too."""

    parties: tuple[int, ...]
    starts_on: date
    ends_on: date
    problem: str = ""
    goals: tuple[GoalDraft, ...] = ()
    payments: tuple[Payment, ...] = ()
    papers: tuple[Paper, ...] = ()
    workers: tuple[Worker, ...] = ()


class FaultKind(StrEnum):
    """What is wrong with a version of a plan."""

    NO_PROBLEM = "no_problem"
    NO_GOALS = "no_goals"
    GOAL_WITHOUT_ACTION = "goal_without_action"
    OWNER_NOT_PARTY = "owner_not_party"
    ENDS_BEFORE_START = "ends_before_start"
    OUTSIDE_PLAN = "outside_plan"
    SUPPORT_RISES = "support_rises"
    SAME_DAY_TWICE = "same_day_twice"
    WORKER_NOT_OF_PARTY = "worker_not_of_party"
    PAPER_NOT_OF_PARTY = "paper_not_of_party"
    NO_WORKER = "no_worker"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that keeps a version from being proposed. about: words of the goal, action or amount."""

    kind: FaultKind
    about: str = ""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What one version says differently from another: which part, which field, both values (None: not there).

    part: "plan", "goal", "action", "payment", "paper", "worker"; label: words of the thing as the newer version,
    or else the older one, names it. field: "" when the whole thing was added or taken out.
    """

    part: str
    label: str
    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """An action as reviews and progress need it."""

    text: str
    owner: int
    state: ActionState
    due_on: date
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What a review talks about; since: of the review before, or when the plan began."""

    overdue: tuple[str, ...] = ()
    finished: tuple[str, ...] = ()
    not_done: tuple[str, ...] = ()
    coming: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a plan has come; cancelled actions do not count."""

    actions: int
    done: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An own common client as criteria see them. codes: kinds of facts in the own register with their values."""

    record: int
    status: str
    status_from: date | None
    facts: tuple[tuple[str, str], ...] = field(default_factory=tuple)
