"""Charts: a line over time, a ranking, small multiples, slopes between two periods, a heat map."""

from collections.abc import Mapping, Sequence

from spoiwo.monitoring.rules.drawing.paper import (
    AMBER,
    BRAND,
    INK,
    ON_SHADES,
    QUIET,
    SAND,
    SHADES,
    WIDTH,
    Mark,
    Scale,
    box,
    cut,
    dot,
    line,
    path,
    scale_of,
    sheet,
    words,
)

HEIGHT, EDGE, ROW = 240, 44, 26
PANEL_W, PANEL_H, ACROSS = 200, 120, 3


def over_time(
    title: str,
    marks: Sequence[Mark],
    *,
    targets: Mapping[str, Mark],
    breaks: Mapping[str, str],
    target_word: str,
) -> str:
    """A line over periods; targets dashed, breaks as upright lines at the period that starts anew.

    The line is not drawn across a break or a period without a figure.
    """
    values = [mark.value for mark in (*marks, *targets.values()) if mark.value is not None]
    scale = scale_of(values, HEIGHT - EDGE, EDGE)
    step = (WIDTH - 2 * EDGE) / max(len(marks) - 1, 1)
    places = {mark.label: EDGE + at * step for at, mark in enumerate(marks)}
    parts = [line(EDGE, scale.at(0), WIDTH - EDGE, scale.at(0))]
    for period, reason in breaks.items():
        if period in places:
            x = places[period] - step / 2
            parts += [line(x, EDGE / 2, x, HEIGHT - EDGE, stroke=QUIET, dash="2 4")]
            parts += [words(x + 4, EDGE / 2 + 4, cut(reason, 30), size=12, fill=QUIET)]
    aimed = [
        (places[p], scale.at(m.value)) for p, m in targets.items() if p in places and m.value is not None
    ]
    if aimed:
        across = [(float(EDGE), aimed[0][1]), (float(WIDTH - EDGE), aimed[0][1])]
        parts.append(path(aimed if len(aimed) > 1 else across, stroke=AMBER, width=1.5, dash="6 4"))
        last = [mark for period, mark in targets.items() if period in places][-1]
        said = f"{target_word} {last.text}"
        parts.append(words(WIDTH - 4, aimed[-1][1] - 7, said, size=13, anchor="end", fill=AMBER))
    for run in _runs(marks, breaks):
        parts.append(path([(places[mark.label], scale.at(mark.value or 0.0)) for mark in run]))
    parts += [part for mark in marks for part in _point(mark, places[mark.label], scale)]
    return sheet(title, HEIGHT, parts)


def _point(mark: Mark, x: float, scale: Scale) -> list[str]:
    label = words(x, HEIGHT - 14, mark.label, size=13, anchor="middle", fill=QUIET)
    if mark.value is None:
        return [label, words(x, HEIGHT - EDGE - 8, mark.text, anchor="middle", fill=QUIET)]
    y = scale.at(mark.value)
    return [label, dot(x, y), words(x, y - 10, mark.text, anchor="middle", bold=True)]


def _runs(marks: Sequence[Mark], breaks: Mapping[str, str]) -> list[list[Mark]]:
    """Stretches of figures that follow each other and can be compared."""
    runs: list[list[Mark]] = [[]]
    for mark in marks:
        if mark.value is None or mark.label in breaks:
            runs.append([])
        if mark.value is not None:
            runs[-1].append(mark)
    return [run for run in runs if len(run) > 1]


def ranking(title: str, marks: Sequence[Mark], *, average: Mark | None, own: str = "") -> str:
    """Bars, the longest first, figures that are not known at the end; average: an upright line; own: its code."""
    known = sorted((m for m in marks if m.value is not None), key=lambda m: -(m.value or 0.0))
    ordered = [*known, *(m for m in marks if m.value is None)]
    values = [m.value for m in (*known, *([average] if average else [])) if m.value is not None]
    scale = scale_of(values, 200, WIDTH - 70)
    parts = []
    for at, mark in enumerate(ordered):
        y = 30 + at * ROW
        parts.append(
            words(190, y + 15, cut(mark.label, 26), anchor="end", bold=mark.code == own and own != "")
        )
        if mark.value is None:
            parts.append(words(204, y + 15, mark.text, fill=QUIET))
            continue
        left, right = sorted((scale.at(0), scale.at(mark.value)))
        parts.append(
            box(left, y, right - left, 20, fill=BRAND if mark.code == own else "#6fb5ac", round_by=3)
        )
        parts.append(words(right + 6, y + 15, mark.text))
    height = 40 + len(ordered) * ROW
    if average is not None and average.value is not None:
        x = scale.at(average.value)
        parts.append(line(x, 22, x, height - 8, stroke=AMBER, width=1.5, dash="6 4"))
        parts.append(words(x, 16, f"{average.label} {average.text}", size=13, anchor="middle", fill=AMBER))
    return sheet(title, height, parts)


