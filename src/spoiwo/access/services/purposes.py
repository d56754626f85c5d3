"""Stating why one looks: once per working session on a person."""

from collections.abc import Collection, MutableMapping
from datetime import date
from typing import Any
from uuid import UUID

from spoiwo.access import rules
from spoiwo.access.queries.purposes import SESSION_KEY, session_slot
from spoiwo.access.types import ChosenPurpose, Grant
from spoiwo.kernel.actor import Actor

MOST_REMEMBERED = 200  # a session row is rewritten whole; a day's work on people fits


def remember_purpose(
    session: MutableMapping[str, Any],
    *,
    actor: Actor,
    person: UUID,
    purpose: str,
    legal_basis: str,
    grants: Collection[Grant],
    day: date,
) -> ChosenPurpose:
    """Keep what the actor stated for the person until the session or the day ends.

    legal_basis: code and version, as offered. grants: what is given to the actor's institution today.
    Raises PurposeNotAllowed when no grant allows the purpose on that basis.
    """
    chosen = rules.choose(grants, purpose=purpose, legal_basis=legal_basis, day=day)
    kept = dict(session.get(SESSION_KEY, {}))
    slot = session_slot(actor, person)
    kept.pop(slot, None)
    kept[slot] = {
        "purpose": chosen.purpose,
        "legal_basis": chosen.legal_basis,
        "agreement": chosen.agreement,
        "stated_on": day.isoformat(),
    }
    session[SESSION_KEY] = dict(list(kept.items())[-MOST_REMEMBERED:])
    return chosen


def forget_purpose(session: MutableMapping[str, Any], *, actor: Actor, person: UUID) -> None:
    """Ask again at the next look."""
    kept = dict(session.get(SESSION_KEY, {}))
    if kept.pop(session_slot(actor, person), None) is not None:
        session[SESSION_KEY] = kept
