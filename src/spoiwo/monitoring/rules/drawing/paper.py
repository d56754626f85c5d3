"""What all pictures share: sheets, texts, colours, scales."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

INK, QUIET, LINE = "#17212b", "#4a5763", "#d9d3c7"
BRAND, AMBER, SAND = "#0b6e69", "#92400e", "#f1ece2"
SHADES = ("#e3f1ef", "#a9d5cf", "#6fb5ac", "#26746c", "#0f4c4a")
ON_SHADES = (INK, INK, INK, "#ffffff", "#ffffff")
WIDTH = 640


@dataclass(frozen=True, slots=True)
class Mark:
    """A value with the words for it; without a value the text says why (#, x or a dot)."""

    label: str
    value: float | None
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """Values onto a stretch of the sheet; zero is always in it."""

    lowest: float
    highest: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value stands."""
        span = (self.highest - self.lowest) or 1.0
        return self.start + (value - self.lowest) / span * (self.end - self.start)


def scale_of(values: Iterable[float], start: float, end: float) -> Scale:
    """A scale on which all values and zero find room."""
    known = [0.0, *values]
    return Scale(min(known), max(known), start, end)


def sheet(title: str, height: float, parts: Iterable[str], width: float = WIDTH) -> str:
    """The whole picture; title: what it says to those who do not see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" width="100%" role="img" '
        f"aria-label={quoteattr(title)} font-family=\"'Source Sans 3', 'DejaVu Sans', sans-serif\">"
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def words(
    x: float,
    y: float,
    said: str,
    *,
    size: int = 14,
    anchor: str = "start",
    fill: str = INK,
    bold: bool = False,
) -> str:
    """A line of text."""
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{size}" text-anchor="{anchor}" fill="{fill}"{weight}>'
        f"{escape(said)}</text>"
    )


def line(
    x1: float, y1: float, x2: float, y2: float, *, stroke: str = LINE, width: float = 1, dash: str = ""
) -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{stroke}" '
        f'stroke-width="{_n(width)}"{dashed}/>'
    )


def box(x: float, y: float, width: float, height: float, *, fill: str, round_by: float = 0) -> str:
    """A filled box."""
    return (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(max(width, 0))}" height="{_n(height)}" rx="{_n(round_by)}" '
        f'fill="{fill}"/>'
    )


def dot(x: float, y: float, *, radius: float = 4, fill: str = BRAND) -> str:
    """A point."""
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{fill}"/>'


def path(
    points: Sequence[tuple[float, float]], *, stroke: str = BRAND, width: float = 2.5, dash: str = ""
) -> str:
    """A line through points."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    told = " ".join(f"{_n(x)},{_n(y)}" for x, y in points)
    return f'<polyline points="{told}" fill="none" stroke="{stroke}" stroke-width="{_n(width)}"{dashed}/>'


def shade_of(value: float, values: Sequence[float]) -> int:
    """One of five classes of equal width; all the same when the values are."""
    low, high = min(values), max(values)
    if high == low:
        return len(SHADES) // 2
    return min(int((value - low) / (high - low) * len(SHADES)), len(SHADES) - 1)


def cut(text: str, letters: int) -> str:
    """A text that is not longer."""
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
