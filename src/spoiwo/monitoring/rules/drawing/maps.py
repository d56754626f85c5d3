"""Maps: shapes where the operator has brought boundaries, tiles where there are none."""

from collections.abc import Mapping, Sequence
from math import cos, radians
from xml.sax.saxutils import escape

from spoiwo.monitoring.rules.drawing.paper import (
    LINE,
    ON_SHADES,
    QUIET,
    SAND,
    SHADES,
    WIDTH,
    Mark,
    box,
    cut,
    line,
    shade_of,
    sheet,
    words,
)

Ring = Sequence[Sequence[float]]
TILE_W, TILE_H = 150, 78
# Where voivodeships and the counties of Lubuskie lie, as columns and rows; others stand in the order of their names.
PLACES = {
    "32": (0, 0), "22": (1, 0), "28": (2, 0), "20": (3, 0), "08": (0, 1), "30": (1, 1), "04": (2, 1), "14": (3, 1),
    "02": (0, 2), "16": (1, 2), "10": (2, 2), "06": (3, 2), "24": (1, 3), "26": (2, 3), "12": (0, 3), "18": (3, 3),
    "0861": (0, 0), "0801": (1, 0), "0806": (2, 0), "0805": (0, 1), "0807": (1, 1), "0803": (2, 1), "0802": (0, 2),
    "0808": (1, 2), "0809": (2, 2), "0862": (3, 2), "0811": (0, 3), "0810": (1, 3), "0804": (2, 3), "0812": (3, 3),
}  # fmt: skip


def tiles(title: str, marks: Sequence[Mark]) -> str:
    """A tile for each place."""
    values = [mark.value for mark in marks if mark.value is not None]
    parts = []
    rows = 0
    for mark, (column, row) in zip(marks, _spots(marks), strict=True):
        x, y = column * (TILE_W + 8), row * (TILE_H + 8)
        fill, ink = _colours(mark, values)
        parts += [
            box(x, y, TILE_W, TILE_H, fill=fill, round_by=8),
            words(x + 12, y + 28, cut(mark.label, 17), fill=ink),
            words(x + 12, y + 60, mark.text, size=22, bold=True, fill=ink),
        ]
        rows = max(rows, row + 1)
    return sheet(title, rows * (TILE_H + 8), parts)


def _spots(marks: Sequence[Mark]) -> list[tuple[int, int]]:
    spots = [PLACES.get(mark.code) for mark in marks]
    if None in spots or len(set(spots)) < len(spots):
        return [(at % 4, at // 4) for at in range(len(marks))]
    return [spot for spot in spots if spot is not None]


def _colours(mark: Mark, values: Sequence[float]) -> tuple[str, str]:
    if mark.value is None:
        return SAND, QUIET
    shade = shade_of(mark.value, values)
    return SHADES[shade], ON_SHADES[shade]


def shapes(
    title: str, marks: Sequence[Mark], rings: Mapping[str, Sequence[Ring]], legend: Sequence[str]
) -> str:
    """Places in their boundaries (longitude, latitude); legend: words for the lightest and the darkest class."""
    values = [mark.value for mark in marks if mark.value is not None]
    points = [point for mark in marks for ring in rings[mark.code] for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = cos(radians((south + north) / 2))
    size = min(WIDTH / (((east - west) * squeeze) or 1.0), 560 / ((north - south) or 1.0))
    parts = []
    for mark in marks:
        told = " ".join(
            "M"
            + " ".join(f"{(x - west) * squeeze * size:.1f},{(north - y) * size:.1f}" for x, y in ring)
            + "Z"
            for ring in rings[mark.code]
        )
        fill, _ink = _colours(mark, values)
        label = f"{mark.label}: {mark.text}"
        parts.append(
            f'<path d="{told}" fill="{fill}" fill-rule="evenodd" stroke="#ffffff" stroke-width="1.5">'
            f"<title>{escape(label)}</title></path>"
        )
    height = (north - south) * size + 46
    parts += [box(at * 40, height - 30, 38, 14, fill=shade) for at, shade in enumerate(SHADES)]
    parts += [
        words(0, height - 2, legend[0], size=12),
        words(198, height - 2, legend[1], size=12, anchor="end"),
    ]
    parts.append(line(0, height - 38, WIDTH, height - 38, stroke=LINE))
    return sheet(title, height, parts)
