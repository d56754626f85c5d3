"""When somebody's record is erased, projects forget who took part; what was done and paid for stays."""

from spoiwo.clients.services.erasing import Erased, on_erased
from spoiwo.projects.models import Participant, Support
from spoiwo.toolkit.among import among

NOBODY = "—"  # stands where a name stood


@on_erased
def forget(erased: Erased) -> None:
    """Take names, birth dates and remarks away, in the transaction of the erasure."""
    gone = Participant.objects.filter(among("record", erased.records))
    participants = list(gone.values_list("pk", flat=True))
    Support.objects.filter(among("participant", participants)).update(reason="")
    Participant.objects.filter(among("pk", participants)).update(
        first_name="", last_name=NOBODY, birth_date=None, sort_key="", search_key="", reason_note=""
    )
