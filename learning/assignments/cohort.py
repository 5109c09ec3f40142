"""The tabs of a cohort: what waits for a mark, questions, opinions on its units."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..following import awaiting, tabs
from ..following.frame import cohort_to_follow, framed
from ..models import Submission
from ..paths.kinds import EnrolmentState
from . import queue
from .kinds import SubmissionState
from .marking_views import pending_of

tabs.register(tabs.Tab("marking", "learning:cohort-marking", gettext_lazy("To mark"), 20))


@login_required
@never_cache
@require_safe
def cohort_marking(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The marking queue of one cohort."""
    cohort = cohort_to_follow(request, uuid)
    context = framed(
        request,
        cohort,
        "marking",
        title=_("Works to mark"),
        queue=queue.read(request.GET, request.user, cohort),
        pending=pending_of(request.user),
    )
    return render(request, "learning/assignments/queue_cohort.html", context)


@awaiting.register
def to_mark(cohorts: Any) -> Iterator[awaiting.Waiting]:
    """How many works wait in each cohort: one query."""
    rows = Submission.objects.filter(
        state=SubmissionState.SUBMITTED,
        marked_at=None,
        enrolment__superseded=False,
        enrolment__cohort__in=cohorts,
    ).exclude(enrolment__state=EnrolmentState.LEFT)
    counted = rows.order_by().values_list("enrolment__cohort").annotate(Count("pk"))
    yield awaiting.Waiting("marking", "learning:cohort-marking", _to_mark, dict(counted))


def _to_mark(number: int) -> str:
    return ngettext("%(n)d work to mark", "%(n)d works to mark", number) % {"n": number}
