"""What the clock does for messages."""

import datetime as dt

from cms import registry
from cms.jobs import Job

from .reminders import send_reminders


def remind() -> None:
    send_reminders()


registry.periodic_jobs.register(
    "learning.reminders", Job("learning.reminders", dt.timedelta(minutes=15), remind)
)
