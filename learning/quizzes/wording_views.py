"""Wording a question in another language, in the Wagtail admin."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..models import Question
from . import pictures, texts, wording
from .wording_forms import WordingForm


@require_http_methods(["GET", "HEAD", "POST"])
def word_question(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """Each text of the version in force in French, and what it is in the other language."""
    if not request.user.has_perm("learning.change_question"):
        raise PermissionDenied
    if language not in wording.OTHERS:
        raise Http404
    rows = Question.objects.in_use().select_related("version").exclude(version=None)
    question = get_object_or_404(rows, pk=pk)
    assert question.version is not None  # noqa: S101
    content = question.version.read()
    held = wording.wording_of(question, language)
    said = held.texts if held else wording.last_texts(question, language)
    form = WordingForm(content, said, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        wording.write(question, language, form.texts(), by=request.user)
        text = _("The question is worded in %(language)s.")
        messages.success(request, text % {"language": wording.name_of(language)})
        return redirect("wagtailsnippets_learning_question:edit", question.pk)
    (shown,) = pictures.drawn([content])
    form.french = texts.texts_of(shown)
    context = {
        "question": question,
        "form": form,
        "media": form.media,
        "language": language,
        "name": wording.name_of(language),
        # Something was written for an earlier version: it is there to be read again.
        "behind": held is None and bool(said),
    }
    status = 422 if form.errors else 200
    return render(request, "learning/quizzes/admin/wording.html", context, status=status)
