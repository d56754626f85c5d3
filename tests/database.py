"""The test database: who is connected to it, and how it is emptied.

On PostgreSQL the tables belong to one role and the product works as another, which row-level security
binds. An ordinary test (`django_db`) is connected as the owner, and every `acting_for` block, thus every
view and job, switches to the product's role. A test marked `committed` really commits, and its connection,
like those of threads it starts, is the product's own; what it has to set up runs in `as_owner()`.
On SQLite there is one user only, and `as_owner()` changes nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper as Postgres
from django.db.backends.sqlite3.base import DatabaseWrapper as Sqlite

from spoiwo.toolkit import roles
from spoiwo.toolkit.walls import allow_changes_sql, refuse_changes_sql

ALIAS = "default"
GUARDED = {
    "postgresql": "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    " WHERE tgname = relname || '_no_change'",
    "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name = tbl_name || '_no_delete'",
}


@contextmanager
def as_owner() -> Iterator[None]:
    """Work as the owner of the tables until the block ends; what is done there is committed."""
    ours = connections[ALIAS]
    owner = settings.SPOIWO_TEST_OWNER
    if ours.vendor != "postgresql" or ours.settings_dict["USER"] == owner:
        yield
        return
    theirs = ours.copy()
    theirs.settings_dict["USER"] = owner
    connections[ALIAS] = theirs
    try:
        yield
    finally:
        connections[ALIAS] = ours
        theirs.close()


@contextmanager
def connected_as_the_product() -> Iterator[None]:
    """Connect as the product does, in this thread and in those started meanwhile."""
    if connection.vendor != "postgresql":
        yield
        return
    connection.close()
    connections.settings[ALIAS]["USER"] = settings.SPOIWO_SCOPE_ROLE
    try:
        yield
    finally:
        connection.close()
        connections.settings[ALIAS]["USER"] = settings.SPOIWO_TEST_OWNER


def let_the_product_in() -> None:
    """Give the product's role its rights, as `spoiwo migrate` does."""
    if connection.vendor == "postgresql":
        roles.let_in(connections[ALIAS], settings.SPOIWO_SCOPE_ROLE)


def append_only_tables(database: BaseDatabaseWrapper) -> list[str]:
    """Tables that refuse changes, told by their triggers."""
    with database.cursor() as cursor:
        cursor.execute(GUARDED[database.vendor])
        return [row[0] for row in cursor.fetchall()]


def let_flush_empty_append_only_tables() -> None:
    """Make `flush`, which empties the database after a committed test, lift the triggers for that moment."""
    for operations in (Postgres.ops_class, Sqlite.ops_class):
        operations.sql_flush = _lifting(operations.sql_flush)  # type: ignore[method-assign]


def _lifting(sql_flush: Callable[..., list[str]]) -> Callable[..., list[str]]:
    @wraps(sql_flush)
    def lifted(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        vendor = self.connection.vendor
        tables = append_only_tables(self.connection)
        before = [statement for table in tables for statement in allow_changes_sql(vendor, table)]
        after = [statement for table in tables for statement in refuse_changes_sql(vendor, table)]
        return [*before, *sql_flush(self, *args, **kwargs), *after]

    return lifted
