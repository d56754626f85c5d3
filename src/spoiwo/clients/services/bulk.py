"""Many rows in one statement: an import writes hundreds of thousands, where model instances cost most."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

Item = TypeVar("Item")
CHUNK = 500  # values in one IN list


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows whose values are in database form already (see `adapters`). columns: names of columns."""
    if not rows:
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(column) for column in columns)
    holes = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        table = quote(model._meta.db_table)
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({holes})", rows)  # noqa: S608 names of our columns


class Adapters:
    """Turns dates, instants and UUIDs into what the database in use takes."""

    def __init__(self) -> None:
        native = connection.vendor == "postgresql"
        self.day: Callable[[date | None], Any] = _as_is if native else _iso_or_none
        self.uuid: Callable[[UUID], Any] = _as_is if native else _hex
        self._instants: dict[datetime, Any] = {}  # many rows, few instants

    def instant(self, moment: datetime) -> Any:
        """An aware instant."""
        if moment not in self._instants:
            self._instants[moment] = connection.ops.adapt_datetimefield_value(moment)
        return self._instants[moment]


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """Lists of at most `size` items."""
    stream = iter(items)
    while part := list(islice(stream, size)):
        yield part


def _as_is(value: Any) -> Any:
    return value


def _iso_or_none(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _hex(value: UUID) -> str:
    return value.hex
