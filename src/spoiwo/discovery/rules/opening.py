"""When a round may begin, and whose agreement allows it."""

from datetime import date, datetime, timedelta

PERIOD = timedelta(
    days=28
)  # between two rounds of one agreement: whoever asks often learns who came and who went
IN_FORCE = "active"  # state of an agreement
MOST_ROWS = 400_000


def days_to_wait(last_joined_at: datetime | None, now: datetime) -> int:
    """Days until the next round of an agreement may begin; 0 when it may now."""
    if last_joined_at is None:
        return 0
    left = last_joined_at + PERIOD - now
    return max(0, -(-left // timedelta(days=1)))


def holds(state: str, valid_from: date, valid_to: date | None, day: date) -> bool:
    """Whether a version of an agreement is in force on a day."""
    return state == IN_FORCE and valid_from <= day and (valid_to is None or day <= valid_to)
