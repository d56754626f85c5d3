"""Many values in one condition: where `field__in` would cost more in Python than the query in the database.

`in` prepares each value, gives it a place in the statement, and is bounded by the number of places; thousands
of ids are one parameter here.
"""

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Lookup
from django.db.models.sql.compiler import SQLCompiler

Value = int | str | bytes | UUID


class Among(Lookup[Any]):
    """Whether a column holds one of the values, which must be of the column's own type: no model instances."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """The condition for the database in use; no values, no rows."""
        values = self.rhs
        if not values:
            raise EmptyResultSet
        column, parameters = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s)", [*parameters, values]
        if isinstance(values[0], bytes):  # which JSON cannot hold
            return f"{column} IN ({', '.join(['%s'] * len(values))})", [*parameters, *values]
        condition = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 a column of ours
        return condition, [*parameters, json.dumps(values, default=_hex)]


def among(field: str, values: Collection[Value]) -> Among:
    """A condition for `filter`: the field (or the id that a relation holds) is one of the values."""
    return Among(F(field), list(values))


def _hex(value: UUID) -> str:
    return value.hex
