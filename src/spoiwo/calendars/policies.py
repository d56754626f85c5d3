"""Who may change which entry."""

from spoiwo.calendars.models import Entry
from spoiwo.kernel.actor import Actor

OWN = "own:"


def may_write(actor: Actor) -> bool:
    """Anybody who acts for an institution in some role writes its own calendar."""
    return actor.institution_id != 0 and bool(actor.roles)


def may_change(actor: Actor, entry: Entry) -> bool:
    """Own entries only; those that other parts of the platform push are changed there."""
    own = entry.institution_id == actor.institution_id and entry.source.startswith(OWN)
    return may_write(actor) and own
