"""Column types that behave the same on both databases."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class KeyField(models.CharField[str, str]):
    """Text compared byte by byte, so that prefixes are index ranges and order is the same everywhere.

    Holds search keys and sort keys made by kernel.text.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """The column with the byte-wise collation of the database in use."""
        parameters = dict(super().db_parameters(connection))
        parameters["collation"] = "C" if connection.vendor == "postgresql" else "BINARY"
        return parameters


def prefix_range(field: str, prefix: str) -> models.Q:
    """Keys that begin with a prefix, as a range that an index of the column can serve."""
    return models.Q(**{f"{field}__gte": prefix, f"{field}__lt": f"{prefix}\x7f"})
