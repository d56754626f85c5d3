"""What the access log is asked for, and how its lines read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from spoiwo.audit.types import SealMark

SUBJECT_ACCESS = "subject_access"  # purpose on record: a person asked what is held about them (Article 15)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Which lines of the own institution's log: days inclusive, None and empty stand for any.

    person: part of a name, or the number in the own register. strangers: only what other institutions did.
    """

    first: date | None = None
    last: date | None = None
    worker_id: int = 0
    person: str = ""
    purpose: str = ""
    action: str = ""
    outcome: str = ""
    strangers: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that happened, in words a reader may see.

    who: a name for own staff, otherwise a code that stays the same for one person. whom: only own clients are named.
    """

    at: datetime
    who: str
    institution: str
    action: str
    whom: str
    purpose: str
    basis: str
    agreement: str
    data: str
    count: int
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Words for codes that the log holds."""

    workers: Mapping[UUID, str] = field(default_factory=dict)
    institutions: Mapping[int, str] = field(default_factory=dict)
    clients: Mapping[UUID, str] = field(default_factory=dict)
    purposes: Mapping[str, str] = field(default_factory=dict)
    bases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealing:
    """The newest seal, how many records wait for the next one, and whether they have waited too long."""

    newest: SealMark | None
    unsealed: int
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReport:
    """What a person is told who asks (Article 15 of the GDPR); texts ready to read.

    institution: name and address of the controller. officer: the data protection officer, empty when none is named.
    values: of the newest register. former: until which day, and what it said. facts: category, kind, text, and whether
    the newest file holds it no more. kept: day, what, details of everything beside the register. given: institution,
    categories, agreement, purposes. looks: lines of the log about the person, newest first; more: how many older ones
    are left out.
    """

    name: str
    institution: tuple[str, str]
    officer: str
    as_of: date | None
    facts_as_of: date | None
    in_force: bool
    values: Sequence[tuple[str, str]]
    former: Sequence[tuple[date, Sequence[tuple[str, str]]]]
    facts: Sequence[tuple[str, str, str, bool]]
    kept: Sequence[tuple[str, str, str]]
    given: Sequence[tuple[str, str, str, str]]
    looks: Sequence[Line]
    more: int


class Oddity(StrEnum):
    """Why a look is worth a second one; the codes never change."""

    SELF = "self"
    SURNAME = "surname"
    COLLEAGUE = "colleague"
    VOLUME = "volume"
    NIGHT = "night"
    NO_RELATION = "no_relation"


class State(StrEnum):
    """What became of a finding."""

    OPEN = "open"
    DISMISSED = "dismissed"
    INCIDENT = "incident"


class Risk(StrEnum):
    """What an incident means for the people concerned (Articles 33 and 34 of the GDPR)."""

    UNKNOWN = "unknown"
    UNLIKELY = "unlikely"
    RISK = "risk"
    HIGH = "high"


class Source(StrEnum):
    """How an incident came to light."""

    EMERGENCY = "emergency"
    FINDING = "finding"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedLook:
    """A look of an own worker at a person, as it is examined.

    at: local time. names: "first last" folded, of the worker and of the client, empty when unknown. since, until:
    days between which the institution could know the person, None for none and for no end.
    """

    seq: int
    at: datetime
    actor: UUID
    person: UUID
    worker: str
    client: str
    relations: Sequence[tuple[date, date | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Odd:
    """Something unusual found in looks."""

    oddity: Oddity
    actor: UUID
    person: UUID | None
    at: datetime
    seq: int
    count: int = 1
    usual: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDetails:
    """What is written down about an incident."""

    description: str
    risk: Risk
    people_affected: int | None
    measures: str
    authority_told_on: date | None
    people_told_on: date | None
