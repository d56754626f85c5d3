"""Column types that behave the same on both databases."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler


class KeyField(models.CharField[str, str]):
    """Text compared byte by byte, so that prefixes are index ranges and order is the same everywhere.

    Holds search keys and sort keys made by kernel.text.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """The column with the byte-wise collation of the database in use."""
        parameters = dict(super().db_parameters(connection))
        parameters["collation"] = "C" if connection.vendor == "postgresql" else "BINARY"
        return parameters


class HasSpace(models.Func):
    """Whether a text holds a space; written without parameters, so that a partial index can rest on it."""

    function = "instr"
    template = "%(function)s(%(expressions)s, ' ') > 0"
    output_field = models.BooleanField()
    arity = 1

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> tuple[str, tuple[str | int, ...]]:
        """PostgreSQL has its own name for the position of a text in another."""
        return self.as_sql(compiler, connection, function="strpos", **extra)


def prefix_range(field: str, prefix: str) -> models.Q:
    """Keys that begin with a prefix, as a range that an index of the column can serve."""
    return models.Q(**{f"{field}__gte": prefix, f"{field}__lt": f"{prefix}\x7f"})
