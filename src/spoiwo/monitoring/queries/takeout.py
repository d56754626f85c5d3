"""Figures that an institution reported."""

from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.models import Observation
from spoiwo.toolkit.takeout import Takeout, same, takeout


def tables(actor: Actor) -> list[Takeout]:
    """Observations with all their revisions, in the columns of files of figures."""
    own = Observation.objects.filter(institution_id=actor.institution_id)
    columns = ("unit", "territory", "period", "value", "status", "cell", "revision", "recorded_at")
    return [takeout("observations", own, {"measure": "measure__code", **same(*columns)})]
