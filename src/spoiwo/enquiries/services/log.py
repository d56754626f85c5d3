"""What is put on record: that something was done, for both institutions, never about whom in words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that was done. what: "type:id". person: the index row it was about.

    purpose, legal_basis, agreement: codes that allow it. unknown_to: the chain that must not learn which person it was.
    """

    action: Action
    what: str
    outcome: str
    person: UUID | None = None
    unknown_to: int = 0
    categories: Collection[str] = ()
    purpose: str = ""
    legal_basis: str = ""
    agreement: str = ""
    digest: bytes = b""
    request_id: str = ""


def record(step: Step, *, chains: Iterable[int], by: Actor) -> None:
    """Append one entry to each chain. Raises AuditUnavailable: then nothing may be done or shown."""
    audit.append(
        *(
            Entry(
                institution_id=chain,
                action=step.action,
                actor_user_id=by.user_id,
                institution_acting_id=by.institution_id,
                person=None if chain == step.unknown_to else step.person,
                object_ref=step.what,
                categories=tuple(sorted(step.categories)),
                purpose=step.purpose,
                legal_basis=step.legal_basis,
                agreement=step.agreement,
                outcome=step.outcome,
                digest=step.digest,
                request_id=step.request_id,
            )
            for chain in sorted(set(chains))
        )
    )


def record_list(count: int, *, others: Iterable[int], request_id: str, by: Actor) -> None:
    """Put on record that a list with people of others was shown. Raises AuditUnavailable."""
    audit.append(
        *(
            Entry(
                institution_id=chain,
                action=Action.LIST_CLIENTS,
                actor_user_id=by.user_id,
                institution_acting_id=by.institution_id,
                object_ref="enquiries",
                count=count,
                request_id=request_id,
            )
            for chain in sorted({by.institution_id, *others})
        )
    )
