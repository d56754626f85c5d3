"""Drawing by weight: the same draws on every machine, for they use nothing but `Random.random`."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Values drawn in proportion to whole-number weights."""

    __slots__ = ("_bounds", "_total", "values")

    def __init__(self, values: Sequence[T], weights: Sequence[int]) -> None:
        """Pair each value with its weight; at least one weight must be positive."""
        self.values = tuple(values)
        self._bounds = list(accumulate(weights))
        self._total = self._bounds[-1]

    def pick(self, rng: Random) -> T:
        """Draw one value."""
        return self.values[bisect_right(self._bounds, rng.random() * self._total)]


def words(text: str, separator: str | None = None) -> tuple[str, ...]:
    """The words of a text, or its parts between separators: keeps long lists of names readable."""
    return tuple(text.split(separator))


def one_of(rng: Random, values: Sequence[T]) -> T:
    """Draw one value, all alike."""
    return values[int(rng.random() * len(values))]


def whole(rng: Random, low: int, high: int) -> int:
    """Draw a whole number from `low` to `high`, both included."""
    return low + int(rng.random() * (high - low + 1))
