"""What monitoring passes around."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """How far a version of a card has come."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    RETIRED = "retired"


class Side(StrEnum):
    """The four sides of the sector that are watched."""

    ENTERPRISES = "enterprises"
    CENTRES = "centres"
    ADMINISTRATION = "administration"
    RISK = "risk"


class Step(StrEnum):
    """What people do with a version."""

    SEND = "send"
    TAKE_BACK = "take_back"
    APPROVE = "approve"


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDraft:
    """A card as somebody writes it; entry: the computed part as in cards files, texts: the rest by field code."""

    code: str
    name_pl: str
    name_en: str
    side: Side
    entry: Mapping[str, object]
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One observation as it comes in; status: a code of the observations file."""

    measure: str
    unit: str
    territory: str
    period: str
    value: float | None
    status: str = "ok"
    cell: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """One figure of a card."""

    territory: str
    level: int
    period: str
    cell: tuple[str | None, ...]
    numerator: float | None
    denominator: float | None
    value: float | None
    n_units: int | None
    coverage: float | None
    status: str

    @property
    def key(self) -> tuple[int, str, str, tuple[str | None, ...]]:
        """Where it stands."""
        return self.level, self.territory, self.period, self.cell


@dataclass(frozen=True, slots=True)
class Change:
    """One published figure that a new version would change; None where there is no figure."""

    before: Found | None
    after: Found | None

    @property
    def place(self) -> Found:
        """The figure that says where."""
        found = self.after or self.before
        assert found is not None
        return found
