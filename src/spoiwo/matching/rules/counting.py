"""Which figures may be told before anybody has signed."""

from datetime import datetime, timedelta

FEWEST = 5  # smaller figures might point at somebody
ASKED_AGAIN_AFTER = timedelta(days=30)  # comparing counts of day after day would tell of single people


def may_be_told(figure: int) -> int | None:
    """The figure, None when it is too small to be told."""
    return figure if figure >= FEWEST else None


def may_be_counted_again(counted_at: datetime | None, now: datetime) -> bool:
    """Whether the registers may be compared anew."""
    return counted_at is None or now - counted_at >= ASKED_AGAIN_AFTER
