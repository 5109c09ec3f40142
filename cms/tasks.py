"""Background work: what a task is here, how it is retried, and what to do with the lost ones.

A task is enqueued inside the transaction that needs it, with identifiers as arguments, and is
idempotent: it may run again after a crash.

    @background(attempts=5)
    def send_message(message_id: int) -> None: ...

    send_message.enqueue(message.pk)
"""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks.signals import task_finished

logger = logging.getLogger("cms.tasks")

DEFAULT_ATTEMPTS = 5
FIRST_DELAY = dt.timedelta(seconds=30)
# A worker says it lives every 20 s; a task still "running" this long after belongs to a dead one.
LOST_AFTER = dt.timedelta(minutes=30)

_attempts: dict[str, int] = {}


def background(attempts: int = DEFAULT_ATTEMPTS, **options: Any) -> Callable[[Callable], Any]:
    """Declare a task that is tried `attempts` times, waiting longer each time (30 s, 2 min, 8 min…)."""

    def decorate(function: Callable) -> Any:
        declared = task(**options)(function)
        _attempts[declared.module_path] = attempts
        return declared

    return decorate


def attempts_allowed(task_path: str) -> int:
    return _attempts.get(task_path, DEFAULT_ATTEMPTS)


def delay_before(attempt: int) -> dt.timedelta:
    """The wait before attempt number `attempt` (2 is the first retry)."""
    return FIRST_DELAY * 4 ** (attempt - 2)


@receiver(task_finished, dispatch_uid="cms.tasks.retry")
def retry_what_failed(sender: Any, task_result: Any, **_kwargs: Any) -> None:
    """Put a failed task back in the queue until its attempts are used up."""
    row = getattr(task_result, "db_result", None)
    if row is None or task_result.status != TaskResultStatus.FAILED:
        return
    tried = len(row.worker_ids)
    if tried >= attempts_allowed(row.task_path):
        logger.error("task failed for good", extra={"task": row.task_path, "task_id": str(row.pk)})
        return
    type(row).objects.filter(pk=row.pk, status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY, run_after=timezone.now() + delay_before(tried + 1)
    )


def retry_now(task_id: Any) -> bool:
    """Give one failed task a new set of attempts, at once. False when it is not a failed one."""
    from django_tasks_db.models import DBTaskResult

    changed = DBTaskResult.objects.filter(pk=task_id, status=TaskResultStatus.FAILED).update(
        status=TaskResultStatus.READY,
        run_after=timezone.now(),
        worker_ids=[],
        exception_class_path="",
        traceback="",
    )
    return bool(changed)


def requeue_lost(now: dt.datetime | None = None) -> int:
    """Tasks whose worker died in the middle run again. Returns how many."""
    from django_tasks_db.models import DBTaskResult

    before = (now or timezone.now()) - LOST_AFTER
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=before)
    return lost.update(status=TaskResultStatus.READY, run_after=timezone.now())


def run_all(limit: int = 1000) -> int:
    """Run what is ready, here and now, until nothing is. For tests and for the demo's loading.

    The worker's own loop closes connections between tasks, which ends the caller's transaction.
    Returns how many ran.
    """
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult
    from django_tasks_db.utils import exclusive_transaction

    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=limit,
        worker_id="here",
        excluded_queue_names=[],
    )
    for ran in range(limit):
        with exclusive_transaction():
            row = DBTaskResult.objects.ready().filter(backend_name="default").get_locked()
            if row is None:
                return ran
            row.claim(worker.worker_id)
        worker.run_task(row)
    return limit
