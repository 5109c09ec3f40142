"""What the foundation itself gives to the registry."""

import datetime as dt

from . import health, personal_data, registry, url_cases  # noqa: F401
from .editors import reports  # noqa: F401 (their exports register themselves)


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


@_job("cms.read_changed_pages", dt.timedelta(minutes=15))
def read_changed_pages() -> None:
    from .editors.scanning import read_what_changed

    read_what_changed()


@_job("cms.read_every_page", dt.timedelta(hours=24))
def read_every_page() -> None:
    from .editors.scanning import read_everything

    read_everything.enqueue()


@_job("cms.check_addresses", dt.timedelta(minutes=10))
def check_addresses() -> None:
    from .editors import checking

    if checking.is_on() and checking.due():
        checking.check_addresses.enqueue()


@registry.admin_permissions.provide("cms")
def admin_permissions() -> dict[str, list[str]]:
    """Whoever moves pages mends the addresses that lead to them; the team sees what failed."""
    redirects = ["wagtailredirects.*"]
    tasks = ["django_tasks_database.change_dbtaskresult"]
    return {"editor": redirects, "chief-editor": redirects, "national-team": tasks}


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
