"""What the clock does for evaluation."""

from cms import registry
from cms.jobs import Job

from .services import EVERY, tell_what_is_due


def tell() -> None:
    tell_what_is_due()


registry.periodic_jobs.register("learning.evaluations", Job("learning.evaluations", EVERY, tell))
