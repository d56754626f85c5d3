"""How far a figure has come on its way from the baseline to the target."""

from spoiwo.monitoring.types import Aims


def way_gone(aims: Aims, value: float | None) -> float | None:
    """0 at the baseline (at nought without one), 1 at the last target; None where nothing can be said."""
    if value is None or not aims.targets:
        return None
    start = aims.baseline or 0.0
    goal = aims.targets[max(aims.targets)]
    if goal == start:
        return 1.0 if value == goal else None
    return (value - start) / (goal - start)
