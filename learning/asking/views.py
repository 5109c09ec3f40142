"""Asking under a unit; answering, for the trainers of the cohort and the national team."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.listings import narrow
from cms.meta import PageMeta
from cms.ratelimit import allowed

from ..models import LearningPath, Unit, UnitQuestion
from ..paths import reading
from ..rules import is_trainer
from . import queries, services
from .forms import AnswerForm, ListForm, QuestionForm

A_MINUTE = 6


def _unit_address(path_uuid: Any, unit_uuid: Any) -> str:
    return reverse("learning:unit", args=[path_uuid, unit_uuid]) + "#question"


@login_required
@never_cache
@require_POST
def ask(request: HttpRequest, uuid: Any, unit: Any) -> HttpResponse:
    """Ask on a unit of a path that one follows."""
    path = get_object_or_404(LearningPath, uuid=uuid)
    enrolment = reading.enrolment_of(path, request.user)
    row = get_object_or_404(Unit, path=path, uuid=unit)
    if enrolment is None:
        raise Http404
    form = QuestionForm(request.POST)
    back = redirect(_unit_address(uuid, unit))
    if not form.is_valid():
        messages.error(request, _("Write your question, in 3,000 characters at most."))
        return back
    if not allowed(request, "unit-question", A_MINUTE, person=request.user):
        messages.error(request, _("That is many questions in a minute: wait a little."))
        return back
    asked = form.cleaned_data
    try:
        services.ask(
            enrolment,
            row,
            asked["text"],
            key=asked["key"],
            may_be_shared=asked["may_be_shared"],
        )
    except services.CannotAnswer as error:
        messages.error(request, " ".join(error.messages))
        return back
    messages.success(request, _("Your question is sent. You are told when it is answered."))
    return back


@login_required
@never_cache
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """The questions of all the cohorts of this person, those without answer first."""
    if not request.user.has_perm("learning.mark_submissions") and not is_trainer(request.user):
        raise PermissionDenied
    crumbs = [(_("Professional space"), reverse("pro:home"))]
    context = {
        "page_meta": PageMeta(title=_("Questions"), breadcrumbs=crumbs, cache="private"),
        **listed(request),
    }
    return render(request, "learning/asking/questions.html", context)


def listed(request: HttpRequest, cohort: Any = None) -> dict[str, Any]:
    """The list of questions, of one cohort or of all."""
    rows = queries.to_answer(request.user, cohort)
    listing = narrow(rows, ListForm(request.GET), show=queries.shown)
    waiting = rows.filter(waits_since__isnull=False).count()
    return {
        "listing": listing,
        "lines": queries.lines(listing.page.object_list),
        "waiting": waiting,
    }


@login_required
@never_cache
@require_safe
def question(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One question with what was said, for whoever answers it. Its author reads it under the unit."""
    row = _seen(request, uuid)
    if row.enrolment.user_id == request.user.pk:
        return redirect(_unit_address(row.enrolment.path.uuid, row.unit.uuid))
    may_answer = UnitQuestion.objects.to_answer(request.user).filter(pk=row.pk).exists()
    if not may_answer:
        raise Http404
    return render(request, "learning/asking/question.html", _context(row, AnswerForm()))


def _context(row: UnitQuestion, form: AnswerForm) -> dict[str, Any]:
    [line] = queries.lines([row])
    crumbs = [
        (_("Professional space"), reverse("pro:home")),
        (_("Questions"), reverse("learning:questions")),
    ]
    return {
        "page_meta": PageMeta(title=line.unit, breadcrumbs=crumbs, cache="private"),
        "row": row,
        "form": form,
    }


def _seen(request: HttpRequest, uuid: Any) -> UnitQuestion:
    rows = UnitQuestion.objects.visible_to(request.user)
    found: UnitQuestion = get_object_or_404(queries.whole(rows), uuid=uuid)
    return found


@login_required
@never_cache
@require_POST
def act(request: HttpRequest, uuid: Any, act: str) -> HttpResponse:
    """Of its author: go on, take back, bring back, agree to share or no longer. Of who answers: answer, share."""
    row = _seen(request, uuid)
    if row.enrolment.user_id == request.user.pk:
        return _of_author(request, row, act)
    if not UnitQuestion.objects.to_answer(request.user).filter(pk=row.pk).exists():
        raise Http404
    return _of_trainer(request, row, act)


def _of_author(request: HttpRequest, row: UnitQuestion, act: str) -> HttpResponse:
    if act == "repondre":
        form = AnswerForm(request.POST)
        if form.is_valid():
            asked = form.cleaned_data
            try:
                services.answer(row, asked["text"], by=request.user, key=asked["key"])
                messages.success(request, _("Your message is sent."))
            except services.CannotAnswer as error:
                messages.error(request, " ".join(error.messages))
        else:
            messages.error(request, _("Write your message, in 3,000 characters at most."))
    elif act == "retirer":
        services.withdraw(row)
        messages.success(request, _("Your question is taken back: it comes back for 30 days."))
    elif act == "remettre":
        services.restore(row)
    elif act in ("accorder", "refuser"):
        services.agree(row, act == "accorder")
        messages.success(request, _("Your choice is kept."))
    else:
        raise Http404
    return redirect(_unit_address(row.enrolment.path.uuid, row.unit.uuid))


def _of_trainer(request: HttpRequest, row: UnitQuestion, act: str) -> HttpResponse:
    try:
        if act == "repondre":
            form = AnswerForm(request.POST)
            if not form.is_valid():
                return render(
                    request, "learning/asking/question.html", _context(row, form), status=400
                )
            asked = form.cleaned_data
            services.answer(
                row, asked["text"], by=request.user, key=asked["key"], share=asked["share"]
            )
            messages.success(request, _("Your answer is sent: whoever asked is told."))
            return redirect("learning:questions")
        if act in ("partager", "reprendre"):
            services.share(row, act == "partager")
            messages.success(request, _("Your choice is kept."))
        else:
            raise Http404
    except services.CannotAnswer as error:
        messages.error(request, " ".join(error.messages))
    return redirect("learning:question", row.uuid)
