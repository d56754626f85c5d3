"""Pictures of the released table, each with the same figures as rows beside it."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from spoiwo.monitoring.queries import pictures as stored
from spoiwo.monitoring.rules.drawing import charts, maps
from spoiwo.monitoring.rules.drawing.paper import Mark
from spoiwo.monitoring.tables.figures import HIDDEN, number
from spoiwo.monitoring.tables.pivots import pivot
from spoiwo.monitoring.tables.released import REGION, Shown, Table, title_of
from spoiwo.monitoring.types import PERIOD, PLACE, View, Wanted

MOST_PANELS = 42
FEWEST = 3  # institutions of which may be told how many reported


def shown(table: Table, wanted: Wanted) -> Shown:
    """The picture that was asked for."""
    return _VIEWS[wanted.view](table, _settled(table, wanted))


def _settled(table: Table, wanted: Wanted) -> Wanted:
    """What was asked for, with what the table has where nothing or something else was said."""
    periods = table.periods or [""]
    period = wanted.period if wanted.period in periods else periods[-1]
    earlier = [one for one in periods if one < period]
    regions = table.places(REGION) or [""]
    levels = sorted({one.level for one in table.found if one.level > REGION}) or [REGION]
    return Wanted(
        wanted.view,
        place=wanted.place if wanted.place in {f.territory for f in table.found} else regions[0],
        level=wanted.level if wanted.level in levels else levels[0],
        period=period,
        before=wanted.before if wanted.before in earlier else (earlier[-1] if earlier else ""),
        cell=wanted.cell if wanted.cell in table.cells else "",
        own=wanted.own,
        down=wanted.down if wanted.down in table.axes else PLACE,
        across=wanted.across if wanted.across in table.axes else PERIOD,
    )


def _over_time(table: Table, wanted: Wanted) -> Shown:
    marks = table.series(wanted.place, wanted.cell)
    aims = table.aims
    targets = {
        period: Mark(period, value, number(value, table.decimals)) for period, value in aims.targets.items()
    }
    title = title_of(table, table.names.get(wanted.place, wanted.place), wanted.cell)
    svg = charts.over_time(title, marks, targets=targets, breaks=aims.breaks, target_word=_("target"))
    rows = tuple(
        (mark.label, mark.text, targets[mark.label].text if mark.label in targets else "") for mark in marks
    )
    header = (_("Period"), _("Value"), _("Target"))
    return Shown(title, svg if any(mark.value is not None for mark in marks) else "", header, rows)


def _parts(table: Table, wanted: Wanted) -> list[Mark]:
    return [table.mark(code, wanted.period, wanted.cell) for code in table.all_places(wanted.level)]


def _ranking(table: Table, wanted: Wanted) -> Shown:
    marks = _parts(table, wanted)
    region = table.mark(wanted.place, wanted.period, wanted.cell)
    is_mean = table.version.entry["kind"] not in {"count", "sum"}
    average = Mark(_("region"), region.value, region.text) if is_mean else None
    title = title_of(table, wanted.period, wanted.cell)
    ordered = sorted(marks, key=lambda mark: (mark.value is None, -(mark.value or 0.0)))
    rows = tuple((mark.label, mark.text) for mark in ordered)
    svg = charts.ranking(title, marks, average=average, own=wanted.own) if marks else ""
    return Shown(title, svg, (_("Area"), _("Value")), rows)


def _map(table: Table, wanted: Wanted) -> Shown:
    marks = _parts(table, wanted)
    title = title_of(table, wanted.period, wanted.cell)
    rings = stored.boundaries(mark.code for mark in marks)
    known = [mark for mark in marks if mark.code in rings]
    values = sorted(mark.value for mark in marks if mark.value is not None)
    if known and not {*table.places(wanted.level)} - {*rings}:
        legend = (
            (number(values[0], table.decimals), number(values[-1], table.decimals)) if values else ("", "")
        )
        svg = maps.shapes(title, known, rings, legend)
    else:
        svg = maps.tiles(title, marks) if marks else ""
    return Shown(title, svg, (_("Area"), _("Value")), tuple((mark.label, mark.text) for mark in marks))


def _multiples(table: Table, wanted: Wanted) -> Shown:
    panels = [
        (table.names.get(code, code), table.series(code, wanted.cell))
        for code in table.all_places(wanted.level)
    ][:MOST_PANELS]
    title = title_of(table, wanted.cell)
    rows = tuple((name, *(mark.text for mark in marks)) for name, marks in panels)
    svg = charts.multiples(title, panels, table.aims.breaks) if panels else ""
    return Shown(title, svg, (_("Area"), *table.all_periods), rows)


def _slopes(table: Table, wanted: Wanted) -> Shown:
    title = title_of(
        table, f"{wanted.before} – {wanted.period}" if wanted.before else wanted.period, wanted.cell
    )
    rows = [
        (mark.label, table.mark(mark.code, wanted.before, wanted.cell), mark)
        for mark in _parts(table, wanted)
    ]
    pairs = [row for row in rows if row[1].value is not None and row[2].value is not None]
    svg = charts.slopes(title, wanted.before, wanted.period, rows) if pairs else ""
    told_rows = tuple(
        (name, before.text, after.text, _change(before, after, table.decimals))
        for name, before, after in rows
    )
    return Shown(
        title, svg, (_("Area"), wanted.before or "–", wanted.period, _("Change of a value")), told_rows
    )


def _change(before: Mark, after: Mark, places: int) -> str:
    if before.value is None or after.value is None:
        return ""
    change = after.value - before.value
    told = number(change, places)
    return f"+{told}" if change > 0 else told


def _completeness(table: Table, wanted: Wanted) -> Shown:
    """How many of the institutions in the data reported, by place and period."""
    counted = stored.reported(table.version, wanted.level)
    title = title_of(table, _("institutions that reported"))
    periods = table.all_periods
    rows = [
        (table.names.get(code, code), [_reported(counted.get((code, period[:4]))) for period in periods])
        for code in table.all_places(wanted.level)
    ]
    svg = charts.heat(title, periods, rows) if rows else ""
    told_rows = tuple((name, *(mark.text for mark in marks)) for name, marks in rows)
    return Shown(title, svg, (_("Area"), *periods), told_rows)


def _reported(pair: tuple[int, int] | None) -> Mark:
    if pair is None or pair[0] == 0:
        return Mark("", None, ".")
    asked, answered = pair
    if asked < FEWEST:
        return Mark("", None, HIDDEN)
    return Mark("", answered / asked, f"{answered}/{asked}")


_VIEWS: dict[View, Callable[[Table, Wanted], Shown]] = {
    View.OVER_TIME: _over_time,
    View.RANKING: _ranking,
    View.MAP: _map,
    View.MULTIPLES: _multiples,
    View.SLOPES: _slopes,
    View.PIVOT: pivot,
    View.COMPLETENESS: _completeness,
}
