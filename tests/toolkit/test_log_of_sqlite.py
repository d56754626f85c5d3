"""Beside long work SQLite's log goes into the database; short work and other databases never hear of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.db import connection

from spoiwo.toolkit.sqlite import log

PATIENCE = 30  # seconds


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "words.sqlite3"


@pytest.fixture
def link(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")
        opened.execute("PRAGMA wal_autocheckpoint=0")
        opened.execute("CREATE TABLE words (word)")
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        yield opened


def write(link: sqlite3.Connection) -> None:
    link.executemany("INSERT INTO words VALUES (?)", [("word" * 1000,)] * 100)


def test_what_long_work_commits_goes_from_the_log_into_the_database(path, link, monkeypatch):
    monkeypatch.setattr(log, "SELDOM", 0.001)
    before = path.stat().st_size

    with log.moving(str(path)):
        write(link)
        until = monotonic() + PATIENCE
        while path.stat().st_size == before and monotonic() < until:
            sleep(0.01)

    assert path.stat().st_size > before


def test_what_others_still_read_is_moved_later(path, link, monkeypatch):
    monkeypatch.setattr(log, "SELDOM", 0.001)
    before = path.stat().st_size
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM words").fetchone()
        write(link)
        with log.moving(str(path)):
            sleep(0.2)
            seen = path.stat().st_size
            reader.execute("COMMIT")
            until = monotonic() + PATIENCE
            while path.stat().st_size == before and monotonic() < until:
                sleep(0.01)

    assert seen == before
    assert path.stat().st_size > before


def test_short_work_leaves_the_log_alone(path, link):
    before = path.stat().st_size

    with log.moving(str(path)):
        write(link)

    assert path.stat().st_size == before


def test_a_database_without_such_a_log_is_left_alone(monkeypatch):
    monkeypatch.setattr(log, "moving", None)  # nobody calls it
    monkeypatch.setattr(connection, "is_in_memory_db", lambda: True, raising=False)
    done = []

    with log.log_moved_beside():
        done.append("work")

    assert done == ["work"]


def test_the_database_in_use_is_the_one(monkeypatch):
    seen: list[str] = []
    monkeypatch.setattr(connection, "is_in_memory_db", lambda: False, raising=False)
    monkeypatch.setattr(log, "_move", lambda database, _over: seen.append(database))

    with log.log_moved_beside():
        pass

    assert seen == ([str(connection.settings_dict["NAME"])] if connection.vendor == "sqlite" else [])
