"""Periodic jobs: apps register them, `manage.py tick` runs those that are due, each minute."""

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from . import registry
from .models import Heartbeat, JobRun

logger = logging.getLogger("cms.jobs")


@dataclass(frozen=True)
class Job:
    """`run` is called when `every` has passed since the last start; it must be idempotent."""

    name: str
    every: dt.timedelta
    run: Callable[[], object]


def beat(name: str, now: dt.datetime | None = None) -> None:
    """Say that a process is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now or timezone.now()})


def claim(job: Job, now: dt.datetime) -> bool:
    """Take the job if it is due. One conditional update: two clocks never both get it."""
    JobRun.objects.get_or_create(name=job.name)
    due = Q(claimed_at=None) | Q(claimed_at__lte=now - job.every)
    return bool(JobRun.objects.filter(due, name=job.name).update(claimed_at=now))


def tick(now: dt.datetime | None = None) -> list[str]:
    """Run every due job; one that fails is logged and does not stop the others. Returns their names."""
    now = now or timezone.now()
    ran = []
    for job in registry.periodic_jobs:
        if not claim(job, now):
            continue
        error = ""
        try:
            job.run()
        except Exception as failure:
            logger.exception("periodic job failed", extra={"job": job.name})
            error = f"{type(failure).__name__}: {failure}"
        with transaction.atomic():
            JobRun.objects.filter(name=job.name).update(finished_at=timezone.now(), error=error)
        ran.append(job.name)
    beat("tick", now)
    return ran
