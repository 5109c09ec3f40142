"""What the clock does for attestations."""

import datetime as dt

from cms import registry
from cms.jobs import Job

from .services import issue_missing


def issue_late() -> None:
    """Issue what a failure left out when the path was completed."""
    issue_missing()


registry.periodic_jobs.register(
    "learning.attestations", Job("learning.attestations", dt.timedelta(hours=1), issue_late)
)
