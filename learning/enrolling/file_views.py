"""The two pages of a list read from a file: sending it, and its report. One's team or a cohort."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.meta import PageMeta

from ..following.frame import framed
from ..models import Cohort, EnrolmentImport
from ..people_lists import report_on
from ..views import pro_trail
from . import lists
from .forms import FileForm, WriteForm
from .telling import title_of


def _framed(request: HttpRequest, cohort: Cohort | None, title: str) -> dict[str, Any]:
    """Under the tabs of a cohort, or among the pages of one's team."""
    if cohort is not None:
        base = "learning/following/base.html"
        return framed(request, cohort, "members", title, base=base)
    trail = [
        (_("My team"), reverse("learning:team")),
        (_("Enrol my team in a path"), reverse("learning:enrol-team")),
    ]
    meta = PageMeta(title=title, breadcrumbs=[*pro_trail(), *trail], cache="private")
    return {"page_meta": meta, "base": "learning/enrolling/alone.html"}


def _upload_url(cohort: Cohort | None) -> str:
    if cohort is None:
        return reverse("learning:enrol-file")
    return reverse("learning:cohort-file", args=[cohort.uuid])


def _batch_url(batch: EnrolmentImport, cohort: Cohort | None) -> str:
    if cohort is None:
        return reverse("learning:enrol-batch", args=[batch.uuid])
    return reverse("learning:cohort-batch", args=[cohort.uuid, batch.uuid])


def upload(request: HttpRequest, cohort: Cohort | None = None) -> HttpResponse:
    """Read a file; nobody is enrolled before its report was seen."""
    form = FileForm(request.POST or None, request.FILES or None, cohort=cohort)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        path = cohort.path if cohort else form.offered[data["path"]].path
        try:
            batch = lists.read(
                path, data["file"], by=request.user, cohort=cohort, due_on=data["due_on"]
            )
        except ValidationError as error:
            form.add_error("file", error)
        else:
            return redirect(_batch_url(batch, cohort))
    context = {**_framed(request, cohort, _("Enrol from a file")), "form": form}
    status = 422 if form.errors else 200
    return render(request, "learning/enrolling/file.html", context, status=status)


def report(request: HttpRequest, uuid: Any, cohort: Cohort | None = None) -> HttpResponse:
    """The report on a file that one sent oneself, before and after it is written."""
    rows = EnrolmentImport.objects.filter(by=request.user, cohort=cohort)
    batch = get_object_or_404(rows.select_related("path__version"), uuid=uuid)
    form = WriteForm(request.POST if request.method == "POST" else None, batch=batch)
    if request.method == "POST" and form.is_valid():
        try:
            lists.write(batch, by=request.user, partly=form.cleaned_data.get("partly", False))
        except lists.Incomplete as error:
            form.add_error(None, error)
        else:
            return redirect(_batch_url(batch, cohort))
    context = {
        **_framed(request, cohort, _("Report on the file")),
        "batch": batch,
        "title": title_of(batch.path),
        "form": form,
        "upload_url": _upload_url(cohort),
        **report_on(batch, request.GET),
    }
    status = 409 if form.non_field_errors() else 200
    return render(request, "learning/enrolling/batch.html", context, status=status)
