"""Codes and values of referrals."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from spoiwo.access.types import Category


class State(StrEnum):
    """Where a referral stands."""

    SENT = "sent"
    RECEIVED = "received"
    NEEDS_INFO = "needs_info"
    WAITLISTED = "waitlisted"
    ACCEPTED = "accepted"
    STARTED = "started"
    COMPLETED = "completed"
    DISCONTINUED = "discontinued"
    NO_SHOW = "no_show"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Step(StrEnum):
    """What can be done with a referral."""

    SEND = "send"
    RECEIVE = "receive"
    ASK = "ask"
    ANSWER = "answer"
    WAITLIST = "waitlist"
    ACCEPT = "accept"
    REJECT = "reject"
    START = "start"
    COMPLETE = "complete"
    DISCONTINUE = "discontinue"
    NO_SHOW = "no_show"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    ACKNOWLEDGE = "acknowledge"
    ESCALATE = "escalate"


class Side(StrEnum):
    """Who acts."""

    SENDER = "sender"
    RECEIVER = "receiver"
    CLOCK = "clock"


class Outcome(StrEnum):
    """How a referral ended; which codes fit which step is a rule."""

    EMPLOYED = "employed"
    SUBSIDISED_JOB = "subsidised_job"
    OWN_BUSINESS = "own_business"
    TRAINED = "trained"
    NEXT_SUPPORT = "next_support"
    GOAL_REACHED = "goal_reached"
    NO_CHANGE = "no_change"
    NO_PLACES = "no_places"
    NOT_ELIGIBLE = "not_eligible"
    OUTSIDE_AREA = "outside_area"
    MISSING_PAPERS = "missing_papers"
    PERSON_DECLINED = "person_declined"
    FOUND_JOB = "found_job"
    HEALTH = "health"
    MOVED_AWAY = "moved_away"
    LEFT = "left"
    BREACH = "breach"
    DID_NOT_COME = "did_not_come"
    FOUND_ELSEWHERE = "found_elsewhere"
    MISTAKE = "mistake"
    NO_ANSWER = "no_answer"
    OTHER = "other"


class Basis(StrEnum):
    """On what ground the packet travels."""

    AGREEMENT = "agreement"
    CONSENT = "consent"


class PacketField(StrEnum):
    """What a packet may hold beside the name."""

    BIRTH_DATE = "birth_date"
    PESEL = "pesel"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    STATUS = "status"
    SITUATION = "situation"
    SUPPORT_SO_FAR = "support_so_far"
    SPECIAL_NEEDS = "special_needs"


CATEGORY_OF: Mapping[PacketField, Category] = MappingProxyType(
    {
        PacketField.BIRTH_DATE: Category.IDENTITY,
        PacketField.PESEL: Category.IDENTITY,
        PacketField.PHONE: Category.CONTACT,
        PacketField.EMAIL: Category.CONTACT,
        PacketField.ADDRESS: Category.CONTACT,
        PacketField.STATUS: Category.STATUS,
        PacketField.SITUATION: Category.LIFE_SITUATION,
        PacketField.SUPPORT_SO_FAR: Category.SUPPORT_GIVEN,
        PacketField.SPECIAL_NEEDS: Category.SENSITIVE,
    }
)
FROM_REGISTER = (
    *(PacketField.BIRTH_DATE, PacketField.PESEL, PacketField.PHONE, PacketField.EMAIL),
    *(PacketField.ADDRESS, PacketField.STATUS),
)
WRITTEN = (PacketField.SITUATION, PacketField.SUPPORT_SO_FAR, PacketField.SPECIAL_NEEDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReferral:
    """A referral as its sender writes it down.

    place, client: public ids of the place and of the sender's own record. chosen: fields of the register that
    travel; written: fields the sender writes. answers: code of the check -> "yes", "no" or "unknown".
    previous: public id of a rejected or ended referral that this one repeats. action: public id of the action of a
    plan for which a place was looked for.
    """

    place: UUID
    client: UUID
    reason: str
    chosen: frozenset[PacketField] = frozenset()
    written: Mapping[PacketField, str] = field(default_factory=lambda: MappingProxyType({}))
    basis: Basis = Basis.AGREEMENT
    consent_on: date | None = None
    case_ref: str = ""
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    previous: UUID | None = None
    action: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDetails:
    """What goes along with a step. seen_version: the version that its author saw; 0 when nobody looked."""

    step: Step
    seen_version: int = 0
    outcome: Outcome | None = None
    note: str = ""
    by_day: date | None = None
    answers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Ground:
    """What allows a packet: number of the agreement and legal basis with its version, and the categories given."""

    agreement: str
    legal_basis: str
    categories: frozenset[Category]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """What a list of referrals is narrowed to. side: sent or received ones; state: a State, "open" or "closed"."""

    side: Side
    state: str = "open"
    text: str = ""
    overdue: bool = False
    sort: str = "due"


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of a file that was not taken, with codes of every reason."""

    number: int
    cells: Mapping[str, str]
    problems: tuple[str, ...]
