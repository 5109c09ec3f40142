"""The bank of questions from files and to files, in the Wagtail admin."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ..models import Question, QuestionImport
from . import services, types
from .forms import ExportForm, QuestionsFileForm
from .found import Verdict
from .moodle_writer import losses, write

PER_PAGE = 100


def _check(request: HttpRequest) -> None:
    if not request.user.has_perm("learning.write_questions"):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def import_questions(request: HttpRequest) -> HttpResponse:
    """Send a file: every question of it is read and reported before anything enters the bank."""
    _check(request)
    posted = request.method == "POST"
    form = QuestionsFileForm(*(request.POST, request.FILES) if posted else ())
    if posted and form.is_valid():
        data = form.cleaned_data
        try:
            batch = services.stage(data["file"], theme=data["theme"], by=request.user)
        except ValidationError as error:
            for text in error.messages:
                form.add_error("file", text)
        else:
            return redirect("learning_questions_imported", batch.uuid)
    tables = [
        (_("Moodle XML"), types.MOODLE.values()),
        (_("GIFT"), types.GIFT.values()),
    ]
    context = {"form": form, "tables": tables, "losses": types.LOSSES}
    status = 422 if form.errors else 200
    return render(request, "learning/question_formats/import.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def import_report(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Every question of the file, and what becomes of it; confirmed, they enter the bank."""
    _check(request)
    batch = get_object_or_404(QuestionImport.objects.filter(by=request.user), uuid=uuid)
    if request.method == "POST":
        try:
            count = services.write(batch, by=request.user, partly="partly" in request.POST)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("learning_questions_imported", batch.uuid)
        text = ngettext("%(n)d question is in the bank.", "%(n)d questions are in the bank.", count)
        messages.success(request, text % {"n": count})
        return redirect("learning_questions_imported", batch.uuid)
    rows = Paginator(batch.rows.all(), PER_PAGE).get_page(request.GET.get("p"))
    counts = dict.fromkeys(Verdict.values, 0)
    for verdict in batch.rows.values_list("verdict", flat=True):
        counts[verdict] += 1
    waits = batch.state == QuestionImport.State.READ
    known = services.known(batch) if waits else set()
    context = {"batch": batch, "rows": rows, "counts": counts, "known": known, "waits": waits}
    return render(request, "learning/question_formats/report.html", context)


@require_safe
def export_questions(request: HttpRequest) -> HttpResponse:
    """What Moodle will lose of the bank, then the file."""
    _check(request)
    form = ExportForm(request.GET)
    if not form.is_valid():
        return render(request, "learning/question_formats/export.html", {"form": form}, status=400)
    rows = Question.objects.in_use().select_related("theme", "version").exclude(version=None)
    if theme := form.cleaned_data["theme"]:
        rows = rows.filter(theme=theme)
    if "file" not in request.GET:
        told = [(row, losses(row.version.read())) for row in rows]
        context = {
            "form": form,
            "count": len(told),
            "told": [(row, said) for row, said in told if said],
            "query": request.GET.urlencode(),
        }
        return render(request, "learning/question_formats/export.html", context)
    written = services.to_write(rows)
    response = HttpResponse(write(written), content_type="application/xml")
    name = f"questions-{timezone.localdate():%Y-%m-%d}.xml"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response
