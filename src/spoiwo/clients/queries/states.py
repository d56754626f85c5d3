"""Which extracts of whom are in force."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from spoiwo.clients.models import RegisterState
from spoiwo.toolkit.prepared import Prepared

COLUMNS = ("institution_id", "generation", "facts_generation", "as_of", "facts_as_of")


def states_of(institution_ids: Collection[int]) -> dict[int, RegisterState]:
    """The state of each of these registers; generation 0 where none was brought in yet."""
    rows = _STATES.rows(tuple(sorted(institution_ids)))
    found = {row[0]: RegisterState(**dict(zip(COLUMNS, row, strict=True))) for row in rows}
    return {pk: found.get(pk) or RegisterState(institution_id=pk) for pk in institution_ids}


def _states(institution_ids: tuple[int, ...]) -> QuerySet[Any, Any]:
    return RegisterState.objects.filter(pk__in=institution_ids).values_list(*COLUMNS)


_STATES = Prepared(_states)
