"""The own institution beside the region, period by period."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from spoiwo.engines.indicators.periods import between
from spoiwo.monitoring.rules.drawing import charts
from spoiwo.monitoring.rules.drawing.paper import Mark
from spoiwo.monitoring.tables.figures import number
from spoiwo.monitoring.tables.released import REGION, Shown, Table, title_of


def beside_region(table: Table, series: Mapping[str, float]) -> Shown:
    """Two small charts with scales of their own, and a table; no picture without an own figure."""
    places = table.places(REGION)
    region = table.series(places[0], "") if places else []
    told = sorted({*table.periods, *series})
    periods = between(told[0], told[-1]) if told else []
    own = [
        Mark(one, series.get(one), number(series[one], table.decimals) if one in series else ".")
        for one in periods
    ]
    marks = {mark.label: mark for mark in region}
    beside = [marks.get(one, Mark(one, None, ".")) for one in periods]
    title = title_of(table, _("We and the region"))
    panels = [(_("We"), own), (_("The region"), beside)]
    svg = charts.multiples(title, panels, table.aims.breaks, is_one_scale=False) if series else ""
    rows = tuple(
        (one, mine.text, theirs.text) for one, mine, theirs in zip(periods, own, beside, strict=True)
    )
    return Shown(title, svg, (_("Period"), _("We"), _("The region")), rows)
