"""Own clients in the order of their names, for lists of other things about them."""

from django.db.models import OuterRef, Subquery

from spoiwo.clients.models import RecordVersion
from spoiwo.kernel.actor import Actor


def name_keys(actor: Actor, record: str) -> Subquery:
    """What rows are sorted by, NULL for clients out of the actor's reach. record: column with the own record's id."""
    named = RecordVersion.objects.visible_to(actor).current().filter(record=OuterRef(record))
    return Subquery(named.values("sort_key")[:1])
