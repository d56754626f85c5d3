"""When an entry was confirmed long enough ago to be doubted."""

from datetime import date, timedelta

from spoiwo.catalogue.types import CONFIRM_EVERY_DAYS, DUE_DAYS, Freshness


def freshness(confirmed_on: date, today: date) -> Freshness:
    """How far an entry can be trusted on a day."""
    due_on = confirmed_on + timedelta(days=CONFIRM_EVERY_DAYS)
    if today > due_on:
        return Freshness.STALE
    return Freshness.DUE if today > due_on - timedelta(days=DUE_DAYS) else Freshness.FRESH


def oldest_trusted(today: date) -> date:
    """The earliest day of confirmation that still counts."""
    return today - timedelta(days=CONFIRM_EVERY_DAYS)
