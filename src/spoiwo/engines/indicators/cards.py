"""Cards as the engines need them, and cards files (TOML). What each field means: docs/reference/indicators.md."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from spoiwo.kernel.errors import DomainError
from spoiwo.kernel.expressions.nodes import (
    FormulaError,
    Institutions,
    Node,
    Operand,
    ResponseRate,
    Window,
    operands,
    parts,
)
from spoiwo.kernel.expressions.parsing import parse
from spoiwo.kernel.expressions.shifting import a_year_before

RESERVED = ("measure", "unit_id", "territory", "period", "value", "status")
RESULT = ("card", "territory", "level", "period", "numerator", "denominator", "value", "n_units", "coverage")
LEVELS = (2, 4, 7)
Choice = TypeVar("Choice", bound=StrEnum)


class Kind(StrEnum):
    """What sort of figure a card gives."""

    COUNT = "count"
    SUM = "sum"
    RATIO = "ratio"
    SHARE = "share"
    RATE = "rate"
    AVERAGE = "average"
    CHANGE = "change"


class Grain(StrEnum):
    """Length of the periods of the result."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"

    @property
    def months(self) -> int:
        """How many months a period of this grain has."""
        return {Grain.YEAR: 12, Grain.QUARTER: 3, Grain.MONTH: 1}[self]


class TimeRule(StrEnum):
    """How a finer period becomes a longer one."""

    SUM = "sum"
    LAST = "last"
    AVERAGE = "average"


class SpaceRule(StrEnum):
    """Whether figures of places and units add up."""

    SUM = "sum"
    NONE = "none"


class MissingRule(StrEnum):
    """What a missing answer does."""

    REQUIRE_ALL = "require_all"
    SKIP = "skip"
    ZERO = "zero"


class Protects(StrEnum):
    """Whom the disclosure rules of a card protect."""

    ENTITIES = "entities"
    PERSONS = "persons"
    SENSITIVE = "sensitive"
    OPEN = "open"  # nobody: what public bodies do is public anyway


class CardUnusable(DomainError):
    """A card cannot be computed. `reason` is a code, `detail` what it is about, `code` the card."""

    def __init__(self, code: str, reason: str, detail: str = ""):
        super().__init__(f"{code}: {reason} {detail}".rstrip())
        self.code = code
        self.reason = reason
        self.detail = detail


NEEDS_DENOMINATOR = frozenset({Kind.RATIO, Kind.SHARE, Kind.RATE})
NO_DENOMINATOR = frozenset({Kind.COUNT, Kind.SUM})


@dataclass(frozen=True, kw_only=True)
class Card:
    """One card. by: dimensions in the order of the result; pair: whether units must answer both sides;
    at_least: a threshold above the floor of `protects`, 0 for the floor; loose: dimensions that the data do not break
    all of its measures down by, so that units are paired whatever they say of them (`loosened`).
    """

    code: str
    kind: Kind
    numerator: Node
    denominator: Node | None = None
    multiplier: float = 1.0
    decimals: int | None = None
    time: TimeRule = TimeRule.SUM
    space: SpaceRule = SpaceRule.SUM
    by: tuple[str, ...] = ()
    levels: tuple[int, ...] = (2,)
    grain: Grain = Grain.YEAR
    missing: MissingRule = MissingRule.REQUIRE_ALL
    pair: bool = True
    protects: Protects = Protects.ENTITIES
    at_least: int = 0
    loose: tuple[str, ...] = ()
    texts: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @cached_property
    def base(self) -> Node | None:
        """What the numerator is divided by or compared with; of a change without one, itself a year before."""
        if self.denominator is None and self.kind is Kind.CHANGE and not self._tells_its_past:
            return a_year_before(self.numerator)
        return self.denominator

    @property
    def _tells_its_past(self) -> bool:
        return any(operand.is_past for operand in operands(self.numerator))

    @property
    def is_difference(self) -> bool:
        """Whether the base is taken away rather than divided by."""
        return self.kind is Kind.CHANGE and self.denominator is None and self.base is not None

    @property
    def is_growth(self) -> bool:
        """Whether the value is (numerator - base) / base."""
        return self.kind is Kind.CHANGE and self.denominator is not None and not self._tells_its_past

    @property
    def is_mean(self) -> bool:
        """Whether the numerator is divided by the number of units."""
        return self.kind is Kind.AVERAGE and self.denominator is None

    @cached_property
    def operands(self) -> tuple[Operand, ...]:
        """All different operands, those of the numerator first."""
        below = operands(self.base) if self.base is not None else ()
        return tuple(dict.fromkeys((*operands(self.numerator), *below)))

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """Codes of the measures it reads."""
        return tuple(dict.fromkeys(operand.measure for operand in self.operands))

    @property
    def is_paired(self) -> bool:
        """Whether a unit that misses one side is left out of both."""
        return self.pair and self.base is not None and self.missing is not MissingRule.REQUIRE_ALL

    @cached_property
    def filtered(self) -> tuple[str, ...]:
        """Dimensions that some operand is restricted in."""
        return tuple(sorted({name for operand in self.operands for name, _ in operand.filters}))

    @property
    def has_windows(self) -> bool:
        """Whether some operand takes in several periods."""
        return any(operand.window for operand in self.operands)

    @cached_property
    def frame_parts(self) -> tuple[Institutions | ResponseRate, ...]:
        """Parts of the formulas that only the frame knows."""
        nodes = [*parts(self.numerator), *(parts(self.base) if self.base is not None else ())]
        return tuple(dict.fromkeys(node for node in nodes if isinstance(node, Institutions | ResponseRate)))


