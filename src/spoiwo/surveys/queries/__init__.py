"""Reads of the context; other contexts read observations and answers about a subject."""

from spoiwo.surveys.queries.observing import (
    Edition,
    editions_of,
    known_editions,
    observations,
    response_rate,
)
from spoiwo.surveys.queries.subjects import surveys_about_persons

__all__ = [
    "Edition",
    "editions_of",
    "known_editions",
    "observations",
    "response_rate",
    "surveys_about_persons",
]
