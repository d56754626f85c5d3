"""Reads of the context: who gives what to whom, and why somebody may look."""

from spoiwo.access.queries.grants import grants_between, grants_to, partners_of, unattended_rules
from spoiwo.access.queries.purposes import (
    grants_for,
    offered_purposes,
    purpose_in_session,
    purposes_for,
    relation_kinds,
)
from spoiwo.access.queries.relations import known_people

__all__ = [
    "grants_between",
    "grants_for",
    "grants_to",
    "known_people",
    "offered_purposes",
    "partners_of",
    "purpose_in_session",
    "purposes_for",
    "relation_kinds",
    "unattended_rules",
]
