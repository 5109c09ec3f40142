"""What the clock does for assignments."""

import datetime as dt

from cms import registry
from cms.jobs import Job

from .marking import tell_due

registry.periodic_jobs.register(
    "learning.feedback", Job("learning.feedback", dt.timedelta(minutes=1), tell_due)
)
