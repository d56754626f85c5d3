"""What a review of access looks at: every authorisation in force."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Colleague, Standing
from spoiwo.kernel.actor import Actor


def authorisations_in_force(actor: Actor, day: date) -> list[dict[str, Any]]:
    """Authorisations in force at the own institution, as `rows_of` gives them."""
    return rows_of(institutions.colleagues_of(actor, day))


def rows_of(colleagues: Iterable[Colleague]) -> list[dict[str, Any]]:
    """Authorisations in force, as JSON values: whose, which role, number, first and last day, last use."""
    return [
        {
            "id": held.authorisation_id,
            "name": one.full_name,
            "role": held.role.value,
            "number": held.number,
            "first": held.valid_from.isoformat(),
            "last": held.valid_to.isoformat() if held.valid_to else "",
            "used": one.last_used_at.date().isoformat() if one.last_used_at else "",
            "suspended": one.standing is Standing.SUSPENDED,
        }
        for one in colleagues
        for held in one.roles
        if not held.is_over
    ]