def read_cards(path: Path) -> list[Card]:
    """The cards of a file in its order. Raises CardUnusable, with an empty code for the file as a whole."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError:
        raise CardUnusable("", "file", path.name) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CardUnusable("", "toml", str(error)) from None
    entries = content.get("card")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise CardUnusable("", "no_cards", path.name)
    cards = [card_of(entry) for entry in entries]
    codes = [card.code for card in cards]
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice is not None:
        raise CardUnusable(twice, "twice")
    return cards


def card_of(entry: Mapping[str, Any]) -> Card:
    """The card of one [[card]] table. Raises CardUnusable."""
    code = entry.get("code")
    if not isinstance(code, str) or not code.strip():
        raise CardUnusable("", "no_code")
    known = _Entry(code, entry)
    denominator = known.text("denominator")
    card = Card(
        code=code,
        kind=known.choice("kind", Kind, None),
        numerator=known.formula("numerator", known.text("numerator")),
        denominator=known.formula("denominator", denominator) if denominator else None,
        multiplier=known.number("multiplier", 1.0),
        decimals=known.whole("decimals"),
        time=known.choice("time", TimeRule, TimeRule.SUM),
        space=known.choice("space", SpaceRule, SpaceRule.SUM),
        by=known.dimensions(),
        levels=known.levels(),
        grain=known.choice("grain", Grain, Grain.YEAR),
        missing=known.choice("missing", MissingRule, MissingRule.REQUIRE_ALL),
        pair=known.flag("pair", default=True),
        protects=known.choice("protects", Protects, Protects.ENTITIES),
        at_least=known.whole("at_least") or 0,
        texts=dict(entry),
    )
    check(card)
    return card


def loosened(card: Card, divided: Mapping[str, Collection[str]]) -> Card:
    """The card as the data can pair it. divided: by measure, the dimensions that it is broken down by anywhere."""
    known = [set(divided[measure]) for measure in card.measures if measure in divided]
    if not card.is_paired or not known:
        return card
    loose = known[0].union(*known) - known[0].intersection(*known) - {*card.by, *card.filtered}
    return replace(card, loose=tuple(sorted(loose)))


def check(card: Card) -> None:
    """Refuse what contradicts itself. Raises CardUnusable."""
    if card.kind in NEEDS_DENOMINATOR and card.denominator is None:
        raise CardUnusable(card.code, "needs_denominator", card.kind)
    if card.kind in NO_DENOMINATOR and card.denominator is not None:
        raise CardUnusable(card.code, "no_denominator", card.kind)
    if not card.operands and not card.frame_parts:
        raise CardUnusable(card.code, "constant")
    for operand in card.operands:
        if operand.lag % card.grain.months or operand.window_months % card.grain.months:
            raise CardUnusable(card.code, "finer_than_grain", operand.measure)
    if set(card.by) & set(RESERVED + RESULT):
        raise CardUnusable(card.code, "reserved", ", ".join(sorted(set(card.by) & set(RESERVED + RESULT))))


def window_of(operand: Operand, grain: Grain) -> Window | None:
    """The window as it works at this grain: of yearly figures the year to date is all years so far."""
    if operand.window is Window.YEAR_TO_DATE and grain is Grain.YEAR:
        return Window.SINCE_START
    return operand.window


@dataclass(frozen=True, slots=True)
class _Entry:
    """A [[card]] table, read field by field."""

    code: str
    entry: Mapping[str, Any]

    def text(self, name: str) -> str:
        value = self.entry.get(name, "")
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            raise CardUnusable(self.code, "field", name)
        return value.strip()

    def formula(self, name: str, text: str) -> Node:
        try:
            return parse(text)
        except FormulaError as error:
            raise CardUnusable(
                self.code, f"formula_{error.reason}", f"{name}: {error.detail or text}"
            ) from None

    def choice(self, name: str, kind: type[Choice], default: Choice | None) -> Choice:
        value = self.entry.get(name, default)
        try:
            return kind(value)
        except ValueError:
            raise CardUnusable(self.code, "field", name) from None

    def number(self, name: str, default: float) -> float:
        value = self.entry.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 1e15:
            raise CardUnusable(self.code, "field", name)
        return float(value)

    def whole(self, name: str) -> int | None:
        value = self.entry.get(name)
        if value is not None and (type(value) is not int or not 0 <= value <= 1000):
            raise CardUnusable(self.code, "field", name)
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.entry.get(name, default)
        if not isinstance(value, bool):
            raise CardUnusable(self.code, "field", name)
        return value

    def dimensions(self) -> tuple[str, ...]:
        value = self.entry.get("by", [])
        if not _is_list_of(value, str) or len(set(value)) != len(value) or not all(value):
            raise CardUnusable(self.code, "field", "by")
        return tuple(value)

    def levels(self) -> tuple[int, ...]:
        value = self.entry.get("levels", [2])
        if not _is_list_of(value, int) or not value or not set(value) <= set(LEVELS):
            raise CardUnusable(self.code, "field", "levels")
        return tuple(sorted(set(value)))


def _is_list_of(value: object, kind: type) -> bool:
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and all(type(item) is kind for item in value)
    )
