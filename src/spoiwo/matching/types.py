"""What the matching engine is given and what it says about a pair of records."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


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
    DOCUMENT = "document_no"
    EMAIL = "email"


class Rule(StrEnum):
    """What brought two records together; the codes never change."""

    PESEL_ONE_FIELD = "pesel_one_field"
    PESEL_CONTRADICTS = "pesel_contradicts"
    PESEL_ALONE = "pesel_alone"
    PESEL_INVALID = "pesel_invalid"
    PESEL_SLIP = "pesel_slip"
    DOCUMENT = "document"
    NAMES_BIRTH_DATE = "names_birth_date"
    NAMES_SWAPPED = "names_swapped"
    SURNAME_CHANGED = "surname_changed"
    NAMES_CONTACT = "names_contact"
    BIRTH_DATE_SLIP = "birth_date_slip"
    BIRTH_DATE_CONTACT = "birth_date_contact"


Pair = tuple[int, int]  # two record ids, the smaller first


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Verdict on a pair after rivals were compared: the rule that decided, a mark per compared field (Field
    codes), and the institutions in the order of the pair.
    """

    verdict: Verdict
    rule: str
    marks: Mapping[str, Mark]
    left_institution: int
    right_institution: int

    @property
    def is_duplicate(self) -> bool:
        """Whether both records are of one register."""
        return self.left_institution == self.right_institution

    def beside(self, institution_id: int) -> int:
        """The other institution of the pair."""
        return self.right_institution if self.left_institution == institution_id else self.left_institution


@dataclass(slots=True, kw_only=True)
class MatchCounts:
    """What a run of matching did; adds up over the parts of a run.

    proposed, duplicates: new proposals with other institutions, and inside the own register. capped: keys that so
    many records share that they mean nobody.
    """

    records: int = 0
    pairs: int = 0
    linked: int = 0
    proposed: int = 0
    duplicates: int = 0
    obsolete: int = 0
    vanished: int = 0
    capped: int = 0

    def add(self, other: "MatchCounts") -> None:
        """Add the figures of another part."""
        self.records += other.records
        self.pairs += other.pairs
        self.linked += other.linked
        self.proposed += other.proposed
        self.duplicates += other.duplicates
        self.obsolete += other.obsolete
        self.vanished += other.vanished
        self.capped += other.capped
