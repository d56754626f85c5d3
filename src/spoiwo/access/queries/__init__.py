"""Reads of the context: who gives what to whom, why somebody may look, what the parties agreed on."""

from spoiwo.access.queries.agreements import (
    agreement,
    agreements_of,
    all_purposes,
    bases,
    beginning_or_just_ended,
    terms_of,
    versions_of,
)
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
    "agreement",
    "agreements_of",
    "all_purposes",
    "bases",
    "beginning_or_just_ended",
    "grants_between",
    "grants_for",
    "grants_to",
    "known_people",
    "offered_purposes",
    "partners_of",
    "purpose_in_session",
    "purposes_for",
    "relation_kinds",
    "terms_of",
    "unattended_rules",
    "versions_of",
]
