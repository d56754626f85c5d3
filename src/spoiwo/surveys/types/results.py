"""What answers come to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from spoiwo.surveys.types.questions import QuestionKind, Words


class Status(StrEnum):
    """What stands behind a value, for those who count: a missing answer is never zero."""

    OK = "ok"
    MISSING = "missing"
    ZERO_REPORTED = "zero_reported"
    NA = "na"


@dataclass(frozen=True, slots=True)
class Observation:
    """One value for those who count: monitoring reads nothing else of a survey.

    question: field code (a cell of a matrix is question.row.column). unit_of_measure: as the question says.
    """

    questionnaire: str
    question: str
    unit: str
    kind: str
    territory: str
    period: str
    value: Decimal | None
    status: Status
    unit_of_measure: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture: what it says, how many, of how many; None when too few to be shown."""

    label: str
    count: int | None
    share: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was answered to one field. asked: to how many it applied; missing: unanswered or without data."""

    code: str
    label: Words
    kind: QuestionKind
    asked: int = 0
    answered: int = 0
    unknown: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)  # choice code -> answers
    numbers: tuple[Decimal, ...] = ()
    texts: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        """Asked but not answered, or answered with "no data"."""
        return self.asked - self.answered


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told of the numbers answered to a field."""

    n: int
    total: Decimal
    mean: Decimal
    median: Decimal
    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many units came how far."""

    frame: int
    invited: int
    opened: int
    started: int
    submitted: int
    accepted: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Response of one stratum: units in scope, those that answered, and the same by weight."""

    stratum: str
    in_scope: int
    answered: int
    weight_in_scope: Decimal
    weight_answered: Decimal

    @property
    def rate(self) -> Decimal | None:
        """Response rate by units, None without units."""
        return Decimal(self.answered) / self.in_scope if self.in_scope else None

    @property
    def weighted(self) -> Decimal | None:
        """Response rate by weight, None without weight."""
        return self.weight_answered / self.weight_in_scope if self.weight_in_scope else None


@dataclass(frozen=True, slots=True)
class Panel:
    """Change of a number between two editions: among those who answered both, and of the totals."""

    code: str
    units: int
    matched_before: Decimal
    matched_now: Decimal
    gross_before: Decimal
    gross_now: Decimal

    @property
    def matched_change(self) -> Decimal | None:
        """Relative change in the matched panel, None without a base."""
        if not self.matched_before:
            return None
        return (self.matched_now - self.matched_before) / self.matched_before


class BreakKind(StrEnum):
    """Why a series does not go on from the edition before."""

    NEW = "new"
    KIND = "kind"
    UNIT = "unit"
    CHOICES = "choices"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Break:
    """A question whose answers cannot simply be compared with the edition before."""

    code: str
    kind: BreakKind
