"""Answering, and reading results."""

import contextlib
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.meta import PageMeta

from . import queries, urn
from .forms import AnswerForm
from .kinds import EvaluationKind
from .versions import questions_of

TITLES = {
    EvaluationKind.BEFORE: gettext_lazy("Before you come"),
    EvaluationKind.CHECK: gettext_lazy("What have you retained?"),
    EvaluationKind.HOT: gettext_lazy("What did you think of it?"),
    EvaluationKind.COLD: gettext_lazy("Three months later"),
}


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One page of questions; answered, it says thanks, and after a check what was right and why."""
    asked = queries.asked(request.user, uuid)
    evaluation = asked.evaluation
    if asked.answered or not evaluation.is_open():
        return _done(request, asked)
    form = AnswerForm(request.POST or None, questions=questions_of(evaluation))
    status = 200
    if request.method == "POST":
        if form.is_valid():
            with contextlib.suppress(urn.AlreadyAnswered, urn.Closed):
                urn.put(evaluation, asked.registration, form.given())
            return redirect(evaluation)
        status = 422
    context = {**_frame(asked), "form": form, "intros": _intros(form)}
    return render(request, "learning/evaluations/answer.html", context, status=status)


def _intros(form: AnswerForm) -> list[str]:
    versions = {question.version_id: question.version for question in form.questions.values()}
    return [version.intro for version in versions.values() if version.intro]


def _done(request: HttpRequest, asked: queries.Asked) -> HttpResponse:
    context = {
        **_frame(asked),
        "answered": asked.answered,
        "corrected": queries.corrected(asked),
        "next": queries.next_of(asked),
    }
    return render(request, "learning/evaluations/done.html", context)


def _frame(asked: queries.Asked) -> dict[str, Any]:
    evaluation = asked.evaluation
    meta = PageMeta(
        title=str(TITLES[EvaluationKind(evaluation.kind)]),
        breadcrumbs=[
            (_("Professional space"), reverse("pro:home")),
            (_("My training"), reverse("learning:mine")),
        ],
        cache="private",
    )
    return {"page_meta": meta, "evaluation": evaluation, "session": evaluation.session}
