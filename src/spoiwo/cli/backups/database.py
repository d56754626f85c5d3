"""What both databases' backups need to know of a database: rows, migrations, keys in use."""

from collections.abc import Callable, Iterable
from typing import Any

from spoiwo.cli.backups.manifest import Snapshot

SESSIONS = "django_session"
WRAPPED = "wrapped_key"
OTHER_ROWS = (
    "The database in the backup holds other rows than its manifest says.",
    "Baza w kopii zawiera inne wiersze, niż podaje jej opis.",
)
Ask = Callable[[str], Iterable[tuple[Any, ...]]]


def describe(vendor: str, ask: Ask, columns: Iterable[tuple[str, str]]) -> Snapshot:
    """Count and list, through a function that runs a query; columns: (table, column) of all tables."""
    known = sorted(set(columns))
    tables = sorted({table for table, _ in known})
    holders = [table for table, column in known if column == WRAPPED]
    keys = {
        bytes(key).hex()
        for table in holders
        for (key,) in ask(f'SELECT DISTINCT substr("{WRAPPED}", 1, 4) FROM "{table}"')  # noqa: S608 - names from the database
        if key
    }
    return Snapshot(
        vendor=vendor,
        rows={table: _count(ask, table) for table in tables},
        migrations=tuple(
            f"{context}.{name}"
            for context, name in ask("SELECT app, name FROM django_migrations ORDER BY app, name")
        ),
        master_keys=tuple(sorted(keys)),
    )


def _count(ask: Ask, table: str) -> int:
    (row,) = ask(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - as above
    return int(row[0])
