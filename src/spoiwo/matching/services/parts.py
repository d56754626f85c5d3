"""The transaction and the database context in which one part of a run works.

Parts of runs follow one another, whosever they are: two that looked at the same records at the same moment would
write the same rows. They are short, and nobody but runs waits for them. On SQLite nobody else can write during
one: what only reads, or works something out, belongs outside.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.turns import giving_way

MATCHING = 0x5350_4F49  # this application's number for "matching" among advisory locks


@contextmanager
def part(institution_id: int) -> Iterator[None]:
    """A short transaction of the job "matching" for an institution; no other one at the same time."""
    with giving_way(), acting_for(institution_id, job="matching"), transaction.atomic():
        if connection.vendor == "postgresql":  # on SQLite there is one writer at a time anyway
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MATCHING])
        yield


@contextmanager
def reading(institution_id: int) -> Iterator[None]:
    """Read as the job "matching" for an institution, however long it takes."""
    with acting_for(institution_id, job="matching"):
        yield
