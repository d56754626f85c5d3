"""How many questions a page asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

# Statements about the transaction itself: how many there are depends on the database and on the test's own.
HOUSEKEEPING = ("SAVEPOINT", "RELEASE SAVEPOINT", "SET LOCAL ROLE")
CONTEXT = ("set_config(", "current_setting(")


@contextmanager
def asks(expected: int) -> Iterator[None]:
    """Fail unless the block asks exactly so many questions, the same on both databases."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [query["sql"] for query in captured.captured_queries if is_question(query["sql"])]
    listed = "\n".join(asked)
    assert len(asked) == expected, f"{len(asked)} questions instead of {expected}:\n{listed}"


def is_question(sql: str) -> bool:
    """Whether a statement asks or changes something, rather than saying in which transaction and for whom."""
    return not sql.startswith(HOUSEKEEPING) and not any(word in sql for word in CONTEXT)
