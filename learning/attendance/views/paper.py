"""The attendance sheet as PDF: filled, or blank to print and sign by hand."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms import pdf

from ...running.frame import session_to_run
from .. import paper


@login_required
@never_cache
@require_safe
def filled(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Who was there, how and when that was established, the countersignatures."""
    return _sheet(request, uuid, paper.filled, _("attendance-sheet"))


@login_required
@never_cache
@require_safe
def blank(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Names with boxes to sign in, and rows for those who come besides."""
    return _sheet(request, uuid, paper.blank, _("attendance-sheet-blank"))


def _sheet(request: HttpRequest, uuid: Any, make: Any, name: str) -> HttpResponse:
    session = session_to_run(request, uuid)
    try:
        content = make(session)
    except pdf.PdfUnavailable:
        return pdf.unavailable(request)
    start = session.first_starts_at
    day = f"-{start.astimezone(session.zone):%Y-%m-%d}" if start else ""
    return pdf.respond(content, f"{name}-{slugify(str(session))[:60]}{day}.pdf")
