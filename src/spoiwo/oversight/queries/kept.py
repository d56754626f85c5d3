"""What the own institution keeps about a person beside its register of clients, gathered from every context."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from spoiwo.clients.queries.recognised import Recognised, recognised
from spoiwo.districts.queries.holding import Served, served
from spoiwo.enquiries.queries.holding import Exchanged, exchanged_about
from spoiwo.kernel.actor import Actor
from spoiwo.matching.queries.holding import Compared, compared
from spoiwo.plans.queries.holding import Planned, listed, planned_for
from spoiwo.projects.queries.holding import taken_part
from spoiwo.referrals.queries.holding import referred
from spoiwo.support.queries.holding import Supported, supported


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Rows of each context; own: the institution whose point of view it is."""

    own: int
    exchanged: Exchanged
    supported: Supported
    projects: tuple[Any, ...]
    plans: tuple[Planned, ...]
    referrals: tuple[Any, ...]
    lists: tuple[Any, ...] = ()
    compared: tuple[Compared, ...] = ()
    recognised: Recognised = field(default_factory=Recognised)
    served: Served = field(default_factory=Served)


def kept_about(actor: Actor, *, record: int, people: Collection[UUID]) -> Kept:
    """record: the own record's id; people: index rows it stands or stood under."""
    return Kept(
        own=actor.institution_id,
        exchanged=exchanged_about(actor, record),
        supported=supported(actor, record, people),
        projects=tuple(taken_part(actor, record, people)),
        plans=tuple(planned_for(actor, record)),
        referrals=tuple(referred(actor, record, people)),
        lists=tuple(listed(actor, record)),
        compared=tuple(compared(actor, record)),
        recognised=recognised(actor, record),
        served=served(actor, record),
    )
