"""Queries worded once: Django takes longer to write their SQL than the database takes to answer.

Only what is written is kept, never what was answered. A prepared query stands on a queryset of ordinary
Django; what may differ from call to call are values it compares with, put in afresh each time. Conditions that
depend on who asks (`visible_to`) are worked out for every request and do not belong here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

Single = int | str | date | UUID
Given = Single | tuple[Single, ...]
Place = tuple[int, int]  # argument, and the position in it when it is a list
LONGEST = 16  # values in a list; longer ones are worded anew, so that few texts are kept


@dataclass(frozen=True, slots=True)
class _Worded:
    """The text, its parameters (a place stands for a value given by the caller), what turns columns into Python."""

    sql: str
    parameters: tuple[tuple[Place | None, Any], ...]
    width: int
    converters: tuple[tuple[int, Any, tuple[Callable[..., Any], ...]], ...]


class Prepared:
    """A queryset with `values_list` as a function of plain values: whole numbers, texts, days, UUIDs, tuples of them.

    The queryset must hand every value to the database and must not look at it in Python, because its text is
    made with stand-ins; a value that does not reach the text is an error.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]):
        self._build = build
        self._worded: dict[tuple[Any, ...], _Worded] = {}

    def rows(self, *given: Given) -> list[tuple[Any, ...]]:
        """Ask the database; one tuple per row. An empty list among the values finds nothing, as in Django."""
        lengths = [len(value) for value in given if isinstance(value, tuple)]
        if lengths and (min(lengths) == 0 or max(lengths) > LONGEST):
            return list(self._build(*given))
        shape = (connection.vendor, *(_shape(value) for value in given))
        worded = self._worded.get(shape)
        if worded is None:
            worded = self._worded[shape] = _word(self._build, given)
        values = [
            like if place is None else _in_database_form(_at(given, place), like)
            for place, like in worded.parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(worded.sql, values)
            return _converted(cursor.fetchall(), worded)


def _shape(value: Given) -> Any:
    return len(value) if isinstance(value, tuple) else None


def _at(given: Sequence[Given], place: Place) -> Single:
    value = given[place[0]]
    return value[place[1]] if isinstance(value, tuple) else value


def _word(build: Callable[..., QuerySet[Any, Any]], given: Sequence[Given]) -> _Worded:
    stand_ins = [
        tuple(_stand_in(item, (argument, position)) for position, item in enumerate(value))
        if isinstance(value, tuple)
        else _stand_in(value, (argument, 0))
        for argument, value in enumerate(given)
    ]
    compiler = build(*stand_ins).query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    places = {
        _in_database_form(_at(stand_ins, place), None): place
        for argument, value in enumerate(stand_ins)
        for place in (
            [(argument, n) for n in range(len(value))] if isinstance(value, tuple) else [(argument, 0)]
        )
    }
    found = tuple((places.get(parameter), parameter) for parameter in parameters)
    missing = set(places.values()) - {place for place, _ in found}
    assert not missing, f"values that do not reach the database: {sorted(missing)}"
    columns = [column for column, _, _ in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)
    return _Worded(
        sql=sql,
        parameters=found,
        width=len(columns),
        converters=tuple((n, expression, tuple(each)) for n, (each, expression) in converters.items()),
    )


def _stand_in(value: Single, place: Place) -> Single:
    """A value of the same kind that nothing else in a query is equal to."""
    number = 100 * place[0] + place[1] + 1
    if isinstance(value, UUID):
        return UUID(int=number)
    if isinstance(value, date):
        return date.min.replace(year=1 + place[0], day=1 + place[1])
    return -7_000_000 - number if isinstance(value, int) else f"\x01{number}\x01"


def _in_database_form(value: Single, like: Any) -> Any:
    """As the database in use takes it. like: a parameter in that form already, for the width of a number."""
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return type(like)(value) if isinstance(value, int) and like is not None else value


def _converted(rows: Iterable[Sequence[Any]], worded: _Worded) -> list[tuple[Any, ...]]:
    if not worded.converters:
        return [tuple(row[: worded.width]) for row in rows]
    answer = []
    for row in rows:
        values = list(row[: worded.width])
        for position, expression, converters in worded.converters:
            for convert in converters:
                values[position] = convert(values[position], expression, connection)
        answer.append(tuple(values))
    return answer
