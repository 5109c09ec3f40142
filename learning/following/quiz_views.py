"""The questions of a cohort's quizzes: which are hard, which mislead."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..models import Unit
from ..quizzes import items
from ..quizzes.drawing import success
from ..quizzes.units import KIND
from . import queries
from .forms import QuizForm
from .frame import cohort_to_follow, framed


@login_required
@never_cache
@require_safe
def quizzes(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One quiz of the path at a time, of this cohort alone: that which most answered, unless `etape` says which."""
    cohort = cohort_to_follow(request, uuid)
    titles = queries.unit_titles(cohort)
    people = queries.in_force(cohort)
    answered = items.answered(people)
    known = [
        (uuid, f"{titles[uuid]} ({answered.get(uuid, 0)})")
        for stage in queries.stages_of(cohort)
        if stage.outline.kind == KIND and (uuid := stage.outline.uuid)
    ]
    first = max(known, key=lambda each: answered.get(each[0], 0), default=("", ""))[0]
    form = QuizForm(request.GET, quizzes=known)
    chosen = form.value("etape") or first
    unit = Unit.objects.filter(path=cohort.path_id, uuid=chosen).first() if chosen else None
    rows = items.figures(unit, people) if unit else []
    context = framed(
        request,
        cohort,
        "quizzes",
        form=form,
        quizzes=known,
        chosen=chosen,
        rows=rows,
        chart=success(rows, _("Success by question, the hardest first")),
        threshold=items.THRESHOLD,
        path=cohort.path,
    )
    return render(request, "learning/following/quizzes.html", context)
