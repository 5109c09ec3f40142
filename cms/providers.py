"""What the foundation itself gives to the registry."""

import datetime as dt

from . import health, personal_data, registry, url_cases  # noqa: F401


def _job(name: str, every: dt.timedelta):
    from .jobs import Job

    def register(run):
        registry.periodic_jobs.register(name, Job(name, every, run))
        return run

    return register


@_job("cms.publish_scheduled", dt.timedelta(minutes=1))
def publish_scheduled() -> None:
    from django.core.management import call_command

    call_command("publish_scheduled", verbosity=0)


@_job("cms.requeue_lost_tasks", dt.timedelta(minutes=5))
def requeue_lost_tasks() -> None:
    from .tasks import requeue_lost

    requeue_lost()


@_job("cms.purge", dt.timedelta(hours=24))
def purge() -> None:
    from django.core.management import call_command

    from . import bin, exports, mail

    mail.purge()
    bin.purge()
    exports.purge()
    call_command("prune_db_task_results", verbosity=0)
    call_command("clearsessions", verbosity=0)


for _name, _check in {
    "database": health.database,
    "migrations": health.migrations,
    "cache": health.shared_cache,
    "worker": health.worker,
    "clock": health.clock,
}.items():
    registry.readiness.register(_name, _check)
