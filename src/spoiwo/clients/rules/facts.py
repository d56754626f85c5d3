"""Which facts describe somebody now. Pure functions over anything with valid_from and valid_to."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Dated(Protocol):
    """Something that holds from a day to a day; None is open."""

    valid_from: date | None
    valid_to: date | None


Item = TypeVar("Item", bound=Dated)


def holds_on(fact: Dated, day: date) -> bool:
    """Whether the fact holds on the day or is still to come."""
    return fact.valid_to is None or fact.valid_to >= day


def newest(facts: Iterable[Item], day: date) -> list[Item]:
    """Those that hold or are to come; when none does, the one that ended last, so that the past is not hidden."""
    known = list(facts)
    current = [fact for fact in known if holds_on(fact, day)]
    if current or not known:
        return current
    return [max(known, key=lambda fact: fact.valid_to or date.min)]
