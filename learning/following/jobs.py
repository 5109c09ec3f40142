"""What the clock does: the rules of every cohort, each hour."""

import datetime as dt

from cms import registry
from cms.jobs import Job

from .services import compute_all


def apply_rules() -> None:
    compute_all()


registry.periodic_jobs.register(
    "learning.following", Job("learning.following", dt.timedelta(hours=1), apply_rules)
)
