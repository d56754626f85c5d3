"""Where a figure should go and since when it cannot be compared: kept as JSON with a version of a card."""

import re
from collections.abc import Mapping
from typing import Any

from spoiwo.monitoring.errors import PairUnreadable
from spoiwo.monitoring.types import Aims, Direction, Level, Reach

_PERIOD = re.compile(r"\d{4}(-Q[1-4]|-\d{2})?")
_NUMBER = re.compile(r"-?\d+([.,]\d+)?")


def aims_of(kept: Mapping[str, Any]) -> Aims:
    """The aims as they were kept; what nobody said is empty."""
    return Aims(
        level=Level(kept.get("level", "")),
        direction=Direction(kept.get("direction", "")),
        baseline_period=kept.get("baseline_period", ""),
        baseline=kept.get("baseline"),
        targets=kept.get("targets", {}),
        breaks=kept.get("breaks", {}),
        due_days=kept.get("due_days"),
        correction_days=kept.get("correction_days"),
        least_response=kept.get("least_response"),
        reach=Reach(kept.get("reach", Reach.PUBLIC)),
    )


def kept_aims(aims: Aims) -> dict[str, Any]:
    """The aims as JSON keeps them."""
    return {
        "level": aims.level.value,
        "direction": aims.direction.value,
        "baseline_period": aims.baseline_period,
        "baseline": aims.baseline,
        "targets": dict(sorted(aims.targets.items())),
        "breaks": dict(sorted(aims.breaks.items())),
        "due_days": aims.due_days,
        "correction_days": aims.correction_days,
        "least_response": aims.least_response,
        "reach": aims.reach.value,
    }


def read_pairs(text: str) -> dict[str, str]:
    """Periods and what belongs to them: "2025: 42; 2026: 44,5", or one in a line. Raises PairUnreadable."""
    found: dict[str, str] = {}
    for part in re.split(r"[;\n]", text):
        if not part.strip():
            continue
        period, colon, rest = (piece.strip() for piece in part.partition(":"))
        if not colon or not rest or not _PERIOD.fullmatch(period) or period in found:
            raise PairUnreadable(part.strip())
        found[period] = rest
    return found


def read_targets(text: str) -> dict[str, float]:
    """Targets by period. Raises PairUnreadable."""
    pairs = read_pairs(text)
    wrong = next(
        (f"{period}: {value}" for period, value in pairs.items() if not _NUMBER.fullmatch(value)), ""
    )
    if wrong:
        raise PairUnreadable(wrong)
    return {period: float(value.replace(",", ".")) for period, value in pairs.items()}


def is_reached(aims: Aims, period: str, value: float) -> bool | None:
    """Whether a figure has come to the target of its period; None without a target or a direction."""
    target = aims.targets.get(period)
    if target is None or aims.direction is Direction.NONE:
        return None
    return value >= target if aims.direction is Direction.UP else value <= target
