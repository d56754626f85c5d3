"""Which records somebody's was compared with, for the person who asks; read by those who watch over the register."""

from dataclasses import dataclass

from django.db.models import Q

from spoiwo.clients import policies as clients
from spoiwo.kernel.actor import Actor
from spoiwo.matching.models import Opinion, Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A proposal, and in words what the own institution answered; empty while it has not."""

    proposal: Proposal
    answer: str


def compared(actor: Actor, record: int) -> list[Compared]:
    """Proposals that the own record is somebody else's too, newest first; nothing for others than overseers.

    The other record and its institution stay unnamed: until people decide, it may be a stranger's.
    """
    if not clients.oversees(actor):
        return []
    about = Proposal.objects.about_own(actor).filter(Q(left_record=record) | Q(right_record=record))
    return [
        Compared(
            proposal=one,
            answer=_answer(one.left_answer if one.left_record_id == record else one.right_answer),
        )
        for one in about.order_by("-created_at", "-pk")
    ]


def _answer(code: str) -> str:
    return str(Opinion.Answer(code).label) if code else ""
