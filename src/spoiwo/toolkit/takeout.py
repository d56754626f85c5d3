"""Tables of what an institution put in, for its own open export: each context says which rows and columns they are."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

AT_ONCE = 2000
Lines = Callable[[], Iterator[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Takeout:
    """One table: the name of its file without an ending, its header, what gives its rows as texts, one by one."""

    name: str
    header: tuple[str, ...]
    lines: Lines


def takeout(name: str, rows: QuerySet[Any, Any], columns: Mapping[str, str]) -> Takeout:
    """The rows of a query in the order of arrival. columns: heading -> path of the value."""

    def lines() -> Iterator[Sequence[str]]:
        found = rows.order_by("pk").values_list(*columns.values())
        for values in found.iterator(chunk_size=AT_ONCE):
            yield [as_text(value) for value in values]

    return Takeout(name, tuple(columns), lines)


def same(*names: str) -> dict[str, str]:
    """Columns whose heading is the name of the field."""
    return {name: name for name in names}


def as_text(value: Any) -> str:
    """A value for a machine to read back: days as 2026-01-31, moments with their zone, yes and no as true and false."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)
