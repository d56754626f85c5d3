"""Figures beside the lines of the menu, remembered for half a minute."""

from django.core.cache import cache
from django.utils import timezone

from spoiwo.clients.queries import counts
from spoiwo.enquiries import queries as enquiries
from spoiwo.kernel.actor import Actor
from spoiwo.matching.queries import waiting
from spoiwo.oversight.queries import watching
from spoiwo.toolkit.context import acting_for

KEPT_SECONDS = 30
OVERSEERS = ("supervisor", "iod")


def menu_counts(actor: Actor) -> dict[str, int]:
    """Address name -> figure, for the lines that have one and this actor may see."""
    if not actor.has_any("case_worker", "reviewer", *OVERSEERS):
        return {}
    reach = (*sorted(actor.roles), *sorted(actor.territories))
    key = f"menu:{actor.institution_id}:{actor.user_id}:{','.join(reach)}"
    known: dict[str, int] | None = cache.get(key)
    if known is None:
        with acting_for(
            actor.institution_id, user_id=actor.user_id
        ):  # error pages are made outside the door's own context
            known = {}
            if actor.has_any("case_worker", "reviewer"):
                known["clients:list"] = counts.count_common(actor, timezone.localdate())
            if actor.has_any(*OVERSEERS) and (count := _on_the_desk(actor)):
                known["oversight:desk"] = count
            if actor.has_any("case_worker"):
                waits = enquiries.waiting_for(actor)
                news = {"enquiries:list": waits.to_answer + waits.answers, "enquiries:talks": waits.messages}
                known |= {address: count for address, count in news.items() if count}
            if actor.has_any("reviewer"):
                known["matching:list"] = waiting.count_waiting(actor)
        cache.set(key, known, KEPT_SECONDS)
    return known


def _on_the_desk(actor: Actor) -> int:
    desk = watching.desk_of(actor, timezone.now())
    return desk.emergencies + desk.findings + desk.incidents
