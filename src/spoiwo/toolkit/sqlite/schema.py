"""Changing tables: SQLite makes a table anew for that, and forgets its triggers or trips over those that read it."""

from typing import Any

from django.db.backends.sqlite3 import schema
from django.db.models import Model


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    """Puts triggers away while a table is made anew, and back afterwards: its own and others that read it."""

    def _remake_table(self, model: type[Model], *args: Any, **kwargs: Any) -> None:
        table = model._meta.db_table
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND instr(sql, %s) > 0", [table]
            )
            triggers = cursor.fetchall()
        for name, _ in triggers:
            self.execute(f'DROP TRIGGER "{name}"')
        super()._remake_table(model, *args, **kwargs)  # type: ignore[misc]  # missing in the stubs
        for _, sql in triggers:
            self.execute(sql)
