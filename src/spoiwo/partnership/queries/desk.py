"""What waits in a partnership: for any institution that takes part, and for the secretariat that keeps it."""

from dataclasses import dataclass
from datetime import date, timedelta

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.models import Meeting, Outcome
from spoiwo.partnership.queries.communiques import unread_communiques
from spoiwo.partnership.queries.meetings import waiting_answers
from spoiwo.partnership.queries.outcomes import own_work
from spoiwo.partnership.queries.talks import unread_talks
from spoiwo.partnership.querysets import keeper
from spoiwo.partnership.types import MeetingState, OutcomeState

WITHOUT_MINUTES = (MeetingState.HELD, MeetingState.PREPARING)
A_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Figures: invitations to answer, messages and communiqués to read, conclusions to carry out, overdue ones."""

    answers: int
    talks: int
    communiques: int
    work: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a secretary has to do: meetings whose minutes are not written, conclusions to check, those without an owner.

    minutes: of the last year, the oldest first; of meetings brought in from former years nobody writes any.
    """

    minutes: tuple[Meeting, ...]
    claimed: int
    unowned: int


def waiting_for(actor: Actor, day: date) -> Waiting:
    """What waits for the actor's institution as one that takes part."""
    work = own_work(actor)
    return Waiting(
        answers=waiting_answers(actor, day),
        talks=unread_talks(actor),
        communiques=unread_communiques(actor),
        work=work,
        overdue=_overdue(actor, day) if work else 0,
    )


def kept_by(actor: Actor, day: date) -> Kept:
    """What waits for a secretary in the agreements that the actor's institution keeps."""
    ours = keeper(actor, "body__agreement")
    minutes = Meeting.objects.visible_to(actor).filter(
        ours, state__in=WITHOUT_MINUTES, day_known=True, starts_on__gte=day - A_YEAR
    )
    outcomes = Outcome.objects.visible_to(actor).filter(ours)
    return Kept(
        minutes=tuple(minutes.order_by("starts_on", "pk")),
        claimed=outcomes.filter(state=OutcomeState.CLAIMED).count(),
        unowned=outcomes.filter(state=OutcomeState.ADOPTED).count(),
    )


def _overdue(actor: Actor, day: date) -> int:
    own = Outcome.objects.overdue(day).filter(owner_id=actor.institution_id)
    return own.exclude(state=OutcomeState.CLAIMED).count()
