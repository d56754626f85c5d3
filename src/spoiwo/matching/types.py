"""What the matching engine is given and what it says about a pair of records."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

STRATEGY = "exact-1"  # written on every decision; a change of the rules gets a new name


class Verdict(StrEnum):
    """What follows from the evidence; `auto` is a verdict, a link needs a person or an agreement's rule."""

    AUTO = "auto"
    REVIEW = "review"


class Mark(StrEnum):
    """How one field of two records compares; all that a reviewer learns of the other record."""

    AGREES = "agrees"
    SIMILAR = "similar"
    CONTRADICTS = "contradicts"
    MISSING = "missing"


class Field(StrEnum):
    """Fields that are compared, in the order in which they are shown."""

    PESEL = "pesel"
    FIRST_NAME = "first_name"
    SECOND_NAME = "second_name"
    LAST_NAME = "last_name"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    ADDRESS = "address"
    PHONE = "phone"


class Rule(StrEnum):
    """What brought two records together; the codes never change."""

    PESEL_ONE_FIELD = "pesel_one_field"
    PESEL_CONTRADICTS = "pesel_contradicts"
    PESEL_ALONE = "pesel_alone"
    NAMES_BIRTH_DATE = "names_birth_date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One record as the engine sees it.

    pesel: blind index of a checksum-valid number that is no filler, else None. Texts as the office wrote them,
    empty when unknown.
    """

    pesel: bytes | None = None
    first_name: str = ""
    second_name: str = ""
    last_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    sex: str = ""
    teryt: str = ""
    street: str = ""
    house: str = ""
    flat: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Verdict on a pair: the rule that decided and a mark per compared field (Field codes)."""

    verdict: Verdict
    rule: str
    marks: dict[str, Mark]


@dataclass(slots=True, kw_only=True)
class MatchCounts:
    """What a run of matching did; adds up over the parts of a run.

    capped: groups of records with one number or one name and birth date that were too large to compare.
    """

    records: int = 0
    pairs: int = 0
    linked: int = 0
    proposed: int = 0
    obsolete: int = 0
    vanished: int = 0
    capped: int = 0

    def add(self, other: "MatchCounts") -> None:
        """Add the figures of another part."""
        self.records += other.records
        self.pairs += other.pairs
        self.linked += other.linked
        self.proposed += other.proposed
        self.obsolete += other.obsolete
        self.vanished += other.vanished
        self.capped += other.capped
