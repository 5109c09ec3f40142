"""What the clock does for quizzes: an attempt whose time is over is handed in."""

import datetime as dt

from cms import registry
from cms.jobs import Job

from .services import close_overdue


def close() -> None:
    close_overdue()


registry.periodic_jobs.register(
    "learning.quizzes.close", Job("learning.quizzes.close", dt.timedelta(minutes=1), close)
)
