"""For whom the database is asked: the second wall.

On PostgreSQL every personal table has row-level security, and its policies read two settings that hold
for one transaction only: `spoiwo.institution` (for whom) and `spoiwo.job` (a named system job, such as
matching, that may see more). Without a context the policies let no row through. SQLite has no such wall;
there the first wall, `visible_to(actor)`, stands alone, and reading takes no transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction

INSTITUTION = "spoiwo.institution"
JOB = "spoiwo.job"


@contextmanager
def acting_for(institution_id: int, *, job: str = "") -> Iterator[None]:
    """Ask the database in the name of an institution until the block ends.

    Opens a transaction on PostgreSQL, because the context must not outlive it on a shared connection;
    the former context comes back at the end, so blocks may be nested.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        former = _switch(str(institution_id), job)
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _restore(former)


def _switch(institution: str, job: str) -> tuple[str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting(%s, true), ''), coalesce(current_setting(%s, true), ''), current_user",
            [INSTITUTION, JOB],
        )
        row = cursor.fetchone()
        role = settings.SPOIWO_SCOPE_ROLE
        if role and row[2] != role:
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(role)}")
        cursor.execute(
            "SELECT set_config(%s, %s, true), set_config(%s, %s, true)", [INSTITUTION, institution, JOB, job]
        )
    return str(row[0]), str(row[1]), str(row[2])


def _restore(former: tuple[str, str, str]) -> None:
    institution, job, role = former
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config(%s, %s, true), set_config(%s, %s, true)", [INSTITUTION, institution, JOB, job]
        )
        if settings.SPOIWO_SCOPE_ROLE and role != settings.SPOIWO_SCOPE_ROLE:
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(role)}")
