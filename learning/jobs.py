"""What the clock does for training."""

import datetime as dt

from cms import registry
from cms.jobs import Job

from .services.registrations import expire_offers


def pass_offers_on() -> None:
    expire_offers()


registry.periodic_jobs.register(
    "learning.offers", Job("learning.offers", dt.timedelta(minutes=5), pass_offers_on)
)
