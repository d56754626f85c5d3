"""Who somebody was recognised to be, and what guards their record, for the person who asks; read by overseers."""

from dataclasses import dataclass

from django.db.models import Q

from spoiwo.clients import policies
from spoiwo.clients.models import CommonClient, IdentityDecision, LegalHold, Restriction
from spoiwo.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """Institutions that serve the same person, decisions about the record, restrictions and legal holds on it."""

    served_too: tuple[CommonClient, ...] = ()
    decisions: tuple[IdentityDecision, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    holds: tuple[LegalHold, ...] = ()


def recognised(actor: Actor, record: int) -> Recognised:
    """Everything of the own record with this id, newest first; nothing for others than overseers."""
    if not policies.oversees(actor):
        return Recognised()
    own = {"institution_id": actor.institution_id, "record": record}
    decided = IdentityDecision.objects.overseen_by(actor).filter(
        Q(left_record=record) | Q(right_record=record)
    )
    return Recognised(
        served_too=tuple(
            CommonClient.objects.filter(**own).select_related("other").order_by("-since", "other_id")
        ),
        decisions=tuple(decided.order_by("-decided_at", "-pk")),
        restrictions=tuple(Restriction.objects.filter(**own).order_by("-set_at", "-pk")),
        holds=tuple(LegalHold.objects.filter(**own).order_by("-set_at", "-pk")),
    )
