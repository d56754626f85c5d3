"""Figures for people: values, rows of tables."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from spoiwo.monitoring.types import Change, Found
from spoiwo.territory import queries as territory

HIDDEN = "#"


def area_names(codes: Iterable[str], day: date) -> dict[str, str]:
    """Names of places by code; voivodeships, which are published in capitals, as people write them."""
    found = territory.names_of(set(codes), day)
    return {code: name.lower() if len(code) == 2 else name for code, name in found.items()}


def figure_rows(found: Iterable[Found], day: date) -> list[dict[str, object]]:
    """Figures as a table: the newest period first within a place."""
    ordered = sorted(found, key=lambda figure: (figure.level, figure.territory, _descending(figure.period)))
    names = area_names({figure.territory for figure in ordered}, day)
    return [
        {
            "place": names.get(figure.territory, figure.territory),
            "period": figure.period,
            "cell": ", ".join(value or _("not broken down") for value in figure.cell),
            "value": told(figure),
            "units": "" if figure.n_units is None else number(figure.n_units),
            "number": figure.number,
        }
        for figure in ordered
    ]


def change_rows(changes: Iterable[Change], day: date) -> list[dict[str, str]]:
    """Changes as a table."""
    listed = list(changes)
    names = area_names({change.place.territory for change in listed}, day)
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
