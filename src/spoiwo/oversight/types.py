"""What the access log is asked for, and how its lines read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from spoiwo.audit.types import SealMark


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
