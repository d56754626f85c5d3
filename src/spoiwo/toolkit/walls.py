"""Migration operations for what Django's models cannot say: row-level security and append-only tables."""

from collections.abc import Sequence

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# Subselects are worked out once per statement, bare settings once per row.
ASKING = "(SELECT nullif(current_setting('spoiwo.institution', true), '')::bigint)"
USER = "(SELECT nullif(current_setting('spoiwo.user', true), '')::bigint)"
JOB = "(SELECT coalesce(current_setting('spoiwo.job', true), ''))"


def guard_rows(table: str, *, using: str, check: str = "", jobs: Sequence[str] = ()) -> migrations.RunPython:
    """Let rows of a table through only where `using` holds for the context (PostgreSQL).

    using, check: SQL conditions over the table's columns; `{asking}` stands for the institution asked for,
    `{user}` for the account that asks.
    jobs: named system jobs that may see and write every row.
    FORCE binds the table's owner too; a missing context makes `{asking}` NULL, so no row passes.
    The job is asked first, because a job reads many rows and the condition may be dear.
    Calling it again for a table replaces its policy.
    """
    named = ", ".join(f"'{job}'" for job in jobs)
    openings = f"{JOB} IN ({named}) OR " if jobs else ""
    seen = f"{openings}({using.format(asking=ASKING, user=USER)})"
    written = f"{openings}({(check or using).format(asking=ASKING, user=USER)})"

    def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            editor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
            editor.execute(f'DROP POLICY IF EXISTS "{table}_wall" ON "{table}"')
            editor.execute(f'CREATE POLICY "{table}_wall" ON "{table}" USING ({seen}) WITH CHECK ({written})')

    def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(f'DROP POLICY IF EXISTS "{table}_wall" ON "{table}"')
            editor.execute(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
            editor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')

    return migrations.RunPython(forwards, backwards)


def postgres_sql(forwards_sql: str, backwards_sql: str) -> migrations.RunPython:
    """SQL that only PostgreSQL has a use for."""

    def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(forwards_sql)

    def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(backwards_sql)

    return migrations.RunPython(forwards, backwards)


def refuse_changes_sql(vendor: str, table: str) -> list[str]:
    """Triggers that refuse UPDATE, DELETE and (PostgreSQL) TRUNCATE on a table."""
    if vendor == "postgresql":
        return [
            f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'append-only: {table}'; END $$",
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {table}_refuse()",
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
        for verb in ("UPDATE", "DELETE")
    ]


def allow_changes_sql(vendor: str, table: str) -> list[str]:
    """Take the triggers of `refuse_changes_sql` away (migrating back, emptying a test database)."""
    if vendor == "postgresql":
        names = ("no_change", "no_truncate")
        return [f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}" for name in names]
    return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete")]


def append_only(table: str) -> migrations.RunPython:
    """Make a table append-only on both databases."""

    def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in refuse_changes_sql(editor.connection.vendor, table):
            editor.execute(statement)

    def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in allow_changes_sql(editor.connection.vendor, table):
            editor.execute(statement)

    return migrations.RunPython(forwards, backwards)
