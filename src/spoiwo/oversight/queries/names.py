"""Whom a page of the desk is about."""

from uuid import UUID

from spoiwo.clients.queries import holding
from spoiwo.kernel.actor import Actor


def own_client(actor: Actor, uuid: UUID) -> str | None:
    """Names and number of an own client, past ones too; None when there is none for the actor."""
    held = holding.held_about(actor, uuid)
    if held is None or not held.versions:
        return None
    newest = held.versions[0]
    return f"{newest.first_name} {newest.last_name} ({newest.record.local_id})"
