"""What the access log is asked for, and how its lines read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
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
    the newest file holds it no more. given: institution, categories, agreement, purposes. looks: lines of the log
    about the person, newest first; more: how many older ones are left out.
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
    given: Sequence[tuple[str, str, str, str]]
    looks: Sequence[Line]
    more: int
