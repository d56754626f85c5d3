"""Whoever gets no turn at the database is told so; the program has not failed."""

import pytest
from django.db import OperationalError, ProgrammingError
from django.http import HttpRequest
from django.test import Client
from psycopg import errors

from spoiwo.toolkit.busy import is_busy


def caused_by(error: Exception) -> OperationalError:
    failure = OperationalError("refused")
    failure.__cause__ = error
    return failure


@pytest.mark.parametrize(
    ("error", "busy"),
    [
        pytest.param(OperationalError("database is locked"), True, id="SQLite gives no turn"),
        pytest.param(caused_by(errors.LockNotAvailable()), True, id="a row stays locked"),
        pytest.param(caused_by(errors.DeadlockDetected()), True, id="two waited for each other"),
        pytest.param(caused_by(errors.DiskFull()), False, id="the disk is full"),
        pytest.param(OperationalError("no such table: people"), False, id="a table is missing"),
        pytest.param(ProgrammingError("database is locked"), False, id="another kind of error"),
        pytest.param(ValueError("database is locked"), False, id="no error of a database"),
        pytest.param(None, False, id="nothing"),
    ],
)
def test_what_passes_when_others_have_finished(error: BaseException | None, busy: bool) -> None:
    assert is_busy(error) is busy


@pytest.mark.parametrize(
    ("message", "status"),
    [
        pytest.param("database is locked", 503, id="no turn"),
        pytest.param("disk I/O error", 500, id="another failure"),
    ],
)
def test_a_page_without_a_turn_says_so_and_when_to_come_back(
    monkeypatch: pytest.MonkeyPatch, message: str, status: int
) -> None:
    def refuse(_request: HttpRequest) -> None:
        raise OperationalError(message)

    monkeypatch.setattr("django.contrib.auth.middleware.get_user", refuse)

    answer = Client(raise_request_exception=False).get("/")

    assert answer.status_code == status
    assert answer.get("Retry-After") == ("10" if status == 503 else None)
    assert ("Zbyt wiele osób pracuje" in answer.content.decode()) is (status == 503)
