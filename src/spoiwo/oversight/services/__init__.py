"""Writes of the context: reading on record, findings, incidents, reviews of access."""

from spoiwo.oversight.services.incidents import (
    change_incident,
    close_incident,
    open_incident,
    review_emergency,
)
from spoiwo.oversight.services.reading import record_answer, record_reading
from spoiwo.oversight.services.reviewing import confirm_access
from spoiwo.oversight.services.watching import dismiss_finding, make_incident, watch, watch_all

__all__ = [
    "change_incident",
    "close_incident",
    "confirm_access",
    "dismiss_finding",
    "make_incident",
    "open_incident",
    "record_answer",
    "record_reading",
    "review_emergency",
    "watch",
    "watch_all",
]
