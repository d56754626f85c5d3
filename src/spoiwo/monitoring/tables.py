"""What the screens of cards show: lines, rows, and the series as a picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spoiwo.kernel.expressions.parsing import parse
from spoiwo.monitoring.messages import in_words
from spoiwo.monitoring.models import IndicatorVersion, Measure
from spoiwo.monitoring.types import Change, Found
from spoiwo.territory import queries as territory

HIDDEN = "#"
WIDTH, HEIGHT, EDGE = 640, 200, 36
REGION = 2


def name_of(version: IndicatorVersion) -> str:
    """The name in the reader's language."""
    return version.name_en if get_language() == "en" else version.name_pl


def card_lines(version: IndicatorVersion, measures: Sequence[Measure]) -> list[tuple[str, str]]:
    """The card as labels and texts, formulas as phrases."""
    polish = get_language() != "en"
    names = {measure.code: measure.name_pl if polish else measure.name_en for measure in measures}
    entry = version.entry
    lines = [
        (_("Definition and reasons"), version.texts.get("definition", "")),
        (_("What is counted"), in_words(parse(entry["numerator"]), names)),
    ]
    if entry.get("denominator"):
        lines.append((_("Divided by"), in_words(parse(entry["denominator"]), names)))
    formula = entry["numerator"] + (f" / ({entry['denominator']})" if entry.get("denominator") else "")
    lines += [
        (_("Formula"), f"{formula} × {number(entry.get('multiplier', 1))}"),
        (_("Side of the sector"), version.indicator.get_side_display()),
        (_("Kept by"), version.indicator.institution.name),
        (_("Limitations"), version.texts.get("limitations", "")),
    ]
    return [(label, text) for label, text in lines if text]


def different_lines(
    before: IndicatorVersion, after: IndicatorVersion, measures: Sequence[Measure]
) -> list[tuple[str, str, str]]:
    """Lines of two versions that are not the same: label, text before, text after."""
    old, new = dict(card_lines(before, measures)), dict(card_lines(after, measures))
    old[_("Indicator")], new[_("Indicator")] = name_of(before), name_of(after)
    return [
        (label, old.get(label, ""), new.get(label, ""))
        for label in dict.fromkeys((*old, *new))
        if old.get(label) != new.get(label)
    ]


def figure_rows(found: Iterable[Found], day: date) -> list[dict[str, str]]:
    """Figures as a table: the newest period first within a place."""
    ordered = sorted(found, key=lambda figure: (figure.level, figure.territory, _descending(figure.period)))
    names = territory.names_of({figure.territory for figure in ordered}, day)
    return [
        {
            "place": names.get(figure.territory, figure.territory),
            "period": figure.period,
            "cell": ", ".join(value or _("not broken down") for value in figure.cell),
            "value": told(figure),
            "units": "" if figure.n_units is None else number(figure.n_units),
        }
        for figure in ordered
    ]


def change_rows(changes: Iterable[Change], day: date) -> list[dict[str, str]]:
    """Changes as a table."""
    listed = list(changes)
    names = territory.names_of({change.place.territory for change in listed}, day)
    return [
        {
            "place": names.get(change.place.territory, change.place.territory),
            "period": change.place.period,
            "cell": ", ".join(value or _("not broken down") for value in change.place.cell),
            "before": told(change.before) if change.before else _("no figure"),
            "after": told(change.after) if change.after else _("no figure"),
        }
        for change in listed
    ]


def told(found: Found) -> str:
    """The value for people: two places, # for what may not be shown, a dot for what is not known."""
    if found.value is None:
        return {"suppressed": HIDDEN, "na": "x"}.get(found.status, ".")
    return number(found.value)


def number(value: float) -> str:
    """A number as the reader writes it, with at most two places."""
    places = 0 if float(value).is_integer() else 2
    # Django would cut further places off instead of rounding.
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return str(number_format(rounded, decimal_pos=places, use_l10n=True, force_grouping=True))


def _descending(period: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in period)


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the series, in units of the picture."""

    x: float
    y: float
    period: str
    label: str


def series(found: Iterable[Found]) -> dict[str, Any] | None:
    """The values of the region over time as a line; None with fewer than two of them, or with a crossing."""
    known = sorted(
        (f.period, f.value) for f in found if f.level == REGION and not any(f.cell) and f.value is not None
    )
    if len(known) < 2 or len({period for period, _value in known}) < len(known):
        return None
    highest = max(0.0, *(value for _period, value in known))
    lowest = min(0.0, *(value for _period, value in known))
    span = (highest - lowest) or 1.0
    across = (WIDTH - 2 * EDGE) / (len(known) - 1)
    points = [
        Point(
            round(EDGE + at * across, 1),
            round(HEIGHT - EDGE - (value - lowest) / span * (HEIGHT - 2 * EDGE), 1),
            period,
            number(value),
        )
        for at, (period, value) in enumerate(known)
    ]
    path = " ".join(f"{point.x},{point.y}" for point in points)
    return {"points": points, "path": path, "width": WIDTH, "height": HEIGHT, "floor": HEIGHT - EDGE}
