"""The editing guide, read in the admin from the same file as in the project."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from . import markdown

DOCS = Path(settings.BASE_DIR) / "docs"
TEXT = DOCS / "guide-editeur.md"
PICTURES = DOCS / "images" / "guide"


def address(url: str) -> str:
    """Where a picture or a link of the guide is, for whoever reads it in the admin."""
    if url.startswith("images/guide/"):
        return reverse("cms_guide_picture", args=[url.removeprefix("images/guide/")])
    return url


@lru_cache(maxsize=1)
def _rendered(changed: float) -> markdown.Guide:
    return markdown.render(TEXT.read_text(encoding="utf-8"), address)


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Open to whoever is in the admin."""
    return render(request, "cms/admin/guide.html", {"guide": _rendered(TEXT.stat().st_mtime)})


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    path = PICTURES / name
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"))
    response["Cache-Control"] = "private, max-age=86400"
    return response
