"""What verifies the counters by itself: each night all of them, and a path whose units changed at once."""

import datetime as dt
import logging
from typing import Any

from django.dispatch import receiver

from cms import registry
from cms.jobs import Job
from cms.tasks import background

from .. import signals
from ..models import Enrolment
from . import counters

logger = logging.getLogger("learning.overview")
# Enrolments of one task: a worker has other things to do meanwhile.
SLICE = 2_000


@background(attempts=3)
def verify(after: int = 0) -> None:
    """Mend the counters of a slice of the enrolments, say what differed, and leave the rest to the next."""
    pks = Enrolment.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:SLICE]
    ids = list(pks)
    for start in range(0, len(ids), counters.BATCH):
        rows = list(Enrolment.objects.filter(pk__in=ids[start : start + counters.BATCH]))
        for found in counters.verified(rows, fix=True):
            # Nothing that changes progress should leave one: it is a fault to look for.
            logger.warning("counter mended", extra={"difference": str(found)})
    if len(ids) == SLICE:
        verify.enqueue(ids[-1])


@background(attempts=3)
def recount(path_id: int) -> None:
    """What is required of those who follow a path is another number than before."""
    rows = Enrolment.objects.filter(path=path_id).order_by("pk")
    last = 0
    while held := list(rows.filter(pk__gt=last)[: counters.BATCH]):
        list(counters.verified(held, fix=True))
        last = held[-1].pk


@receiver(signals.units_archived, dispatch_uid="learning.overview.recount")
def units_changed(sender: Any, path: Any, **_kwargs: Any) -> None:
    if Enrolment.objects.filter(path=path).exists():
        recount.enqueue(path.pk)


registry.periodic_jobs.register(
    "learning.progress",
    Job("learning.progress", dt.timedelta(days=1), lambda: verify.enqueue()),
)
