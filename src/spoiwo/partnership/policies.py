"""Who may do what in a partnership. The secretariat's secretaries keep its registers; owners do their own work."""

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.models import (
    Agreement,
    Body,
    Communique,
    Delivery,
    Mandate,
    Meeting,
    Outcome,
)
from spoiwo.partnership.types import OutcomeState, Seat, Step

BY_KEEPER = frozenset(
    {Step.ADOPT, Step.ASSIGN, Step.REJECT, Step.SUPERSEDE, Step.EXPIRE, Step.SEND_BACK, Step.VERIFY}
)
BY_OWNER = frozenset({Step.ACCEPT, Step.START, Step.CLAIM})


def may_found(actor: Actor) -> bool:
    """The operator enters agreements and says who keeps them."""
    return actor.is_operator


def keeps(actor: Actor, agreement: Agreement) -> bool:
    """A secretary of the institution that is the agreement's secretariat."""
    return actor.has_any("secretary") and actor.institution_id == agreement.secretariat_id != 0


def keeps_something(actor: Actor | None) -> bool:
    """Whether the actor may be a secretary at all; which agreement is asked later."""
    return actor is not None and actor.has_any("secretary")


def works_somewhere(actor: Actor | None) -> bool:
    """Whether the actor does anything for an institution, in any role."""
    return actor is not None and actor.institution_id != 0 and bool(actor.roles)


def chairs(actor: Actor, body: Body) -> bool:
    """The chair of the body by account; a chair without an account is stood in for by the institution's director."""
    chair = Mandate.objects.filter(body=body, seat=Seat.CHAIR, valid_to__isnull=True).first()
    if chair is None:
        return False
    if chair.user_id is not None:
        return chair.user_id == actor.user_id
    return chair.institution_id == actor.institution_id and actor.has_any("director")


def may_approve(actor: Actor, meeting: Meeting) -> bool:
    """Minutes are approved by the chair of the body."""
    return chairs(actor, meeting.body)


def may_amend(actor: Actor, meeting: Meeting) -> bool:
    """Institutions that were at the meeting propose amendments."""
    return works_somewhere(actor) and (
        meeting.attendances.filter(
            institution_id=actor.institution_id, presence__in=("present", "remote")
        ).exists()
    )


def is_member(actor: Actor, body: Body) -> bool:
    """Whether the actor's institution has a seat in the body, or keeps its registers."""
    if body.agreement.secretariat_id == actor.institution_id:
        return True
    seats = Mandate.objects.filter(body=body, institution_id=actor.institution_id, valid_to__isnull=True)
    return seats.exists()


def owns(actor: Actor, outcome: Outcome) -> bool:
    """The owner institution, or any member of the body that owns it."""
    if not works_somewhere(actor):
        return False
    if outcome.owner_body_id is not None:
        return is_member(actor, _owner_body(outcome))
    return outcome.owner_id == actor.institution_id


def may_take(actor: Actor, step: Step, outcome: Outcome) -> bool:
    """Keepers decide, owners work; whoever reported something as done does not verify it."""
    keeper = keeps(actor, outcome.body.agreement)
    if step is Step.VERIFY:
        return (keeper or chairs(actor, outcome.body)) and not is_own_work(actor, outcome)
    if step in BY_OWNER:
        return owns(actor, outcome)
    return keeper


def is_own_work(actor: Actor, outcome: Outcome) -> bool:
    """Whether the actor reported it as done, or works where its owner does."""
    return actor.user_id == outcome.claimed_by_user_id or actor.institution_id == outcome.owner_id


def may_move_deadline(actor: Actor, outcome: Outcome) -> bool:
    """The secretariat and the owner, while it is open."""
    is_open = outcome.state not in (
        OutcomeState.VERIFIED,
        OutcomeState.REJECTED,
        OutcomeState.SUPERSEDED,
        OutcomeState.EXPIRED,
    )
    return is_open and (keeps(actor, outcome.body.agreement) or owns(actor, outcome))


def prepares(actor: Actor, communique: Communique) -> bool:
    """The secretariat and the chair of the body work on what is not sent yet."""
    return keeps(actor, communique.body.agreement) or chairs(actor, communique.body)


def may_acknowledge(actor: Actor, delivery: Delivery) -> bool:
    """Anybody who works at the institution the delivery is for."""
    return works_somewhere(actor) and delivery.institution_id == actor.institution_id


def _owner_body(outcome: Outcome) -> Body:
    body = outcome.owner_body
    assert body is not None
    return body
