"""What search gives to the other apps."""

import datetime as dt

from cms import registry
from cms.jobs import Job

from . import url_cases  # noqa: F401
from .exporting import EMPTY_SEARCHES


class DemoLoader:
    # After everything that can be found.
    order = 1000

    def load(self, verbosity: int = 1) -> None:
        from .indexing import rebuild

        rebuild()


def _remind() -> None:
    from .indexing import remind

    remind()


def _reconcile() -> None:
    from .tasks import reconcile

    reconcile.enqueue()


def _purge() -> None:
    from .empty import purge

    purge()


registry.demo_loaders.register("search", DemoLoader())
registry.export_kinds.register(EMPTY_SEARCHES.code, EMPTY_SEARCHES)
# Normally nothing is left: the task of each change has done it.
registry.periodic_jobs.register(
    "search.remind", Job("search.remind", dt.timedelta(minutes=1), _remind)
)
registry.periodic_jobs.register(
    "search.reconcile", Job("search.reconcile", dt.timedelta(hours=24), _reconcile)
)
registry.periodic_jobs.register("search.purge", Job("search.purge", dt.timedelta(hours=24), _purge))


@registry.admin_permissions.provide("search")
def admin_permissions() -> dict[str, list[str]]:
    mine = ["search.*promotion", "search.view_emptysearch"]
    return dict.fromkeys(("editor", "chief-editor", "national-team"), mine)
