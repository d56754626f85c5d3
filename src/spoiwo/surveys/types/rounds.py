"""How a round of asking goes: steps, outcomes, whom it asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from spoiwo.surveys.types.questions import Subject, Words


class VersionState(StrEnum):
    """Where a version of a questionnaire stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CLOSED = "closed"


class Step(StrEnum):
    """Where a survey stands; it only ever goes forward."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"
    VERIFIED = "verified"
    PUBLISHED = "published"


class AnswerState(StrEnum):
    """Where an answer stands."""

    STARTED = "started"
    SUBMITTED = "submitted"
    QUERIED = "queried"  # a question about the answer waits for the respondent
    ACCEPTED = "accepted"


COUNTED = (AnswerState.SUBMITTED, AnswerState.QUERIED, AnswerState.ACCEPTED)


class Source(StrEnum):
    """How an answer came in."""

    LINK = "link"
    ACCOUNT = "account"
    PHONE = "phone"
    PAPER = "paper"


class Outcome(StrEnum):
    """What became of a unit of the frame."""

    WAITING = "waiting"
    PARTIAL = "partial"
    COMPLETED = "completed"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    NOT_ELIGIBLE = "not_eligible"
    OUT_OF_BUSINESS = "out_of_business"


GIVEN_BY_STAFF = (Outcome.REFUSED, Outcome.UNREACHABLE, Outcome.NOT_ELIGIBLE, Outcome.OUT_OF_BUSINESS)
NOT_IN_SCOPE = (Outcome.NOT_ELIGIBLE, Outcome.OUT_OF_BUSINESS)


class Reason(StrEnum):
    """Why a unit did not answer."""

    NONE = ""
    NO_TIME = "no_time"
    NO_TRUST = "no_trust"
    TOO_LONG = "too_long"
    NO_CONTACT = "no_contact"
    WRONG_ADDRESS = "wrong_address"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    LOST_STATUS = "lost_status"
    OTHER = "other"


REASONS: Mapping[Outcome, tuple[Reason, ...]] = {
    Outcome.REFUSED: (Reason.NO_TIME, Reason.NO_TRUST, Reason.TOO_LONG, Reason.OTHER),
    Outcome.UNREACHABLE: (Reason.NO_CONTACT, Reason.WRONG_ADDRESS, Reason.OTHER),
    Outcome.NOT_ELIGIBLE: (Reason.LOST_STATUS, Reason.OTHER),
    Outcome.OUT_OF_BUSINESS: (Reason.CLOSED, Reason.SUSPENDED, Reason.OTHER),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is said of a questionnaire as a whole."""

    code: str
    title: Words
    subject: Subject = Subject.ENTITY
    minutes_budget: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What is said of a survey: one round of asking. period: "2025" for an edition, empty for a simple survey.

    weight_question: code of a numeric question by which units weigh in the coverage.
    """

    title: str
    period: str = ""
    anonymous: bool = False
    open_link: bool = False
    opens_on: date | None = None
    closes_on: date | None = None
    weight_question: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """Somebody to be asked, as the frame freezes them."""

    name: str
    kind: str = ""
    territory: str = ""
    email: str = ""
    institution_id: int | None = None
    key: str = ""  # the same in every edition
