"""Reading and checking the log and its seals."""

from spoiwo.audit.queries.exporting import record_lines, seal_in_words, seals_for
from spoiwo.audit.queries.reading import (
    Record,
    Records,
    length_of,
    looks_at,
    people_per_day,
    pseudonyms_for,
    records_for,
    subjects_of,
    views_after,
)
from spoiwo.audit.queries.seals import newest_seals, public_keys, state, unsealed_since
from spoiwo.audit.queries.verifying import verify

__all__ = [
    "Record",
    "Records",
    "length_of",
    "looks_at",
    "newest_seals",
    "people_per_day",
    "pseudonyms_for",
    "public_keys",
    "record_lines",
    "records_for",
    "seal_in_words",
    "seals_for",
    "state",
    "subjects_of",
    "unsealed_since",
    "verify",
    "views_after",
]
