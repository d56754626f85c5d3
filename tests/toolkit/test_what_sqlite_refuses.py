"""On SQLite a process that serves people cannot change the log, nor take away what keeps others from changing it."""

import sqlite3

import pytest
from django.db.utils import ConnectionHandler

from spoiwo.config.databases import sqlite
from spoiwo.toolkit.walls import refuse_changes_sql

SHAPE = (
    "CREATE TABLE log (id integer PRIMARY KEY, said text)",
    "CREATE TABLE notes (id integer PRIMARY KEY)",
)


@pytest.fixture
def opened(tmp_path, settings):
    """A connection of a serving process to a database with a log of one line and some notes."""
    wanted = ConnectionHandler({"default": sqlite(tmp_path / "x.sqlite3")})["default"]
    connection = wanted.get_new_connection(wanted.get_connection_params())
    for statement in (*SHAPE, *refuse_changes_sql("sqlite", "log"), "INSERT INTO log VALUES (1, 'a')"):
        connection.execute(statement)
    connection.commit()
    connection.close()
    settings.SPOIWO_GUARDED = True
    connection = wanted.get_new_connection(wanted.get_connection_params())
    yield connection
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET said = 'b'",
        "DELETE FROM log",
        "DROP TABLE log",
        "DROP TRIGGER log_no_update",
        "DROP TRIGGER log_no_delete",
        "ALTER TABLE log ADD COLUMN more text",
        "ALTER TABLE log RENAME TO other",
        "PRAGMA writable_schema = ON",
        "PRAGMA recursive_triggers = OFF",
        "CREATE TRIGGER mine BEFORE INSERT ON log BEGIN DELETE FROM log; END",
        "INSERT OR REPLACE INTO log VALUES (1, 'b')",
    ],
)
def test_the_log_is_out_of_reach(opened, statement):
    with pytest.raises(sqlite3.DatabaseError):
        opened.execute(statement)

    assert opened.execute("SELECT * FROM log").fetchall() == [(1, "a")]


def test_other_work_goes_on(opened):
    opened.execute("INSERT INTO log VALUES (2, 'b')")
    opened.execute("INSERT INTO notes VALUES (1)")
    opened.execute("UPDATE notes SET id = 2")
    opened.execute("DELETE FROM notes")
    opened.execute("CREATE TABLE more (id integer)")

    assert opened.execute("SELECT count(*) FROM log").fetchone() == (2,)
