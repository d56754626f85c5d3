"""What passes between two offices and the platform: tokens there, answers back, sealed fields of people in common."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

ALIAS_BYTES = 8
TOKEN_BYTES = 10
ROOT_BYTES = 32


class Level(StrEnum):
    """How certain it is that two rows are one person."""

    SURE = "sure"
    POSSIBLE = "possible"


class Row(NamedTuple):
    """One row of an envelope. tokens: (place of the kind, keyed digest)."""

    alias: bytes
    tokens: Sequence[tuple[int, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What an envelope says of itself; signed, and all that anybody can read of it.

    agreement, epoch: the round it is for. signer: public key of the office. rows: with padding. root: commitment to
    the register it was made of. body: SHA-256 of the rows.
    """

    agreement: str
    epoch: int
    signer: str
    rows: int
    root: str
    body: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """The tokens of one office."""

    header: Header
    rows: Sequence[Row]


class Match(NamedTuple):
    """Two rows, of the left and of the right envelope, that are or may be one person."""

    left: bytes
    right: bytes
    level: Level


class Found(NamedTuple):
    """A row of the own envelope that the other side has too; link: what both sides call the pair."""

    alias: bytes
    level: Level
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the platform tells one office: its own rows that are in common, and nothing else."""

    agreement: str
    epoch: int
    found: Sequence[Found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """Fields of people in common, each sealed for the other office alone. link -> sealed."""

    agreement: str
    epoch: int
    sealed: Mapping[str, bytes] = field(default_factory=dict)
