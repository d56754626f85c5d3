"""Pivot tables of the released table: any two of place, period and the dimensions against each other."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from spoiwo.engines.indicators.periods import between
from spoiwo.kernel.text import polish_sort_key
from spoiwo.monitoring.models.choices import dimension_name
from spoiwo.monitoring.tables.figures import told
from spoiwo.monitoring.tables.released import REGION, Shown, Table, title_of
from spoiwo.monitoring.types import PERIOD, PLACE, Found, Wanted

Point = Mapping[str, str]  # axis -> value


def axis_name(axis: str) -> str:
    """An axis for people."""
    return {PLACE: _("Area"), PERIOD: _("Period")}.get(axis) or dimension_name(axis)


def pivot(table: Table, wanted: Wanted) -> Shown:
    """Rows and columns as wanted. What is on neither axis is fixed for place and period, and a row each for
    dimensions; no picture.
    """
    down, across = _different(wanted)
    nested = [name for name in table.dimensions if name not in {down, across}]
    figures: dict[tuple[str, str, tuple[str, ...]], str] = {}
    for one in table.found:
        point = _point(table, one)
        if _is_in(point, one, wanted, {down, across}):
            rest = tuple(point[name] for name in nested)
            figures[point[down], point[across], rest] = told(one, table.decimals)
    rows = _ordered(table, down, {key[0] for key in figures})
    columns = _ordered(table, across, {key[1] for key in figures})
    inside = sorted({key[2] for key in figures})
    header = (
        axis_name(down),
        *([_("Broken down by")] if nested else []),
        *(_said(table, across, c) for c in columns),
    )
    body = tuple(
        (
            _said(table, down, row),
            *([", ".join(filter(None, rest)) or _("all together")] if nested else []),
            *(figures.get((row, column, rest), ".") for column in columns),
        )
        for row in rows
        for rest in inside
        if any((row, column, rest) in figures for column in columns)
    )
    place = table.names.get(wanted.place, wanted.place) if PLACE not in {down, across} else ""
    period = wanted.period if PERIOD not in {down, across} else ""
    return Shown(title_of(table, place, period), "", header, body)


def _different(wanted: Wanted) -> tuple[str, str]:
    """Two axes, whatever was asked for."""
    if wanted.down != wanted.across:
        return wanted.down, wanted.across
    return wanted.down, PERIOD if wanted.down != PERIOD else PLACE


def _point(table: Table, one: Found) -> Point:
    cell = {name: value or "" for name, value in zip(table.dimensions, one.cell, strict=True)}
    return {PLACE: one.territory, PERIOD: one.period, **cell}


def _is_in(point: Point, one: Found, wanted: Wanted, axes: set[str]) -> bool:
    if PLACE in axes:
        if one.level not in {REGION, wanted.level}:
            return False
    elif point[PLACE] != wanted.place:
        return False
    return PERIOD in axes or point[PERIOD] == wanted.period


def _ordered(table: Table, axis: str, values: set[str]) -> list[str]:
    if axis == PLACE:
        return sorted(values, key=lambda code: (len(code), polish_sort_key(table.names.get(code, code))))
    if axis == PERIOD and values:
        return between(min(values), max(values))
    return sorted(values)


def _said(table: Table, axis: str, value: str) -> str:
    if axis == PLACE:
        return table.names.get(value, value)
    return value or _("not broken down")
