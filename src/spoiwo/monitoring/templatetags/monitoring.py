"""Figures in templates."""

from django import template

from spoiwo.monitoring.models import Figure
from spoiwo.monitoring.queries import found_of
from spoiwo.monitoring.tables.figures import told

register = template.Library()


@register.filter
def figure(found: Figure) -> str:
    """A published figure for people."""
    return told(found_of(found))
