"""What the clock does for webinars."""

import datetime as dt

from cms import registry
from cms.jobs import Job

from .telling import run_clock

NAME = "learning.webinars"
registry.periodic_jobs.register(NAME, Job(NAME, dt.timedelta(minutes=5), run_clock))
