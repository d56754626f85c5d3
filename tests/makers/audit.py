"""Entries of the log that are valid as they stand."""

from typing import Any
from uuid import UUID

from spoiwo.audit import services
from spoiwo.audit.models import AuditRecord
from spoiwo.audit.types import Action, Entry


def entry(institution_id: int = 1, **fields: object) -> Entry:
    """Somebody of the institution opened a client's page."""
    values: dict[str, Any] = {
        "action": Action.VIEW_CLIENT,
        "actor_user_id": 7,
        "institution_acting_id": institution_id,
        **fields,
    }
    return Entry(institution_id=institution_id, **values)


def chain(institution_id: int, length: int) -> list[AuditRecord]:
    """An institution's chain of so many records, the oldest first."""
    for number in range(length):
        services.append(entry(institution_id, count=number + 1))
    return list(AuditRecord.objects.filter(institution_id=institution_id).order_by("seq"))


def look(
    owner_id: int,
    person: UUID | None,
    *,
    by_user: int,
    acting_for: int,
    purpose: str = "joint-support",
    **fields: object,
) -> None:
    """Somebody looked at a person whose data belong to the owner."""
    services.append(
        entry(
            owner_id,
            actor_user_id=by_user,
            institution_acting_id=acting_for,
            person=person,
            purpose=purpose,
            **fields,
        )
    )
