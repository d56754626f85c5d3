"""What is put on record about plans: in the parties' chains (ids only) and in the plan's own journal (words)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor
from spoiwo.plans.models import JointPlan, PlanEvent
from spoiwo.plans.types import EventKind


def tell(
    plan: JointPlan, kind: EventKind, *, at: datetime, by: Actor, text: str = "", digest: bytes = b""
) -> None:
    """Write a line into the journal, and append what was done to the chain of every party."""
    PlanEvent.objects.create(
        plan=plan, kind=kind, at=at, institution_id=by.institution_id, by_id=by.user_id, text=text[:1000]
    )
    audit.append(
        *(
            Entry(
                institution_id=party,
                action=Action.PLAN,
                actor_user_id=by.user_id,
                institution_acting_id=by.institution_id,
                object_ref=f"plan:{plan.uuid}",
                agreement=plan.agreement,
                outcome=kind.value,
                digest=digest,
            )
            for party in plan.parties.order_by("institution").values_list("institution_id", flat=True)
        )
    )


def record_own(by: Actor, ref: str, *, count: int = 1, action: Action = Action.PLAN) -> None:
    """Append what concerns the own institution alone."""
    audit.append(
        Entry(
            institution_id=by.institution_id,
            action=action,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=ref,
            count=count,
        )
    )


def record_view(
    plan: JointPlan,
    *,
    person: UUID,
    purpose: str,
    legal_basis: str,
    owners: Collection[int],
    digest: bytes,
    request_id: str,
    by: Actor,
) -> None:
    """Record that a plan was shown: in the reader's chain and in those of the other parties.

    Raises AuditUnavailable: then nothing may be answered.
    """
    audit.append(
        *(
            Entry(
                institution_id=party,
                action=Action.VIEW_CLIENT,
                actor_user_id=by.user_id,
                institution_acting_id=by.institution_id,
                person=person,
                object_ref=f"plan:{plan.uuid}",
                categories=("measures",),
                purpose=purpose,
                legal_basis=legal_basis,
                agreement=plan.agreement,
                relation="involvement",
                digest=digest,
                request_id=request_id,
            )
            for party in sorted({by.institution_id, *owners})
        )
    )


def record_list(by: Actor, *, served_by: dict[int, int], plans: int, action: Action, request_id: str) -> None:
    """Record that a list of plans was shown or saved. served_by: other party -> how many of the plans are its own."""
    entries = {by.institution_id: plans, **served_by}
    audit.append(
        *(
            Entry(
                institution_id=party,
                action=action,
                actor_user_id=by.user_id,
                institution_acting_id=by.institution_id,
                object_ref="list:plans",
                count=count,
                request_id=request_id,
            )
            for party, count in sorted(entries.items())
        )
    )


def record_file(by: Actor, uuid: UUID, *, taken: Mapping[int, int], digest: bytes) -> None:
    """A file of plans was read. taken: other party -> how many of the plans that were taken are its own too."""
    entries = {by.institution_id: sum(taken.values()), **taken}
    audit.append(
        *(
            Entry(
                institution_id=party,
                action=Action.PLAN,
                actor_user_id=by.user_id,
                institution_acting_id=by.institution_id,
                object_ref=f"plan-file:{uuid}",
                outcome="imported",
                count=count,
                digest=digest,
            )
            for party, count in sorted(entries.items())
        )
    )
