"""In which districts somebody was served, for the person who asks; read by those who watch over the register."""

from dataclasses import dataclass

from spoiwo.clients import policies as clients
from spoiwo.districts.models import Assignment, HandOver
from spoiwo.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Districts that the address put the client in, and hand-overs between their workers."""

    assignments: tuple[Assignment, ...] = ()
    hand_overs: tuple[HandOver, ...] = ()


def served(actor: Actor, record: int) -> Served:
    """Everything of the own record with this id, newest first; nothing for others than overseers."""
    if not clients.oversees(actor):
        return Served()
    own = {"institution_id": actor.institution_id, "record": record}
    moved = HandOver.objects.filter(**own).select_related("from_district", "to_district")
    return Served(
        assignments=tuple(
            Assignment.objects.filter(**own).select_related("district").order_by("-starts_on", "-pk")
        ),
        hand_overs=tuple(moved.order_by("-noticed_on", "-pk")),
    )
