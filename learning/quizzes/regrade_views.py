"""A corrected key: the dry run, attempt by attempt, and its confirmation."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.meta import PageMeta

from ..models import Question
from ..rules import steers
from . import pictures
from . import regrade as regrading
from .forms import ConfirmForm


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def regrade(request: HttpRequest, uuid: Any) -> HttpResponse:
    """What the key in force changes for those who answered before it; then the change, confirmed."""
    if not request.user.has_perm("learning.write_questions"):
        raise PermissionDenied
    question = get_object_or_404(
        Question.objects.select_related("version", "theme").exclude(version=None), uuid=uuid
    )
    here = redirect("learning:quiz-regrade", question.uuid)
    if request.method == "POST":
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("The page was out of date: say it again."))
            return here
        try:
            done = regrading.apply(question, form.cleaned_data["digest"], by=request.user)
        except regrading.PlanChanged as error:
            messages.warning(request, " ".join(error.messages))
            return here
        count = done.changes.count()
        said = ngettext(
            "Applied: %(count)d score changed.", "Applied: %(count)d scores changed.", count
        )
        messages.success(request, said % {"count": count})
        return here
    return render(request, "learning/quizzes/regrade.html", _context(request, question))


def _context(request: HttpRequest, question: Question) -> dict[str, Any]:
    plan = regrading.plan(question, request.user)
    meta = PageMeta(
        title=_("Corrected key"),
        breadcrumbs=[
            (_("Professional space"), reverse("pro:home")),
            (_("My training"), reverse("learning:mine")),
        ],
        cache="private",
    )
    everyone = steers(request.user)
    assert question.version is not None  # noqa: S101
    (content,) = pictures.drawn([question.version.read()])
    total = regrading.waiting(question).count() if not everyone else len(plan.changes)
    return {
        "page_meta": meta,
        "question": question,
        "content": content,
        "plan": plan,
        "lowered": sum(change.lowers for change in plan.changes),
        "elsewhere": 0 if plan.more else max(0, total - len(plan.changes)),
        "everyone": everyone,
        "done": question.regrades.select_related("by", "version")[:10],
        "edit_url": reverse("wagtailsnippets_learning_question:edit", args=[question.pk]),
    }
