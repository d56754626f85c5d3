"""Reads of the context."""

from spoiwo.calendars.queries.entries import entries_between, entry, events_of, own_feeds, partner_calendars
from spoiwo.calendars.queries.feeds import actor_of_feed, feed_of_key

__all__ = [
    "actor_of_feed",
    "entries_between",
    "entry",
    "events_of",
    "feed_of_key",
    "own_feeds",
    "partner_calendars",
]
