"""What a job that broke off leaves behind for two weeks tells where to look, and nothing about anybody."""

from typing import Any

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, get_date_max
from structlog.testing import capture_logs

from spoiwo.toolkit import jobs

CANARY = "Zofia Kanarkowa 44051401359"


def worked(monkeypatch, job) -> DBTaskResult[Any, Any]:
    """Do a job the way the worker does; gives the record it leaves."""
    monkeypatch.setitem(jobs._jobs, "try.canary", job)
    record = DBTaskResult.objects.create(
        args_kwargs={"args": ["try.canary", {"number": 7}], "kwargs": {}},
        task_path="spoiwo.toolkit.jobs.run_job",
        backend_name="default",
        run_after=get_date_max(),  # at once
    )
    worker = Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="try",
    )
    worker.run_task(record)
    record.refresh_from_db()
    return record


def broken(number: int) -> None:
    """Fails the way databases do: quoting the row, from an error that quotes it too."""
    person = CANARY
    try:
        raise LookupError(f"Key (name)=({person}) already exists in {number}")
    except LookupError as error:
        raise ValueError(f"cannot save {person}") from error


@pytest.mark.django_db
def test_the_record_names_the_job_the_kind_of_error_and_where_the_log_tells_more(monkeypatch):
    with capture_logs() as logged:
        record = worked(monkeypatch, broken)

    (entry,) = [one for one in logged if one["event"] == "job_failed"]
    assert record.status == TaskResultStatus.FAILED
    assert record.exception_class_path == "spoiwo.toolkit.jobs.JobFailed"
    assert f"try.canary: builtins.ValueError, log reference {entry['reference']}" in record.traceback


@pytest.mark.django_db
def test_nothing_that_the_error_quoted_is_in_the_record(monkeypatch):
    record = worked(monkeypatch, broken)

    kept = f"{record.traceback} {record.exception_class_path} {record.args_kwargs} {record.return_value}"
    assert [word for word in (*CANARY.split(), "LookupError") if word in kept] == []


@pytest.mark.django_db
def test_a_job_that_succeeds_leaves_no_trace_of_failure(monkeypatch):
    record = worked(monkeypatch, lambda number: None)

    assert (record.status, record.traceback) == (TaskResultStatus.SUCCESSFUL, "")


def stopped(number: int) -> None:
    """The worker is told to stop just while an error is being handled."""
    try:
        broken(number)
    except ValueError:
        raise SystemExit(1)  # noqa: B904


@pytest.mark.django_db
def test_neither_does_a_job_that_was_stopped_carry_what_it_was_handling(monkeypatch):
    record = worked(monkeypatch, stopped)

    assert record.exception_class_path == "builtins.SystemExit"
    assert [word for word in CANARY.split() if word in record.traceback] == []
