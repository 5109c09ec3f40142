"""Ordinary views of the foundation."""

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.views import serve

from . import exports, languages, routing
from .meta import PageMeta
from .models import ExportFile


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view, and in another language the French page when it is not translated."""
    found = routing.route(request, path)
    if found is None and not languages.is_source():
        found = languages.source_route(request, path)
        translated = languages.translations_of(found[0], request.user).get(languages.current())
        if translated is not None:  # its address is another one
            return redirect(translated.get_url(request))
        # Wagtail's view serves what the request remembers.
        request._wagtail_route_for_request = found  # type: ignore[attr-defined]
    return serve(request, path)


class FormatForm(forms.Form):
    format = forms.ChoiceField(choices=[("csv", "CSV"), ("xlsx", "XLSX")], required=False)


@login_required
@never_cache
@require_safe
def export_list(request: HttpRequest) -> HttpResponse:
    """What this person asked for, ready or in preparation."""
    files = ExportFile.objects.filter(user=request.user)[:50]
    meta = PageMeta(title=_("My exports"), cache="private")
    return render(request, "cms/exports.html", {"files": files, "page_meta": meta})


@login_required
@never_cache
@require_safe
def export(request: HttpRequest, code: str) -> HttpResponse:
    """Make one export: at once when it is short, in the background when it is long."""
    try:
        found = exports.find(code, request.user)
    except (KeyError, exports.NotAllowed):
        # The same answer for both: what exists is nobody's business.
        raise Http404 from None
    choice = FormatForm(request.GET)
    try:
        if not choice.is_valid():
            raise forms.ValidationError(_("The format is csv or xlsx."))
        filters = exports.bound_filters(found, request.GET)
    except forms.ValidationError as error:
        meta = PageMeta(title=str(found.label), cache="private")
        context = {"page_meta": meta, "errors": error.messages}
        return render(request, "cms/export_error.html", context, status=400)
    try:
        return _make(request, found, filters, choice.cleaned_data["format"] or "csv")
    except exports.NotAllowed:
        raise Http404 from None


def _make(
    request: HttpRequest, found: exports.Export, filters: dict, file_format: str
) -> HttpResponse:
    # What the export asks for, and nothing else: the log must hold it on every database.
    raw = {name: request.GET[name] for name in found.form.base_fields if name in request.GET}
    count = found.rows(request.user, filters).count()
    if count > exports.MAX_INLINE:
        row = ExportFile.objects.create(
            export=found.code, format=file_format, filters=raw, user=request.user
        )
        exports.make_file.enqueue(row.pk)
        return redirect("cms_exports")
    exports.record(found, request.user, raw, count, file_format)
    name = f"{found.code}-{timezone.localdate():%Y-%m-%d}.{file_format}"
    if file_format == "xlsx":
        content, _count = exports.xlsx_bytes(found, request.user, filters)
        response = HttpResponse(
            content,
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    else:
        lines = exports.csv_lines(found, request.user, filters)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@never_cache
@require_safe
def export_file(request: HttpRequest, file_uuid) -> HttpResponse:
    """A long export, to the person who asked for it and nobody else."""
    row = get_object_or_404(
        ExportFile, uuid=file_uuid, user=request.user, state=ExportFile.State.READY
    )
    path = exports.folder() / row.path
    if not path.exists():
        raise Http404
    name = f"{row.export}-{timezone.localtime(row.created_at):%Y-%m-%d}.{row.format}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)
