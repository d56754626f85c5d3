"""For whom the database is asked: the second wall.

On PostgreSQL every personal table has row-level security, and its policies read three settings that hold
for one transaction only: `spoiwo.institution` (for whom), `spoiwo.user` (by which account; people under
restriction are seen by named accounts only) and `spoiwo.job` (a named system job, such as matching, that may
see more, or counting, which names nobody). Without a context the policies let no row through. SQLite has no such wall;
there the first wall, `visible_to(actor)`, stands alone, and reading takes no transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction

INSTITUTION = "spoiwo.institution"
JOB = "spoiwo.job"
FIGURES = "figures"
USER = "spoiwo.user"
_ASKED = (
    "SELECT coalesce(current_setting(%s, true), ''), coalesce(current_setting(%s, true), ''),"
    " coalesce(current_setting(%s, true), ''), current_user"
)
_SET = "SELECT set_config(%s, %s, true), set_config(%s, %s, true), set_config(%s, %s, true)"


@contextmanager
def acting_for(institution_id: int, *, job: str = "", user_id: int | None = None) -> Iterator[None]:
    """Ask the database in the name of an institution until the block ends.

    user_id: the account that asks; without it the account of the block around, if any.
    Opens a transaction on PostgreSQL, because the context must not outlive it on a shared connection;
    the former context comes back at the end, so blocks may be nested.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        former = _switch(str(institution_id), job, user_id)
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _restore(former)


@contextmanager
def counting() -> Iterator[None]:
    """Count the hidden people of the institution asked for too, until the block ends; nobody may be named from it.

    A named job sees more already and goes on as it is. What is not worked out inside the block counts nobody hidden.
    """
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        former = _take_job(FIGURES)
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _take_job(former, instead_of=FIGURES)


def _take_job(job: str, *, instead_of: str = "") -> str:
    """Name a job where the context names this other one; answers which the context had."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting(%s, true), '')", [JOB])
        former = str(cursor.fetchone()[0])
        if former == instead_of:
            cursor.execute("SELECT set_config(%s, %s, true)", [JOB, job])
    return former


def _switch(institution: str, job: str, user_id: int | None) -> tuple[str, str, str, str]:
    with connection.cursor() as cursor:
        cursor.execute(_ASKED, [INSTITUTION, JOB, USER])
        row = cursor.fetchone()
        role = settings.SPOIWO_SCOPE_ROLE
        if role and row[3] != role:
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(role)}")
        user = str(row[2]) if user_id is None else str(user_id)
        cursor.execute(_SET, [INSTITUTION, institution, JOB, job, USER, user])
    return str(row[0]), str(row[1]), str(row[2]), str(row[3])


def _restore(former: tuple[str, str, str, str]) -> None:
    institution, job, user, role = former
    with connection.cursor() as cursor:
        cursor.execute(_SET, [INSTITUTION, institution, JOB, job, USER, user])
        if settings.SPOIWO_SCOPE_ROLE and role != settings.SPOIWO_SCOPE_ROLE:
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(role)}")
