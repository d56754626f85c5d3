"""Words of the support register: ``{% load support %}``."""

from typing import Any

from django import template

from spoiwo.support import messages
from spoiwo.support.types import Figure, Unit

register = template.Library()
_NAMES: dict[str, Any] = {**messages.DELIVERY_NAMES, **messages.EVENT_NAMES}


@register.filter
def kind_name(code: str) -> str:
    """The name of a kind of support or event."""
    return str(_NAMES[code])


@register.filter
def long(minutes: int) -> str:
    """Minutes as "1 h 30 min"."""
    return messages.minutes_in_words(minutes)


@register.filter
def tone(code: str) -> str:
    """The tone of the tag that tells where something stands."""
    return messages.TONES.get(code, "")


@register.filter
def named(one: Any) -> str:
    """The name of a path, stage or checklist line in the language of the page."""
    return messages.named(one)


@register.filter
def correction_name(code: str) -> str:
    """What happened to a row of a closed period."""
    return str(messages.CORRECTION_NAMES[code])


@register.filter
def figure_name(key: str) -> str:
    """What a figure counts, with its part of the report."""
    return messages.whole_name(key)


@register.filter
def worth(value: float, unit: str) -> str:
    """A figure with its unit."""
    return messages.figure_in_words(Figure("", value, Unit(unit)))
