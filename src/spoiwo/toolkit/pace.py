"""How much long work writes in one transaction, so that none keeps others from writing for long."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic

LONG = 0.12  # seconds of writing; the commit itself comes on top, and nobody else writes to SQLite meanwhile


@dataclass(slots=True)
class Pace:
    """The size of the next portion: begins at `size` and stays between `least` and `most`."""

    size: int
    least: int
    most: int

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Write a portion in this block, inside the transaction, where the waiting for it is over."""
        started = monotonic()
        yield
        self.adapt(monotonic() - started)

    def adapt(self, seconds: float) -> None:
        """Have the next portion larger or smaller, after one of the present size took so long."""
        if seconds > LONG:
            self.size = max(self.least, self.size // 2 if seconds > 2 * LONG else self.size * 4 // 5)
        elif seconds < LONG * 2 / 3:
            self.size = min(self.most, self.size * 5 // 4 + 1)
