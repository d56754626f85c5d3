"""Codes of plans in words: ``{% load plans %}``."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from spoiwo.plans import messages
from spoiwo.plans.types import PlanState

register = template.Library()


@register.filter
def state_tag(state: str) -> SafeString:
    """Where a plan stands, as a tag."""
    tone = messages.TONES[PlanState(state)]
    return format_html(
        '<span class="tag{}">{}</span>', f" tag--{tone}" if tone else "", messages.STATE_NAMES[state]
    )


@register.filter
def area_name(area: str) -> str:
    """An area of co-operation."""
    return str(messages.AREA_NAMES[area])


@register.filter
def contact_name(kind: str) -> str:
    """How a contact took place."""
    return str(messages.CONTACT_NAMES[kind])


@register.filter
def remark_name(kind: str) -> str:
    """What kind of remark."""
    return str(messages.REMARK_NAMES[kind])


@register.filter
def employment_name(code: str) -> str:
    """Whether somebody works."""
    return str(messages.EMPLOYMENT_NAMES[code])


@register.filter
def source_name(code: str) -> str:
    """Who says so."""
    return str(messages.SOURCE_NAMES[code])
