"""Copying and putting back a SQLite database."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from spoiwo.cli.backups import database
from spoiwo.cli.backups.database import OTHER_ROWS
from spoiwo.cli.backups.manifest import Snapshot
from spoiwo.cli.errors import Refused

VENDOR = "sqlite"
_SIDE_FILES = ("-wal", "-shm", "-journal")


def dump(target: Path) -> Snapshot:
    """Copy the database as it is at one moment, while others go on writing; sessions are left out."""
    source_address = f"file:{_path()}?mode=ro"
    with (
        closing(sqlite3.connect(source_address, uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)  # in one step: readers do not hold up writers in WAL mode
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute(f"DELETE FROM {database.SESSIONS}")  # noqa: S608 - a constant
        copy.commit()
        copy.execute("VACUUM")
    return describe(target)


def describe(path: Path) -> Snapshot:
    """What the file holds. Raises Refused when it is damaged."""
    with closing(sqlite3.connect(path)) as link:
        try:
            (state,) = link.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            state = str(error)
        if state != "ok":
            raise Refused(f"The database copy is damaged: {state}.", f"Kopia bazy jest uszkodzona: {state}.")

        def ask(query: str) -> list[tuple[Any, ...]]:
            return link.execute(query).fetchall()

        columns = ask(
            "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c "
            "WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'"
        )
        return database.describe(VENDOR, ask, [(table, column) for table, column in columns])


@contextmanager
def replaced(copy: Path, snapshot: Snapshot) -> Iterator[None]:
    """Put the copy in place of the database for the block and for good; the former comes back when it fails.

    Raises Refused when the copy is damaged or holds something else than its manifest says.
    """
    if describe(copy).rows != dict(snapshot.rows):
        raise Refused(*OTHER_ROWS)
    path = _path()
    former = path.with_name(f"{path.name}.before-restore")
    connection.close()
    _move(path, former)
    copy.replace(path)
    try:
        yield
    except BaseException:
        connection.close()
        _remove(path)
        _move(former, path)
        raise
    _remove(former)


def _path() -> Path:
    return Path(settings.DATABASES["default"]["NAME"])


def _move(source: Path, target: Path) -> None:
    _remove(target)
    for side in ("", *_SIDE_FILES):
        file = source.with_name(source.name + side)
        if file.exists():
            file.replace(target.with_name(target.name + side))


def _remove(path: Path) -> None:
    for side in ("", *_SIDE_FILES):
        path.with_name(path.name + side).unlink(missing_ok=True)
