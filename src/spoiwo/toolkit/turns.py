"""Whose turn it is to write to SQLite, which takes one writer at a time and keeps no queue.

Whoever finds the database taken sleeps and tries again, in steps of up to a tenth of a second. Long work that
commits and begins anew at once is therefore there first, again and again, and of a hundred people who wait some
wait for ever. So those who wait stand in a queue of the kernel's, for a lock on a file beside the database, and
only the first of them tries the database. Long work looks at that file before each of its transactions: while
somebody stands there, it waits. (docs/decisions/0011)
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic, sleep

PATIENCE = 2.0  # seconds; then long work goes on even if somebody waits all the time
LOOK = 0.001  # seconds between two looks

_gives_way: ContextVar[bool] = ContextVar("gives_way", default=False)


@contextmanager
def giving_way() -> Iterator[None]:
    """Let others write first before each transaction of the block. For work in many short transactions."""
    before = _gives_way.set(True)
    try:
        yield
    finally:
        _gives_way.reset(before)


class Turns:
    """The file beside a database, opened for one connection. Not for use by several threads at once."""

    def __init__(self, database: str):
        self._handle = os.open(f"{database}-turns", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @contextmanager
    def waiting(self) -> Iterator[float]:
        """Begin a transaction in this block: as the first of the queue, or, as long work, when nobody waits.

        Gives the seconds spent in the queue.
        """
        started = monotonic()
        if _gives_way.get():
            self._wait_for_others()
            yield 0.0
            return
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        try:
            yield monotonic() - started
        finally:
            fcntl.flock(self._handle, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._handle)

    def _wait_for_others(self) -> None:
        until = monotonic() + PATIENCE
        while not self.nobody_waits() and monotonic() < until:
            sleep(LOOK)

    def nobody_waits(self) -> bool:
        """Whether this very moment no transaction waits to begin."""
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        fcntl.flock(self._handle, fcntl.LOCK_UN)
        return True
