"""What every service does first and last: find the thing in the actor's reach, lock it, put the change on record."""

from typing import Any

from django.db.models import Model

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies
from spoiwo.partnership.errors import NotFound, NotYours
from spoiwo.partnership.models import Agreement, Body, Meeting, Outcome


def locked(model: type[Any], pk: int, by: Actor) -> Any:
    """The row in the actor's reach, locked until the transaction ends. Raises NotFound."""
    row = model.objects.visible_to(by).select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None:
        raise NotFound(f"{model.__name__} {pk}")
    return row


def kept_agreement(pk: int, by: Actor) -> Agreement:
    """An agreement whose registers the actor keeps. Raises NotFound, NotYours."""
    agreement: Agreement = locked(Agreement, pk, by)
    check_keeper(agreement, by)
    return agreement


def kept_body(pk: int, by: Actor) -> Body:
    """A body whose registers the actor keeps. Raises NotFound, NotYours."""
    body: Body = locked(Body, pk, by)
    check_keeper(body.agreement, by)
    return body


def kept_meeting(pk: int, by: Actor) -> Meeting:
    """A meeting that the actor keeps. Raises NotFound, NotYours."""
    meeting: Meeting = locked(Meeting, pk, by)
    check_keeper(meeting.body.agreement, by)
    return meeting


def found_outcome(pk: int, by: Actor) -> Outcome:
    """A conclusion in reach. Raises NotFound."""
    outcome: Outcome = locked(Outcome, pk, by)
    return outcome


def check_keeper(agreement: Agreement, by: Actor) -> None:
    """Raises NotYours unless the actor keeps the agreement's registers."""
    if not policies.keeps(by, agreement):
        raise NotYours(str(agreement.pk))


def record(agreement: Agreement, thing: Model, done: str, by: Actor | None, *, count: int = 1) -> None:
    """Put a change on record in the chain of the secretariat, and in the actor's own when that is another one."""
    acting = by.institution_id if by else 0
    chains = {agreement.secretariat_id} | ({acting} if acting else set())
    audit.append(
        *(
            Entry(
                institution_id=chain,
                action=Action.PARTNERSHIP_CHANGED,
                actor_user_id=by.user_id if by else 0,
                institution_acting_id=acting,
                object_ref=f"{thing._meta.model_name}:{thing.pk}",
                outcome=done,
                count=count,
            )
            for chain in sorted(chains)
        )
    )
