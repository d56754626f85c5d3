"""Dates, figures and chips as Polish offices write them: ``{% load spoiwo %}``.

Figures keep the Polish form in both languages: a decimal comma, no-break spaces, the currency behind.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from ipaddress import ip_address
from typing import Any

from django import template
from django.core.paginator import Page
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext

register = template.Library()

NO_BREAK_SPACE = "\u00a0"
NOTHING = "–"
PESEL_LENGTH = 11

# Forms of social enterprise share one colour; kinds without a colour of their own are "other".
KIND_COLOURS = {
    "pup": "pup",
    "ops": "ops",
    "cus": "ops",
    "cis": "cis",
    "pcpr": "pcpr",
    "wup": "wup",
    "rops": "rops",
    "owes": "owes",
    "kis": "kis",
    "zaz": "zaz",
    "wtz": "wtz",
    "jst": "jst",
    "ngo": "ngo",
    "association": "ngo",
    "foundation": "ngo",
    "pes": "pes",
    "social_cooperative": "pes",
    "social_company": "pes",
    "other_pes": "pes",
}


def _local_day(value: date) -> date:
    if isinstance(value, datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else value.date()
    return value


def day_in_words(day: date, *, style: str, today: date) -> str:
    """A day as prose: "3 lutego 2024".

    style "relative" says today, yesterday and tomorrow by name; "short" leaves out the year that is running.
    """
    if style == "relative":
        names = {
            today: gettext("today"),
            today - timedelta(days=1): gettext("yesterday"),
            today + timedelta(days=1): gettext("tomorrow"),
        }
        if day in names:
            return names[day]
    short = style in {"short", "relative"} and day.year == today.year
    return format_date(day, "j E" if short else "j E Y")


@register.filter
def pl_date(value: date | None, style: str = "") -> str:
    """A day or a moment (in local time) as ``day_in_words``; nothing is a dash."""
    if not value:
        return NOTHING
    return day_in_words(_local_day(value), style=style, today=timezone.localdate())


def polish_number(value: Any, digits: int, *, group_from: int = 5) -> str:
    """A figure with a decimal comma; thousands are parted from ``group_from`` whole digits on."""
    step = Decimal(1).scaleb(-digits)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    if len(whole) >= group_from:
        whole = f"{int(whole):,}".replace(",", NO_BREAK_SPACE)
    sign = "−" if rounded < 0 else ""
    return sign + whole + (f",{fraction}" if fraction else "")


@register.filter
def number(value: Any, digits: int = 0) -> str:
    """Write a number as 1046, 12 345, with digits 3,14; None is a dash."""
    return NOTHING if value is None else polish_number(value, digits)


@register.filter
def zloty(value: Any) -> str:
    """An amount in zlotys (a number or the kernel's Zloty): "1 234,50 zł"; None is a dash."""
    if value is None:
        return NOTHING
    amount = getattr(value, "amount", value)
    return f"{polish_number(amount, 2, group_from=4)}{NO_BREAK_SPACE}zł"


@register.filter
def percent(ratio: Any, digits: int = 1) -> str:
    """A ratio (0.394) as "39,4 %"; None, which is a ratio without a base, is a dash."""
    if ratio is None:
        return NOTHING
    return f"{polish_number(Decimal(str(ratio)) * 100, digits)}{NO_BREAK_SPACE}%"


@register.filter
def mask_pesel(value: Any) -> str:
    """Birth date and last two digits of a PESEL: "780314•••78"; anything else is hidden whole."""
    digits = str(value or "")
    if len(digits) != PESEL_LENGTH or not digits.isdigit():
        return "•••" if digits else NOTHING
    return f"{digits[:6]}•••{digits[-2:]}"


@register.filter
def kind_colour(kind: Any) -> str:
    """The class that gives an institution kind its pair of colours; the name of the kind stands beside it."""
    return f"kind-{KIND_COLOURS.get(str(kind).lower(), 'other')}"


@register.filter
def is_by_number(host: str) -> bool:
    """Whether a site is reached by the number of its machine, at which browsers accept no security key."""
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


@register.filter
def at(items: Sequence[Any], index: int) -> Any:
    """The item at a position."""
    return items[index]


@register.simple_tag
def page_numbers(page: Page[Any]) -> Iterator[int | str]:
    """Page numbers around the current one, with the paginator's ellipsis for what is left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
