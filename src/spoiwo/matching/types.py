"""What the matching engine says about a pair of records."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Verdict on a pair: the rule that decided and a mark per compared field."""

    verdict: Verdict
    rule: str
    marks: dict[str, Mark]
