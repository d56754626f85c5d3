"""Copying and putting back a PostgreSQL database, as the role that owns the tables."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import ProgrammingError, connection, transaction

from spoiwo.cli.backups import database
from spoiwo.cli.backups.database import OTHER_ROWS
from spoiwo.cli.backups.manifest import Snapshot
from spoiwo.cli.errors import Refused
from spoiwo.toolkit import roles

VENDOR = "postgresql"
FORMER = "spoiwo_before_restore"


def dump(target: Path) -> Snapshot:
    """Copy the database as it is at one moment, while others go on writing; sessions are left out."""
    _refuse_half_sight()
    connection.close()
    with transaction.atomic():
        _execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        ((moment,),) = _ask("SELECT pg_export_snapshot()")
        _run(
            "pg_dump",
            *("--format=custom", f"--snapshot={moment}", "--schema=public", "--no-owner", "--no-privileges"),
            *(f"--exclude-table-data={database.SESSIONS}", f"--file={target}"),
        )
        found = describe()
    return Snapshot(
        vendor=found.vendor,
        rows={**found.rows, database.SESSIONS: 0},
        migrations=found.migrations,
        master_keys=found.master_keys,
    )


def describe(_path: Path | None = None) -> Snapshot:
    """What the database holds."""
    columns = _ask(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c "
        "JOIN information_schema.tables t USING (table_schema, table_name) "
        "WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'"
    )
    return database.describe(VENDOR, _ask, [(table, column) for table, column in columns])


@contextmanager
def replaced(copy: Path, snapshot: Snapshot) -> Iterator[None]:
    """Put the copy in place of the database for the block and for good; the former comes back when it fails.

    Raises Refused when the copy cannot be read or holds something else than its manifest says.
    """
    _set_aside()
    try:
        _run(
            "pg_restore",
            "--exit-on-error",
            "--single-transaction",
            "--no-owner",
            "--no-privileges",
            str(copy),
        )
        _refuse_other_rows(snapshot)
        yield
    except BaseException:
        connection.close()
        _execute("DROP SCHEMA IF EXISTS public CASCADE")
        _execute(f"ALTER SCHEMA {FORMER} RENAME TO public")
        raise
    _execute(f"DROP SCHEMA {FORMER} CASCADE")


def _refuse_other_rows(snapshot: Snapshot) -> None:
    if describe().rows != dict(snapshot.rows):
        raise Refused(*OTHER_ROWS)


def _set_aside() -> None:
    try:
        _execute(f"DROP SCHEMA IF EXISTS {FORMER} CASCADE")
        _execute(f"ALTER SCHEMA public RENAME TO {FORMER}")
    except ProgrammingError as error:
        raise Refused(
            "A restore must connect as the role that owns the database (SPOIWO_OWNER_DATABASE_URL).",
            "Odtwarzanie wymaga roli, która jest właścicielem bazy (SPOIWO_OWNER_DATABASE_URL).",
        ) from error


def _refuse_half_sight() -> None:
    """A role bound by row-level security would copy no rows at all."""
    role = str(connection.settings_dict["USER"])
    if not roles.facts_of(connection, role).bypasses_walls:
        raise Refused(
            f"The role {role} does not see all rows. Backups need the owner's role with BYPASSRLS.",
            f"Rola {role} nie widzi wszystkich wierszy. Kopia wymaga roli właściciela z BYPASSRLS.",
        )


def _run(name: str, *words: str) -> None:
    """Run one of PostgreSQL's programs against our database. Raises Refused with what it said."""
    program = shutil.which(name)
    if program is None:
        raise Refused(
            f"{name} was not found. Run: apt-get install -y postgresql-client",
            f"Brakuje programu {name}. Uruchom: apt-get install -y postgresql-client",
        )
    given = connection.settings_dict
    places = {
        "PGHOST": given["HOST"],
        "PGPORT": given["PORT"],
        "PGUSER": given["USER"],
        "PGPASSWORD": given["PASSWORD"],
    }
    options = {f"PG{key.upper()}": str(value) for key, value in given["OPTIONS"].items()}
    environment = {**os.environ, **options, **{key: str(value) for key, value in places.items() if value}}
    done = subprocess.run(  # noqa: S603 - a program of PostgreSQL, arguments of our own
        [program, f"--dbname={given['NAME']}", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().split("\n")[-1]
        raise Refused(f"{name} failed: {said}", f"{name} nie powiodło się: {said}")


def _ask(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
