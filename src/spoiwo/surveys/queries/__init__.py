"""Reads of the context; other contexts read observations and answers about a subject."""

from spoiwo.surveys.queries.observing import (
    Edition,
    breaks_of,
    editions_of,
    frame_of,
    known_editions,
    labels_of,
    observations,
    response_rate,
)
from spoiwo.surveys.queries.subjects import surveys_about_persons

__all__ = [
    "Edition",
    "breaks_of",
    "editions_of",
    "frame_of",
    "known_editions",
    "labels_of",
    "observations",
    "response_rate",
    "surveys_about_persons",
]
