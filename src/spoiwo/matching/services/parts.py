"""The transaction and the database context in which one part of a run works."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from spoiwo.toolkit.context import acting_for


@contextmanager
def part(institution_id: int) -> Iterator[None]:
    """A short transaction of the job "matching" for an institution."""
    with acting_for(institution_id, job="matching"), transaction.atomic():
        yield
