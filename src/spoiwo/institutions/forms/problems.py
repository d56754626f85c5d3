"""Refused values shown where they were typed."""

from django import forms

from spoiwo.institutions.errors import BadDetails
from spoiwo.institutions.messages import FIELD_NAMES, problem_sentences


def add_problems(form: forms.Form, error: BadDetails) -> None:
    """Show refused values at their fields, or above the form when it has no such field."""
    for field, sentence in problem_sentences(error.problems):
        if field in form.fields:
            form.add_error(field, sentence)
        else:
            form.add_error(None, f"{FIELD_NAMES.get(field, field)}: {sentence}")
