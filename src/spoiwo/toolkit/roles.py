"""The two roles of a PostgreSQL installation: one owns the tables, the application's works in them and owns nothing."""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

_APPEND_ONLY = (
    "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = tgrelid::regclass::text || '_no_change'"
)


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What PostgreSQL says of a role."""

    exists: bool
    bypasses_walls: bool
    owns_tables: bool


def facts_of(database: BaseDatabaseWrapper, role: str) -> RoleFacts:
    """Whether the role exists, is above row-level security, owns tables of the installation."""
    with database.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [role])
        row = cursor.fetchone()
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tableowner = %s)", [role]
        )
        owns = bool(cursor.fetchone()[0])
    return RoleFacts(exists=row is not None, bypasses_walls=bool(row and row[0]), owns_tables=owns)


def let_in(database: BaseDatabaseWrapper, role: str) -> None:
    """Grant the application's role what it needs to work, and no right to change append-only tables.

    Run as the owner after every migration: new tables have no grants.
    """
    name = database.ops.quote_name(role)
    with database.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {name}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {name}")
        cursor.execute(_APPEND_ONLY)
        for (table,) in cursor.fetchall():
            cursor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {name}")
