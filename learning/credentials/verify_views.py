"""The public pages on which anybody verifies a document that they hold.

A file that is sent is read in memory, compared and forgotten.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cms.meta import PageMeta
from cms.ratelimit import allowed

from . import verification
from .forms import CodeForm, FileForm

A_MINUTE = 20
READ = ["GET", "HEAD", "POST"]


@csrf_exempt  # It changes nothing.
@never_cache
@require_http_methods(READ)
def ask(request: HttpRequest) -> HttpResponse:
    """Where one types the code, or sends the file. Parameter: code."""
    if request.method == "POST":
        return _compare(request)
    form = CodeForm(request.GET or None)
    if form.is_valid():
        return redirect("learning:verify", form.cleaned_data["code"])
    return _page(request, {"form": form, "file_form": FileForm()})


def _compare(request: HttpRequest) -> HttpResponse:
    if not _may_ask(request):
        return render(request, "429.html", status=429)
    file_form = FileForm(request.POST, request.FILES)
    context: dict[str, Any] = {"form": CodeForm(), "file_form": file_form}
    if file_form.is_valid():
        found = verification.find_file(file_form.cleaned_data["fichier"].read())
        context |= {"compared": True, "same": found is not None, "verdict": found}
    return _page(request, context)


@csrf_exempt  # It changes nothing.
@never_cache
@require_http_methods(READ)
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Whether a document is valid; POST compares a file with the one that was issued."""
    if not _may_ask(request):
        return render(request, "429.html", status=429)
    found = verification.find(code)
    if found is None:
        shown = code[:40]
        context = {
            "form": CodeForm(initial={"code": shown}),
            "file_form": FileForm(),
            "unknown": shown,
            "is_number": verification.is_number_of_path(shown),
        }
        return _page(request, context, status=404)
    posted = request.method == "POST"
    file_form = FileForm(request.POST, request.FILES) if posted else FileForm()
    context = {"form": CodeForm(), "file_form": file_form, "verdict": found}
    if posted and file_form.is_valid():
        sent = verification.find_file(file_form.cleaned_data["fichier"].read())
        context |= {"compared": True, "same": sent is not None and sent.row == found.row}
    return _page(request, context)


@require_safe
def former(request: HttpRequest, number: str = "") -> HttpResponse:
    """The addresses printed on the first certificates lead here for ever."""
    if number:
        return redirect("learning:verify", number, permanent=True)
    return redirect("learning:verify-ask", permanent=True)


def _may_ask(request: HttpRequest) -> bool:
    return allowed(request, "learning.certificates", A_MINUTE)


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    meta = PageMeta(
        title=_("Verify an attestation"),
        breadcrumbs=[(_("Home"), reverse("wagtail_serve", args=[""]))],
        robots="noindex",
        cache="private",
    )
    return render(
        request, "learning/credentials/verify.html", {"page_meta": meta, **context}, status=status
    )
