"""Figures for people: values, rows of tables."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from spoiwo.monitoring.models import IndicatorVersion, choices
from spoiwo.monitoring.types import Change, Crossing, Found
from spoiwo.territory import queries as territory
from spoiwo.toolkit.templatetags.spoiwo import percent

HIDDEN = "#"
PLACES = 2  # of decimals, where a card says nothing


def places_of(version: IndicatorVersion) -> int:
    """How many decimal places the figures of a card have at most."""
    return int(version.entry.get("decimals", PLACES))


def area_names(codes: Iterable[str], day: date) -> dict[str, str]:
    """Names of places by code; voivodeships, which are published in capitals, as people write them."""
    found = territory.names_of(set(codes), day)
    return {code: name.lower() if len(code) == 2 else name for code, name in found.items()}


def figure_rows(found: Iterable[Found], day: date, places: int = PLACES) -> list[dict[str, object]]:
    """Figures as a table: the newest period first within a place. places: of decimals, as the card says."""
    ordered = sorted(found, key=lambda figure: (figure.level, figure.territory, _descending(figure.period)))
    names = area_names({figure.territory for figure in ordered}, day)
    return [
        {
            "place": names.get(figure.territory, figure.territory),
            "period": figure.period,
            "cell": ", ".join(value or _("not broken down") for value in figure.cell),
            "value": told(figure, places),
            "units": "" if figure.n_units is None else number(figure.n_units),
            "number": figure.number,
        }
        for figure in ordered
    ]


def change_rows(changes: Iterable[Change], day: date, places: int) -> list[dict[str, str]]:
    """Changes as a table. places: see `figure_rows`."""
    listed = list(changes)
    names = area_names({change.place.territory for change in listed}, day)
    return [
        {
            "place": names.get(change.place.territory, change.place.territory),
            "period": change.place.period,
            "cell": ", ".join(value or _("not broken down") for value in change.place.cell),
            "before": told(change.before, places) if change.before else _("no figure"),
            "after": told(change.after, places) if change.after else _("no figure"),
        }
        for change in listed
    ]


def crossing_rows(crossings: Iterable[Crossing]) -> list[dict[str, str]]:
    """How much each way of breaking down would hide."""
    return [
        {
            "by": _(" crossed with ").join(map(choices.dimension_name, one.by)) or _("all together"),
            "places": ", ".join(str(choices.PLACES[level]) for level in one.levels),
            "grain": str(choices.GRAINS[one.grain]),
            "hidden": f"{number(one.hidden)} / {number(one.figures)} ({percent(one.share, 0)})",
        }
        for one in crossings
    ]


def told(found: Found, places: int = PLACES) -> str:
    """The value for people: # for what may not be shown, a dot for what is not known."""
    if found.value is None:
        return {"suppressed": HIDDEN, "na": "x"}.get(found.status, ".")
    return number(found.value, places)


def number(value: float, most: int = PLACES) -> str:
    """A number as the reader writes it, with at most that many decimal places."""
    places = 0 if float(value).is_integer() else most
    # Django would cut further places off instead of rounding.
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return str(number_format(rounded, decimal_pos=places, use_l10n=True, force_grouping=True))


def _descending(period: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in period)
