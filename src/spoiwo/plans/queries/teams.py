"""Who works with a client by the districts of the institutions: the first team of a plan."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from spoiwo.districts.queries.pairs import pair_for
from spoiwo.institutions.types import Kind
from spoiwo.kernel.actor import Actor
from spoiwo.plans.types import Worker, WorkerRole

ROLE_OF = {
    Kind.PUP: WorkerRole.CAREER_ADVISER,
    Kind.OPS: WorkerRole.SOCIAL_WORKER,
    Kind.CUS: WorkerRole.SOCIAL_WORKER,
}


def district_team(actor: Actor, record: UUID, *, parties: Collection[int], day: date) -> tuple[Worker, ...]:
    """Workers of these institutions whose districts hold the client's address, in the roles of their offices."""
    pair = pair_for(actor, record, day=day)
    return tuple(
        Worker(
            role=ROLE_OF[Kind(side.institution.kind)],
            institution=side.institution.id,
            user=side.worker.user_id,
            name=side.worker.name,
        )
        for side in (pair.sides if pair else ())
        if side.worker is not None
        and side.worker.user_id
        and side.institution.id in parties
        and side.institution.kind in ROLE_OF
    )
