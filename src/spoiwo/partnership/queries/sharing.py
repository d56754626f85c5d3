"""What an institution has shared so far."""

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.models import TalkMessage


def has_written(actor: Actor) -> bool:
    """Whether anybody of the actor's institution has written to another one."""
    return TalkMessage.objects.filter(institution_id=actor.institution_id).exists()
