"""Words for the templates of surveys: ``{% load surveys %}``."""

from django import template

from spoiwo.institutions.messages import KIND_NAMES
from spoiwo.institutions.types import Kind
from spoiwo.surveys.messages import STEP_NAMES, minutes_words
from spoiwo.surveys.types import Step

register = template.Library()


@register.filter
def kind_words(code: str) -> str:
    """The name of a kind of institution; other kinds of units are called as they are."""
    return str(KIND_NAMES[Kind(code)]) if code in set(Kind) else code


@register.filter
def minutes(estimate: tuple[int, int]) -> str:
    """An estimate (least, most) as "about 1 minute" or "from 4 to 6 minutes"."""
    return minutes_words(*estimate)


@register.filter
def step_words(step: str) -> str:
    """Where a survey stands."""
    return str(STEP_NAMES[Step(step)])
