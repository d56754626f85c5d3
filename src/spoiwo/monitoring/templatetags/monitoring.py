"""Figures in templates."""

from django import template

from spoiwo.kernel.actor import Actor
from spoiwo.monitoring import policies
from spoiwo.monitoring.models import Figure, IndicatorVersion
from spoiwo.monitoring.queries import found_of
from spoiwo.monitoring.tables.figures import places_of, told

register = template.Library()


@register.filter
def figure(found: Figure, version: IndicatorVersion) -> str:
    """A published figure for people, with the decimal places of its card."""
    return told(found_of(found), places_of(version))


@register.filter
def keeps_cards(actor: Actor | None) -> bool:
    """Whether the reader writes cards, on whichever page."""
    return policies.may_write(actor)
