"""Entries that lie in each other's way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Span:
    """When an entry lasts. Entries for whole days do not clash."""

    id: int
    starts_at: datetime
    ends_at: datetime
    counts: bool = True


def clashes(spans: Iterable[Span]) -> frozenset[int]:
    """Ids of entries that share some time with another one; touching at an end is no clash."""
    found: set[int] = set()
    running: list[Span] = []
    for span in sorted((one for one in spans if one.counts), key=lambda one: (one.starts_at, one.ends_at)):
        running = [one for one in running if one.ends_at > span.starts_at]
        if running:
            found.update({span.id, *(one.id for one in running)})
        running.append(span)
    return frozenset(found)
