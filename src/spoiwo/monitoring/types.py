"""What monitoring passes around."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from spoiwo.kernel.text import search_key

Key = tuple[int, str, str, tuple[str | None, ...]]
PLACE, PERIOD = "miejsce", "okres"  # axes of pivot tables; the others are named as the dimensions


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
    RETIRE = "retire"


class View(StrEnum):
    """How figures of a card are shown."""

    OVER_TIME = "czas"
    RANKING = "ranking"
    MAP = "mapa"
    MULTIPLES = "male-wykresy"
    SLOPES = "zmiana"
    PIVOT = "tabela"
    COMPLETENESS = "kompletnosc"
    OWN = "my"


class Level(StrEnum):
    """Which link in the chain of results a card watches."""

    NONE = ""
    CONTEXT = "context"
    OUTPUT = "output"
    RESULT = "result"
    IMPACT = "impact"


class Direction(StrEnum):
    """Where the figure should go."""

    NONE = ""
    UP = "up"
    DOWN = "down"


class Reach(StrEnum):
    """Who sees the figures: everybody, or those signed in."""

    PUBLIC = "public"
    PARTNERS = "partners"


TEXTS = (  # what a card says in words, in both languages
    "short_name", "definition", "rationale", "population", "source", "method", "baseline_source", "target_reason",
    "confidentiality", "comparability", "limitations", "use",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Aims:
    """Where a figure should go: baseline, targets by period (the last one is the final one), breaks of the series by
    the first period that cannot be compared with the one before, and how the data should come in.
    """

    level: Level = Level.NONE
    direction: Direction = Direction.NONE
    baseline_period: str = ""
    baseline: float | None = None
    targets: Mapping[str, float] = field(default_factory=dict)
    breaks: Mapping[str, str] = field(default_factory=dict)
    due_days: int | None = None
    correction_days: int | None = None
    least_response: int | None = None
    reach: Reach = Reach.PUBLIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What the figures themselves say about their quality; shares are 0 to 1, None where nothing can be said.

    days: from the end of the newest period to its publication; comparable: periods since the last break.
    """

    response: float | None
    enough_response: bool | None
    known: float | None
    hidden: float | None
    days: int | None
    in_time: bool | None
    comparable: int
    periods: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CardDraft:
    """A card as somebody writes it; entry: the computed part as in cards files, texts: the rest by field code."""

    code: str
    name_pl: str
    name_en: str
    side: Side
    entry: Mapping[str, object]
    texts: Mapping[str, str] = field(default_factory=dict)
    aims: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One observation as it comes in; status: a code of the observations file; confidential: not for publication."""

    measure: str
    unit: str
    territory: str
    period: str
    value: float | None
    status: str = "ok"
    cell: Mapping[str, str] = field(default_factory=dict)
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row of a file of figures that cannot be taken. fault: why, as messages word it; said: what stands there."""

    number: int
    column: str
    fault: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDraft:
    """A measure as somebody describes it. is_open: nobody is to be protected, because the figures are public anyway."""

    code: str
    name_pl: str
    name_en: str
    unit: str
    time_rule: str
    space_rule: str
    dimensions: tuple[str, ...]
    source: str
    side: Side
    is_open: bool = False
    description_pl: str = ""
    description_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for in a list. words: all of them, without regard to diacritics; side: "" for all."""

    words: str = ""
    side: str = ""

    def fits(self, *texts: str) -> bool:
        """Whether every word stands in one of the texts."""
        said = f"{' '.join(texts).casefold()} {search_key(' '.join(texts))}"
        return all(word in said for word in search_key(self.words).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureWords:
    """What may be said better of a measure. divisions: those that are added to what it can be broken down by."""

    name_pl: str
    name_en: str
    description_pl: str
    description_en: str
    source: str
    side: Side
    divisions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One observation behind a figure, for those who may see it."""

    measure: str
    name_pl: str
    name_en: str
    unit: str
    territory: str
    period: str
    cell: str
    value: float | None
    status: str
    revision: int


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
    number: int = field(default=0, compare=False)  # of the published figure, 0 before it is published

    @property
    def key(self) -> Key:
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


@dataclass(frozen=True, slots=True)
class Crossing:
    """How finely a card breaks figures down, and how many of them it would hide."""

    by: tuple[str, ...]
    levels: tuple[int, ...]
    grain: str
    figures: int
    hidden: int

    @property
    def share(self) -> float:
        """Hidden figures among all."""
        return self.hidden / self.figures if self.figures else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeChange:
    """A programme as somebody leaves it. names: of the objectives that stay, by number; watching: the indicators that
    stay with each of them.
    """

    name: str
    first_year: int
    last_year: int
    names: Mapping[int, str] = field(default_factory=dict)
    watching: Mapping[int, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Freshness:
    """When the newest snapshot was taken (None before the first), and how many observations came since."""

    taken_at: datetime | None
    waiting: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What computing a publication again has shown. lost: the file of the snapshot that is gone or was changed;
    differing: figures that came out otherwise; lacks_auditor: whether the audit by intervals could not be repeated.
    """

    figures: int
    same_card: bool
    same_table: bool
    lost: str = ""
    differing: tuple[Change, ...] = ()
    lacks_auditor: bool = False

    @property
    def holds(self) -> bool:
        """Whether everything came out as it was published."""
        return self.same_card and self.same_table and not self.lost and not self.lacks_auditor


@dataclass(frozen=True, slots=True)
class Seat:
    """Where an institution stands. territory: TERYT of 2, 4 or 7 digits."""

    institution_id: int
    code: str
    territory: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What an edition brought. fresh: observations that are new or differ from what was known."""

    units: int
    observations: int
    fresh: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of a card is to be seen. place: the region that is looked at, level: its parts; period: "" for the newest;
    cell: "" for all together, else one value of the first breakdown; own: the code of a place to mark; down, across:
    the axes of a pivot table, PLACE, PERIOD or a dimension.
    """

    view: View
    place: str = ""
    level: int = 4
    period: str = ""
    before: str = ""
    cell: str = ""
    own: str = ""
    down: str = PLACE
    across: str = PERIOD
