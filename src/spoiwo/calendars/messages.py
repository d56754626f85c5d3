"""Refusals of calendars in words."""

from functools import singledispatch

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spoiwo.calendars.errors import CalendarError, CalendarUnreadable, EndsBeforeStart

_READING = {
    "format": gettext_lazy("This is no calendar file. Save the calendar as .ics and choose that file."),
    "empty": gettext_lazy("There is no event in the file."),
    "too_large": gettext_lazy("The file is too large. Save a shorter period."),
}


@singledispatch
def message_for(error: CalendarError) -> str:
    """The refusal as a sentence that says what to do; an error without a sentence is raised again."""
    raise error


@message_for.register
def _ends(error: EndsBeforeStart) -> str:  # noqa: ARG001
    return _("The entry ends before it begins. Correct one of the two.")


@message_for.register
def _unreadable(error: CalendarUnreadable) -> str:
    return str(_READING[error.reason])
