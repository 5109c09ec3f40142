"""What the clock does for enrolments."""

import datetime as dt

from cms import registry
from cms.jobs import Job

from .cohort_rules import keep_up_to_date
from .reminders import send_reminders
from .renewal import renew_those_due

for _name, _every, _run in (
    ("learning.cohort-rules", dt.timedelta(minutes=15), keep_up_to_date),
    ("learning.path-reminders", dt.timedelta(hours=1), send_reminders),
    ("learning.path-renewal", dt.timedelta(hours=6), renew_those_due),
):
    registry.periodic_jobs.register(_name, Job(_name, _every, _run))
