"""The questions of one quiz, for whoever trains on it or edits it: which are too hard, which mislead."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.roles import has_role
from accounts.scopes import EDITOR
from cms.meta import PageMeta

from ..models import Enrolment, LearningPath, QuizItem, Unit
from ..paths import structure
from . import items as figures
from . import units
from .drawing import success
from .kinds import AttemptState
from .rules import trained_enrolments


@login_required
@never_cache
@require_safe
def items(request: HttpRequest, uuid: Any, unit: Any) -> HttpResponse:
    """A line for each question: difficulty, discrimination, the wrong answer given most."""
    path = get_object_or_404(LearningPath.objects.select_related("version"), uuid=uuid)
    if not request.user.has_perm("learning.see_quiz_items", path):
        raise PermissionDenied
    row = get_object_or_404(Unit, path=path, uuid=unit)
    place = structure.read(path.version).find(str(row.uuid)) if path.version else None
    if place is None or place.kind != units.KIND:
        raise Http404
    counted = counted_enrolments(request.user, path)
    waits = _waiting(row, counted)
    rows = [
        replace(line, waiting=waits.get(line.question.pk, 0))
        for line in figures.figures(row, counted)
    ]
    meta = PageMeta(
        title=_("Questions of “%(quiz)s”") % {"quiz": place.title},
        breadcrumbs=[
            (_("Professional space"), reverse("pro:home")),
            (_("My training"), reverse("learning:mine")),
            (place.title, reverse("learning:unit", args=[path.uuid, row.uuid])),
        ],
        cache="private",
    )
    context = {
        "page_meta": meta,
        "path": path,
        "unit": row,
        "rows": rows,
        "chart": success(rows, _("Success by question")),
        "threshold": figures.THRESHOLD,
        "most": figures.MOST,
        "everybody": _counts_everybody(request.user),
        "may_write": request.user.has_perm("learning.write_questions"),
    }
    return render(request, "learning/quizzes/items.html", context)


def _counts_everybody(user: Any) -> bool:
    """Editors see totals of all, never who: the others, those of their cohorts."""
    return bool(has_role(user, EDITOR))


def counted_enrolments(user: Any, path: LearningPath) -> Any:
    if _counts_everybody(user):
        return Enrolment.objects.filter(path=path)
    return trained_enrolments(user, path)


def _waiting(unit: Unit, enrolments: Any) -> dict[int, int]:
    """{question: answers graded with another key than the one in force}."""
    rows = QuizItem.objects.filter(
        attempt__unit=unit,
        attempt__state=AttemptState.CLOSED,
        attempt__enrolment__in=enrolments.values("pk"),
    ).exclude(Q(key=F("question__version")) | Q(key=None, version=F("question__version")))
    counted = rows.order_by().values_list("question_id").annotate(Count("pk"))
    return dict(counted)
