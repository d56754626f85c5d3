"""What calendars can refuse."""

from spoiwo.kernel.errors import DomainError


class CalendarError(DomainError):
    """Something about calendars was refused."""


class EntryNotFound(CalendarError):
    """No such entry in the actor's reach, or one that another part of the platform keeps."""


class EndsBeforeStart(CalendarError):
    """The entry would end before it starts."""


class CalendarUnreadable(CalendarError):
    """The file is no calendar. reason: "format", "empty" or "too_large"."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason
