"""The second wall of SQLite, as far as it goes: a connection that may not change what is only ever added to.

Triggers refuse changes of such tables; whoever can run SQL could take the triggers away first. A process that serves
people therefore gives that up: SQLite asks this function before it runs a statement, and what changes an append-only
table, its triggers or its shape is refused. SQLite has no accounts: another program that opens the file is not bound
by it, and rows are seen by everybody (docs/decisions/0007).
"""

import sqlite3
from collections.abc import Callable, Collection

_CHANGES = frozenset({sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE, sqlite3.SQLITE_DROP_TABLE})
_OF_TRIGGERS = frozenset({sqlite3.SQLITE_DROP_TRIGGER, sqlite3.SQLITE_CREATE_TRIGGER})
_SETTINGS = frozenset({"writable_schema", "recursive_triggers"})  # ways around triggers
ENDINGS = ("_no_update", "_no_delete")  # of the triggers that refuse (toolkit.walls)

Answer = Callable[[int, str | None, str | None, str | None, str | None], int]


def kept_tables(connection: sqlite3.Connection) -> frozenset[str]:
    """Tables that their triggers make append-only."""
    rows = connection.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
    return frozenset(table for name, table in rows if name.endswith(ENDINGS))


def guard(connection: sqlite3.Connection) -> None:
    """Refuse from now on, on this connection, to change append-only tables and to take their triggers away."""
    connection.set_authorizer(_answering(kept_tables(connection)))


def _answering(kept: Collection[str]) -> Answer:
    def answer(action: int, first: str | None, second: str | None, _db: str | None, _by: str | None) -> int:
        refused = (
            (action in _CHANGES and first in kept)
            or (action in _OF_TRIGGERS and second in kept)
            or (action == sqlite3.SQLITE_ALTER_TABLE and second in kept)
            or (action == sqlite3.SQLITE_PRAGMA and first in _SETTINGS)
        )
        return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK

    return answer