def multiples(
    title: str,
    panels: Sequence[tuple[str, Sequence[Mark]]],
    breaks: Mapping[str, str],
    *,
    is_one_scale: bool = True,
) -> str:
    """The same small line for every place, all on one scale unless each is to have its own; no line across a break
    or what is not known.
    """
    every = [mark.value for _name, marks in panels for mark in marks if mark.value is not None]
    parts = []
    for at, (name, marks) in enumerate(panels):
        left, top = at % ACROSS * (PANEL_W + 20), at // ACROSS * (PANEL_H + 14)
        values = every if is_one_scale else [mark.value for mark in marks if mark.value is not None]
        scale = scale_of(values, top + PANEL_H - 22, top + 34)
        step = (PANEL_W - 30) / max(len(marks) - 1, 1)
        points = {
            m.label: (left + 12 + n * step, scale.at(m.value))
            for n, m in enumerate(marks)
            if m.value is not None
        }
        last = marks[-1] if marks else None
        parts += [
            words(left, top + 16, cut(name, 22), bold=True),
            line(left, top + PANEL_H - 22, left + PANEL_W, top + PANEL_H - 22),
            *(path([points[m.label] for m in run], width=2) for run in _runs(marks, breaks)),
            *(dot(x, y, radius=2.5) for x, y in points.values()),
        ]
        if last is not None:
            parts.append(words(left + PANEL_W, top + 16, last.text, anchor="end", fill=BRAND, bold=True))
            parts.append(words(left, top + PANEL_H - 6, marks[0].label, size=12, fill=QUIET))
            parts.append(
                words(left + PANEL_W, top + PANEL_H - 6, last.label, size=12, anchor="end", fill=QUIET)
            )
    return sheet(title, -(-len(panels) // ACROSS) * (PANEL_H + 14), parts)


def slopes(title: str, before: str, after: str, rows: Sequence[tuple[str, Mark, Mark]]) -> str:
    """From one period to another, a line for every place that has a figure in both."""
    known = [row for row in rows if row[1].value is not None and row[2].value is not None]
    values = [mark.value for row in known for mark in row[1:] if mark.value is not None]
    height = max(220, 60 + 30 * len(known))
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    scale = Scale(low, high, height - 24, 48)
    left, right = 210, 430
    parts = [
        words(left, 24, before, anchor="middle", bold=True),
        words(right, 24, after, anchor="middle", bold=True),
    ]
    sides = (
        _spread([(r[1].value or 0.0, r) for r in known], scale),
        _spread([(r[2].value or 0.0, r) for r in known], scale),
    )
    for row in known:
        start, end = scale.at(row[1].value or 0.0), scale.at(row[2].value or 0.0)
        grows = (row[2].value or 0.0) >= (row[1].value or 0.0)
        colour = BRAND if grows else AMBER
        parts += [
            path([(left, start), (right, end)], stroke=colour, width=2),
            dot(left, start, fill=colour),
            dot(right, end, fill=colour),
            words(left - 10, sides[0][row[0]] + 5, f"{cut(row[0], 20)} {row[1].text}", anchor="end", size=13),
            words(right + 10, sides[1][row[0]] + 5, f"{row[2].text} {cut(row[0], 20)}", size=13),
        ]
    return sheet(title, height, parts)


def _spread(rows: Sequence[tuple[float, tuple[str, Mark, Mark]]], scale: Scale) -> dict[str, float]:
    """Heights of labels, moved apart where they would lie on each other."""
    found: dict[str, float] = {}
    floor = 34.0
    for value, row in sorted(rows, key=lambda pair: -pair[0]):
        floor = max(scale.at(value), floor + 16)
        found[row[0]] = floor
    return found


def heat(title: str, columns: Sequence[str], rows: Sequence[tuple[str, Sequence[Mark]]]) -> str:
    """Shares (0 to 1) by place and period: the darker, the more complete."""
    step = min(90.0, (WIDTH - 200) / max(len(columns), 1))
    parts = [
        words(200 + at * step + step / 2, 18, name, size=13, anchor="middle", fill=QUIET)
        for at, name in enumerate(columns)
    ]
    for at, (name, marks) in enumerate(rows):
        y = 28 + at * 30
        parts.append(words(190, y + 19, cut(name, 26), anchor="end"))
        for column, mark in enumerate(marks):
            x = 200 + column * step
            shade = None if mark.value is None else min(int(mark.value * len(SHADES)), len(SHADES) - 1)
            fill = SAND if shade is None else SHADES[shade]
            parts.append(box(x + 1, y, step - 2, 28, fill=fill, round_by=3))
            parts.append(
                words(
                    x + step / 2,
                    y + 19,
                    mark.text,
                    size=13,
                    anchor="middle",
                    fill=INK if shade is None else ON_SHADES[shade],
                )
            )
    return sheet(title, 36 + len(rows) * 30, parts)


def progress(title: str, rows: Sequence[tuple[str, float | None, str]]) -> str:
    """How far along the way from baseline to target things are: 0 to 1, None where nothing can be said."""
    parts = []
    for at, (name, share, text) in enumerate(rows):
        y = 8 + at * 34
        parts.append(words(0, y + 12, cut(name, 60), size=13))
        parts.append(box(0, y + 17, 540, 8, fill=SAND, round_by=4))
        if share is not None:
            parts.append(box(0, y + 17, 540 * min(max(share, 0.0), 1.0), 8, fill=BRAND, round_by=4))
        parts.append(words(WIDTH, y + 26, text, size=13, anchor="end", fill=QUIET))
    return sheet(title, 12 + len(rows) * 34, parts)
