"""Where the bars of a timeline lie: dates turned into percentages of the picture's width."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

NARROWEST = 0.8  # percent; a single day must still be seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """What happened in a lane: a period (ends_on None while it lasts) or, with ``point``, a single day.

    label stands in the bar, words is the whole sentence for the list beside the picture.
    """

    label: str
    words: str
    starts_on: date
    ends_on: date | None = None
    solid: bool = False
    point: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A stay placed in the picture; x and width in percent of the picture."""

    x: float
    width: float
    label: str
    words: str
    solid: bool
    point: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One institution's line; kind is its code, empty for a plan shared by several."""

    label: str
    kind: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """The first of January of a year, in percent of the picture's width."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """A whole picture for ``components/timeline.html``."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]


def draw_timeline(
    lanes: Iterable[tuple[str, str, Sequence[Stay]]], *, starts_on: date, ends_on: date
) -> Timeline:
    """Place stays between two days.

    lanes: (label, kind code, stays). Stays outside the picture are left out, longer ones are cut at its edge.
    """
    return Timeline(
        lanes=tuple(
            Lane(
                label=label,
                kind=kind,
                bars=tuple(
                    _bar(stay, starts_on, ends_on) for stay in stays if _touches(stay, starts_on, ends_on)
                ),
            )
            for label, kind, stays in lanes
        ),
        ticks=tuple(
            Tick(_share(date(year, 1, 1), starts_on, ends_on), str(year))
            for year in range(starts_on.year, ends_on.year + 1)
            if date(year, 1, 1) >= starts_on
        ),
    )


def _touches(stay: Stay, starts_on: date, ends_on: date) -> bool:
    if stay.point:
        return starts_on <= stay.starts_on <= ends_on
    return stay.starts_on <= ends_on and (stay.ends_on is None or stay.ends_on >= starts_on)


def _bar(stay: Stay, starts_on: date, ends_on: date) -> Bar:
    x = _share(max(stay.starts_on, starts_on), starts_on, ends_on)
    end = _share(min(stay.ends_on or ends_on, ends_on), starts_on, ends_on)
    width = max(end - x, NARROWEST)
    return Bar(
        x=min(x, 100 - (0 if stay.point else width)),
        width=width,
        label=stay.label,
        words=stay.words,
        solid=stay.solid,
        point=stay.point,
    )


def _share(day: date, starts_on: date, ends_on: date) -> float:
    length = max((ends_on - starts_on).days, 1)
    return round((day - starts_on).days / length * 100, 2)
