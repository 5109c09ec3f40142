"""The tab "Questions" of a cohort."""

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
from ..models import UnitQuestion
from .views import listed

tabs.register(tabs.Tab("questions", "learning:cohort-questions", gettext_lazy("Questions"), 30))


@login_required
@never_cache
@require_safe
def cohort_questions(request: HttpRequest, uuid: Any) -> HttpResponse:
    """What is asked in one cohort, without answer first."""
    cohort = cohort_to_follow(request, uuid)
    context = framed(request, cohort, "questions", title=_("Questions"), **listed(request, cohort))
    return render(request, "learning/asking/questions_cohort.html", context)


@awaiting.register
def to_answer(cohorts: Any) -> Iterator[awaiting.Waiting]:
    """How many questions wait in each cohort: one query."""
    rows = UnitQuestion.objects.filter(
        waits_since__isnull=False, withdrawn_at=None, enrolment__cohort__in=cohorts
    )
    counted = rows.order_by().values_list("enrolment__cohort").annotate(Count("pk"))
    yield awaiting.Waiting("questions", "learning:cohort-questions", _to_answer, dict(counted))


def _to_answer(number: int) -> str:
    said = ngettext("%(n)d question without answer", "%(n)d questions without answer", number)
    return said % {"n": number}
