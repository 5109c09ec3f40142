"""What the clock does for evaluation."""

import datetime as dt

from cms import registry
from cms.jobs import Job

from .services import tell_what_is_due


def tell() -> None:
    tell_what_is_due()


registry.periodic_jobs.register(
    "learning.evaluations", Job("learning.evaluations", dt.timedelta(hours=1), tell)
)
