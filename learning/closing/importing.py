"""Bringing in past attendance: send a file, see what it says, write it, undo it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.meta import PageMeta

from ..models import AttendanceImport
from . import past
from .columns import COLUMNS
from .forms import PageForm

LINES_A_PAGE = 50


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"), help_text=gettext_lazy("At most 5,000 lines and 2 MB.")
    )


class ActForm(forms.Form):
    ACTS = (("importer", ""), ("importer-le-reste", ""), ("annuler", ""))
    act = forms.ChoiceField(choices=ACTS)


def _allowed(request: HttpRequest) -> None:
    if not request.user.has_perm("learning.import_attendance"):
        raise PermissionDenied


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    """The imports made so far, and the form that sends a file."""
    _allowed(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(past.stage(form.cleaned_data["file"], by=request.user))
        except ValidationError as error:
            form.add_error("file", error)
    rows = AttendanceImport.objects.select_related("by")
    context = {
        "page_meta": _meta(_("Import past attendance")),
        "form": form,
        "columns": COLUMNS,
        "page": Paginator(rows, 20).get_page(PageForm(request.GET).number()),
    }
    status = 422 if form.errors else 200
    return render(request, "learning/closing/imports.html", context, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, uuid: Any) -> HttpResponse:
    """What a file says, line by line. POST writes it, or undoes it as a whole."""
    _allowed(request)
    source = get_object_or_404(AttendanceImport.objects.select_related("by"), uuid=uuid)
    if request.method == "POST":
        _act(request, source)
        return redirect(source)
    rejected = source.rows.exclude(problem="")
    accepted = source.rows.filter(problem="")
    number = PageForm(request.GET).number()
    context = {
        "page_meta": _meta(
            source.filename, (_("Import past attendance"), reverse("learning:imports"))
        ),
        "source": source,
        "rejected": Paginator(rejected, LINES_A_PAGE).get_page(number),
        "accepted": Paginator(accepted, LINES_A_PAGE).get_page(number),
        "new": accepted.filter(known=False).count(),
        "may_undo": past.may_undo(source),
        "sessions": source.sessions.with_times().order_by("first_starts_at", "pk")[:20],
    }
    return render(request, "learning/closing/import.html", context)


def _act(request: HttpRequest, source: AttendanceImport) -> None:
    form = ActForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This choice does not exist."))
        return
    act = form.cleaned_data["act"]
    try:
        if act == "annuler":
            past.undo(source, by=request.user)
            messages.success(request, _("The import is undone."))
        else:
            done = past.apply(source, by=request.user, without_rejected=act != "importer")
            said = ngettext("%(n)d line is imported.", "%(n)d lines are imported.", done.imported)
            messages.success(request, said % {"n": done.imported})
    except past.CannotImport as error:
        messages.error(request, " ".join(error.messages))


def _meta(title: str, *trail: tuple[str, str]) -> PageMeta:
    return PageMeta(
        title=title,
        breadcrumbs=[(_("Professional space"), reverse("pro:home")), *trail],
        cache="private",
    )
