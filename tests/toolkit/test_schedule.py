"""Work that comes back by the clock is enqueued once per turn, however many workers keep time."""

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from spoiwo.toolkit import jobs, schedule, tasks
from spoiwo.toolkit.models import Turn

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def hourly(monkeypatch) -> list[str]:
    """One planned job; the list grows by one with every time it is done."""
    done: list[str] = []
    monkeypatch.setattr(schedule, "_plans", {})
    monkeypatch.setitem(jobs._jobs, "try.hourly", lambda: done.append("done"))
    schedule.repeat("try.hourly", every=HOUR)
    return done


@pytest.mark.django_db
def test_a_job_is_done_when_its_turn_comes_and_not_before(hourly):
    answers = [schedule.enqueue_due(NOON + minutes * timedelta(minutes=1)) for minutes in (0, 1, 59, 60, 61)]

    assert answers == [["try.hourly"], [], [], ["try.hourly"], []]
    assert len(hourly) == 2


@pytest.mark.django_db
def test_after_a_long_stop_a_job_is_done_once(hourly):
    schedule.enqueue_due(NOON)

    assert schedule.enqueue_due(NOON + 100 * HOUR) == ["try.hourly"]
    assert schedule.enqueue_due(NOON + 100 * HOUR + timedelta(minutes=5)) == []


@pytest.mark.django_db
def test_whoever_comes_second_in_the_same_moment_finds_the_turn_taken(hourly):
    schedule.enqueue_due(NOON)
    Turn.objects.filter(job="try.hourly").update(last_began_at=NOON)

    assert schedule.enqueue_due(NOON) == []
    assert len(hourly) == 1


@pytest.mark.django_db
def test_a_turn_is_not_taken_when_the_job_cannot_be_enqueued(hourly, monkeypatch):
    monkeypatch.delitem(jobs._jobs, "try.hourly")

    with pytest.raises(jobs.UnknownJob):
        schedule.enqueue_due(NOON)

    assert Turn.objects.get(job="try.hourly").last_began_at is None


@pytest.mark.django_db
def test_a_database_that_is_away_for_a_moment_is_asked_again(monkeypatch):
    stop, asked = Event(), []

    def enqueue_due(now):
        asked.append(now)
        if len(asked) == 1:
            raise OperationalError
        stop.set()

    monkeypatch.setattr(schedule, "enqueue_due", enqueue_due)
    monkeypatch.setattr(schedule, "close_old_connections", lambda: None)

    schedule.keep_time(stop, clock=lambda: NOON, tick=0)

    assert asked == [NOON, NOON]


@pytest.mark.django_db
def test_sessions_that_have_run_out_are_deleted():
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - HOUR)
    Session.objects.create(session_key="new", session_data="", expire_date=now + HOUR)

    jobs.perform(tasks.CLEAR_SESSIONS)

    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_housekeeping_is_planned_daily():
    daily = {plan.job for plan in schedule.planned() if plan.every == timedelta(days=1)}

    assert {tasks.CLEAR_SESSIONS, tasks.PRUNE_RESULTS} <= daily


@pytest.mark.django_db
def test_records_of_jobs_long_ended_are_deleted(settings, hourly):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for _ in range(2):
        jobs.enqueue("try.hourly")
    ended, waiting = DBTaskResult.objects.order_by("id")
    ended.status, ended.finished_at = TaskResultStatus.SUCCESSFUL, timezone.now() - timedelta(days=15)
    ended.save()

    jobs.perform(tasks.PRUNE_RESULTS)

    assert list(DBTaskResult.objects.values_list("pk", flat=True)) == [waiting.pk]
