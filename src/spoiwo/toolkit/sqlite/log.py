"""SQLite's log, moved into the database beside long work instead of within its commits.

Whoever commits when the log has grown large moves all of it, and waits for the disk meanwhile. Long work would do so
again and again, and so would a page that happens to commit beside it; a thread that does nothing else takes that
from both. It keeps nobody waiting: what others still read or write stays in the log until the next time.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event, Thread

from django.db import connection

SELDOM = 1.0  # seconds between two looks
OFTEN = 0.05  # seconds until the next try when something was left in the log


@contextmanager
def log_moved_beside() -> Iterator[None]:
    """Move the log all the while the block lasts; nothing on other databases."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
        yield
        return
    with moving(str(connection.settings_dict["NAME"])):
        yield


@contextmanager
def moving(database: str) -> Iterator[None]:
    """Move the log of a database file all the while the block lasts."""
    over = Event()
    thread = Thread(target=_move, args=[database, over], daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _move(database: str, over: Event) -> None:
    if over.wait(SELDOM):
        return  # short work
    with closing(sqlite3.connect(database, isolation_level=None)) as link:
        link.execute("PRAGMA synchronous=NORMAL")
        pause = 0.0
        while not over.wait(pause):
            _is_busy, in_log, moved = link.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            pause = OFTEN if moved < in_log else SELDOM
