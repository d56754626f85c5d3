"""When somebody's record is erased, what workers wrote when they handed her over goes; who served when stays."""

from spoiwo.clients.services.erasing import Erased, on_erased
from spoiwo.districts.models import HandOver
from spoiwo.toolkit.among import among


@on_erased
def forget(erased: Erased) -> None:
    """Take notes away, in the transaction of the erasure."""
    HandOver.objects.filter(among("record", erased.records)).update(note="")
