"""What waits for those who write cards."""

from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.querysets import WRITERS
from spoiwo.monitoring.types import State


def waiting_for_approval(actor: Actor) -> list[IndicatorVersion]:
    """Versions of the own institution's cards that somebody else drafted and the actor may approve, oldest first."""
    if not actor.has_any(*WRITERS):
        return []
    sent = IndicatorVersion.objects.visible_to(actor).filter(
        state=State.REVIEW, indicator__institution_id=actor.institution_id
    )
    others = sent.exclude(drafted_by_user_id=actor.user_id)
    return list(others.select_related("indicator").order_by("drafted_at", "pk"))
