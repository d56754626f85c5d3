"""An empty database gets its tables at one stroke, and they are those that Django's own way would have made."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.commands.migrate import Command as StepByStep
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from spoiwo.toolkit.first_schema import lay_tables

pytestmark = pytest.mark.django_db

ALIAS = "default"
COLUMNS = {
    "sqlite": 'SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(%s)',
    "postgresql": "SELECT column_name, data_type, character_maximum_length, numeric_precision, is_nullable,"
    " column_default, collation_name, is_identity, generation_expression"
    " FROM information_schema.columns WHERE table_name = %s",
}
BEYOND_TABLES = {
    "sqlite": ("SELECT type, tbl_name, sql FROM sqlite_master",),
    "postgresql": (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
        "SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies",
        "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
        "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    ),
}


@contextmanager
def another_database(folder: Path, name: str) -> Iterator[None]:
    """Work on an empty database of its own until the block ends."""
    ours = connections[ALIAS]
    theirs = ours.copy()
    on_postgres = ours.vendor == "postgresql"
    theirs.settings_dict["NAME"] = f"{ours.settings_dict['NAME']}_{name}" if on_postgres else folder / name
    if on_postgres:
        _beside(ours, f'CREATE DATABASE "{theirs.settings_dict["NAME"]}"')
    connections[ALIAS] = theirs
    try:
        yield
    finally:
        connections[ALIAS] = ours
        theirs.close()
        if on_postgres:
            _beside(ours, f'DROP DATABASE "{theirs.settings_dict["NAME"]}"')


def _beside(ours: BaseDatabaseWrapper, statement: str) -> None:
    """Run what no transaction may hold."""
    beside = ours.copy()
    with beside.cursor() as cursor:
        cursor.execute(statement)
    beside.close()


def schema() -> dict[str, Any]:
    """What the present database consists of, whatever the order in which it came about."""
    with connection.cursor() as cursor:
        found: dict[str, Any] = {}
        for name in connection.introspection.table_names(cursor):
            cursor.execute(COLUMNS[connection.vendor], [name])
            found[f"columns of {name}"] = set(cursor.fetchall())
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            found[f"rows of {name}"] = cursor.fetchone()
        for asked in BEYOND_TABLES[connection.vendor]:
            cursor.execute(asked)
            found[asked] = Counter(tuple(map(_words, row)) for row in cursor.fetchall())
    found["migrations"] = set(MigrationRecorder(connection).applied_migrations())
    return found


def _words(value: object) -> object:
    """The definition of a table as a bag of words, since its columns may stand in another order."""
    return frozenset(Counter(re.findall(r"\w+|[^\w\s]", value)).items()) if isinstance(value, str) else value


@pytest.mark.slow
def test_laid_at_one_stroke_or_step_by_step_a_database_is_the_same(tmp_path):
    with another_database(tmp_path, "steps"):
        call_command(StepByStep(), verbosity=0, interactive=False)
        by_steps = schema()
    with another_database(tmp_path, "stroke"):
        call_command("migrate", verbosity=0, interactive=False)
        at_one_stroke = schema()

    assert {key: at_one_stroke.get(key) for key in by_steps if at_one_stroke.get(key) != by_steps[key]} == {
        key: value for key, value in by_steps.items() if at_one_stroke.get(key) != value
    }
    assert at_one_stroke.keys() == by_steps.keys()


def test_a_database_with_tables_is_left_as_it_is(tmp_path):
    with another_database(tmp_path, "taken"):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE somebody_elses (number integer)")

        laid = lay_tables(ALIAS)

        assert (laid, connection.introspection.table_names()) == (0, ["somebody_elses"])


def test_a_start_that_was_killed_before_the_tables_begins_anew(tmp_path):
    with another_database(tmp_path, "begun"):
        MigrationRecorder(connection).ensure_schema()

        laid = lay_tables(ALIAS)

        assert laid == len(MigrationRecorder(connection).applied_migrations()) > 0
