"""Tasks are retried with a limit; what failed for good waits for a person; jobs run once when due."""

import datetime as dt

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cms import jobs, registry, tasks
from cms.models import Heartbeat, JobRun

pytestmark = pytest.mark.django_db
calls: list[int] = []


@tasks.background(attempts=2)
def always_fails(number: int) -> None:
    calls.append(number)
    raise ValueError("no")


@pytest.fixture(autouse=True)
def fresh_calls():
    calls.clear()
    # What a live server of another test was asked at its very end may still have been put in the queue.
    DBTaskResult.objects.all().delete()


def ready_now():
    DBTaskResult.objects.update(run_after=timezone.now())


def test_a_failed_task_waits_before_it_is_tried_again():
    always_fails.enqueue(1)
    tasks.run_all()
    row = DBTaskResult.objects.get()
    assert calls == [1]
    assert row.status == TaskResultStatus.READY
    assert row.run_after > timezone.now() + dt.timedelta(seconds=20)


def test_attempts_are_limited_and_the_cause_is_kept():
    always_fails.enqueue(1)
    tasks.run_all()
    ready_now()
    tasks.run_all()
    row = DBTaskResult.objects.get()
    assert calls == [1, 1]
    assert row.status == TaskResultStatus.FAILED
    assert "ValueError: no" in row.traceback


def test_a_person_can_start_it_again():
    always_fails.enqueue(1)
    for _ in range(2):
        ready_now()
        tasks.run_all()
    row = DBTaskResult.objects.get()
    assert tasks.retry_now(row.pk)
    tasks.run_all()
    assert len(calls) == 3
    assert not tasks.retry_now("00000000-0000-0000-0000-000000000000")


def test_a_task_whose_worker_died_runs_again():
    always_fails.enqueue(1)
    long_ago = timezone.now() - dt.timedelta(hours=2)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=long_ago)
    assert tasks.requeue_lost() == 1
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_waits_grow():
    assert [tasks.delay_before(n).total_seconds() for n in (2, 3, 4)] == [30, 120, 480]


# -- Jobs ----------------------------------------------------------------------------------------


@pytest.fixture
def job(monkeypatch):
    ran = []
    one = jobs.Job("test.job", dt.timedelta(hours=1), lambda: ran.append(1))
    monkeypatch.setattr(registry, "periodic_jobs", [one])
    one_ran = ran
    return one, one_ran


def test_a_job_runs_when_due_and_only_then(job):
    _one, ran = job
    now = timezone.now()
    assert jobs.tick(now) == ["test.job"]
    assert jobs.tick(now + dt.timedelta(minutes=59)) == []
    assert jobs.tick(now + dt.timedelta(minutes=60)) == ["test.job"]
    assert len(ran) == 2


def test_two_clocks_never_both_claim_a_job(job):
    one, _ran = job
    now = timezone.now()
    assert jobs.claim(one, now)
    assert not jobs.claim(one, now)


def test_a_failing_job_does_not_stop_the_others(monkeypatch):
    ran = []

    def fail():
        raise RuntimeError("broken")

    both = [
        jobs.Job("a", dt.timedelta(hours=1), fail),
        jobs.Job("b", dt.timedelta(hours=1), lambda: ran.append("b")),
    ]
    monkeypatch.setattr(registry, "periodic_jobs", both)
    jobs.tick()
    assert ran == ["b"]
    assert JobRun.objects.get(name="a").error == "RuntimeError: broken"


def test_each_tick_is_a_heartbeat(monkeypatch):
    monkeypatch.setattr(registry, "periodic_jobs", [])
    now = timezone.now()
    jobs.tick(now)
    assert Heartbeat.objects.get(name="tick").at == now
