"""A path to a file and back, in the admin."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.log_actions import log

from cms.models.files import safe_name

from ..models import PathImport
from . import access, exporting, importing
from .admin_views import path_page


class PathFileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("File of a path (.zip)"))


@require_safe
def export_path(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The file of a path, with what it shows."""
    page = path_page(request, pk)
    if request.method == "HEAD":
        return HttpResponse(content_type="application/zip")
    name = safe_name(f"parcours-{page.slug}-{timezone.localdate():%Y-%m-%d}.zip")
    file = exporting.export(page)
    log(instance=page, action="learning.export_path", user=request.user)
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def import_path(request: HttpRequest) -> HttpResponse:
    """Send a file: it is read, and reported before anything is written."""
    catalogue = access.check_author(request.user)
    posted = request.method == "POST"
    form = PathFileForm(*(request.POST, request.FILES) if posted else ())
    if posted and form.is_valid():
        try:
            row = importing.stage(form.cleaned_data["file"], by=request.user, catalogue=catalogue)
        except ValidationError as error:
            for text in error.messages:
                form.add_error("file", text)
        else:
            return redirect("learning_path_imported", row.uuid)
    status = 422 if form.errors else 200
    return render(request, "learning/authoring/admin/import.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def import_report(request: HttpRequest, uuid: Any) -> HttpResponse:
    """What the file holds and what would be lost; confirmed, the path is made."""
    catalogue = access.check_author(request.user)
    row = get_object_or_404(PathImport.objects.filter(by=request.user), uuid=uuid)
    if request.method == "POST":
        try:
            page = importing.write(row, by=request.user, catalogue=catalogue)
        except ValidationError as error:
            for text in error.messages[:10]:
                messages.error(request, text)
            return redirect("learning_path_imported", row.uuid)
        messages.success(request, _("The path is there, as a draft: nobody sees it yet."))
        return redirect("learning_path_outline", page.pk)
    return render(request, "learning/authoring/admin/import_report.html", {"row": row})
