"""Reads of the context: who gives what to whom, why somebody may look, what the parties agreed on."""

from spoiwo.access.queries.agreements import (
    Agreement,
    agreement,
    agreements_of,
    all_purposes,
    bases,
    beginning_or_just_ended,
    terms_of,
    versions_of,
)
from spoiwo.access.queries.emergencies import (
    Emergency,
    count_to_review,
    emergencies_of,
    emergency,
    own_emergencies,
    people_in_emergency,
    people_of,
)
from spoiwo.access.queries.grants import (
    grants_between,
    grants_to,
    one_side_links,
    partners_of,
    unattended_rules,
)
from spoiwo.access.queries.purposes import (
    grants_for,
    offered_purposes,
    purpose_in_session,
    purposes_for,
    relation_kinds,
)
from spoiwo.access.queries.relations import known_people, relation_periods

__all__ = [
    "Agreement",
    "Emergency",
    "agreement",
    "agreements_of",
    "all_purposes",
    "bases",
    "beginning_or_just_ended",
    "count_to_review",
    "emergencies_of",
    "emergency",
    "grants_between",
    "grants_for",
    "grants_to",
    "known_people",
    "offered_purposes",
    "one_side_links",
    "own_emergencies",
    "partners_of",
    "people_in_emergency",
    "people_of",
    "purpose_in_session",
    "purposes_for",
    "relation_kinds",
    "relation_periods",
    "terms_of",
    "unattended_rules",
    "versions_of",
]
