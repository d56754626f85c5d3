"""Turns at SQLite's one write lock: those who wait write in order, and before long work goes on."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from spoiwo.config import databases
from spoiwo.toolkit import turns
from spoiwo.toolkit.sqlite.base import DatabaseWrapper
from spoiwo.toolkit.turns import Turns, giving_way

pytestmark = pytest.mark.django_db  # which lets a test connect
DEFAULTS: dict[str, Any] = {"AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False, "TIME_ZONE": None, "TEST": {}}


def connected(path: Path | str, timeout: float = 20) -> DatabaseWrapper:
    settings = {**databases.sqlite(Path(path)), **DEFAULTS, "NAME": str(path)}
    settings["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": timeout}
    return DatabaseWrapper(settings, alias="of_the_test")


@contextmanager
def transaction(link: BaseDatabaseWrapper) -> Iterator[None]:
    link.set_autocommit(autocommit=False, force_begin_transaction_with_broken_autocommit=True)
    try:
        yield
        link.commit()
    finally:
        link.set_autocommit(autocommit=True)


def write(link: BaseDatabaseWrapper, word: str) -> None:
    with link.cursor() as cursor:
        cursor.execute("INSERT INTO words VALUES (%s)", [word])


def words(link: BaseDatabaseWrapper) -> list[str]:
    with link.cursor() as cursor:
        cursor.execute("SELECT word FROM words ORDER BY rowid")
        return [row[0] for row in cursor.fetchall()]


def page(path: Path, word: str, timeout: float = 20) -> None:
    """Somebody else's short write."""
    link = connected(path, timeout)
    try:
        with transaction(link):
            write(link, word)
    finally:
        link.close()


def until_somebody_waits(path: Path) -> None:
    mine = Turns(str(path))
    while mine.nobody_waits():
        sleep(0.001)
    mine.close()


def until_so_many_are_queued(path: Path, count: int) -> None:
    """Behind the one who tries the database; the kernel tells."""
    inode = f":{Path(f'{path}-turns').stat().st_ino} "
    while True:
        lines = Path("/proc/locks").read_text(encoding="ascii").splitlines()
        if sum("->" in line and inode in line for line in lines) >= count:
            return
        sleep(0.001)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "words.sqlite3"
    link = connected(path)
    with link.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("CREATE TABLE words (word)")
    link.close()
    return path


def test_long_work_that_begins_anew_at_once_lets_those_who_wait_go_first(path: Path) -> None:
    link = connected(path)

    with ThreadPoolExecutor() as pool, giving_way():
        with transaction(link):
            waiting: Future[None] = pool.submit(page, path, "of a page")
            until_somebody_waits(path)
            write(link, "first part")
        with transaction(link):
            write(link, "second part")
        waiting.result()

    assert words(link) == ["first part", "of a page", "second part"]
    link.close()


def test_long_work_does_not_wait_for_ever(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    link, patient = connected(path), Turns(str(path))

    with patient.waiting(), giving_way(), transaction(link):
        write(link, "all the same")

    assert words(link) == ["all the same"]
    patient.close()
    link.close()


def test_who_gives_up_waiting_holds_nobody_up(path: Path) -> None:
    link, hasty = connected(path), connected(path, timeout=0)

    with transaction(link), pytest.raises(OperationalError, match="locked"), transaction(hasty):
        raise AssertionError("never reached")

    mine = Turns(str(path))
    assert mine.nobody_waits()
    for one in (mine, hasty, link):
        one.close()


def test_those_who_wait_write_in_the_order_in_which_they_came(path: Path) -> None:
    link = connected(path)

    with ThreadPoolExecutor() as pool:
        with transaction(link):
            waiting = [pool.submit(page, path, "first")]
            until_somebody_waits(path)
            for place, word in enumerate(("second", "third"), start=1):
                waiting.append(pool.submit(page, path, word))
                until_so_many_are_queued(path, place)
        for one in waiting:
            one.result()

    assert words(link) == ["first", "second", "third"]
    link.close()


def test_the_whole_queue_gives_up_when_its_time_is_over(path: Path) -> None:
    taken, first = connected(path), Turns(str(path))

    with ThreadPoolExecutor() as pool:
        with transaction(taken), first.waiting():
            waiting = pool.submit(page, path, "late", timeout=0)
            until_so_many_are_queued(path, 1)
        with pytest.raises(OperationalError, match="locked"):
            waiting.result()

    assert words(taken) == []
    first.close()
    taken.close()


def test_a_database_in_memory_needs_no_turns() -> None:
    link = connected("file:of_the_test?mode=memory")

    with transaction(link), link.cursor() as cursor:
        cursor.execute("CREATE TABLE words (word)")

    assert words(link) == []
    link.close()
