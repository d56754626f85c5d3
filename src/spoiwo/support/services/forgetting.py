"""When somebody's record is erased, the support register forgets who they were; what was given stays counted."""

from spoiwo.clients.services.erasing import Erased, on_erased
from spoiwo.support.models import Participant
from spoiwo.toolkit.among import among

NOBODY = "—"  # stands where a name stood


@on_erased
def forget(erased: Erased) -> None:
    """Destroy the key of the number and take away what tells who it was, in the transaction of the erasure."""
    Participant.objects.filter(among("record", erased.records)).update(
        wrapped_key=b"",
        pesel_sealed=b"",
        pesel_index=None,
        first_name="",
        last_name=NOBODY,
        birth_date=None,
        phone="",
        email="",
        sort_key="",
        search_key="",
    )
