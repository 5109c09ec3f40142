"""The public page on which anybody verifies a certificate that they hold.

It says what the number already gives on paper, without any name, and compares a file with the one
that was issued. The file is read and forgotten.
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

from ..models import Certificate
from .documents import read
from .forms import FileForm, NumberForm

A_MINUTE = 20


@never_cache
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Where one types the number. Parameter: numero."""
    form = NumberForm(request.GET or None)
    if form.is_valid():
        return redirect("learning:check-certificate", form.cleaned_data["numero"])
    return _page(request, {"form": form})


@csrf_exempt  # It changes nothing.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Whether a certificate is valid; POST compares a file with the one that was issued."""
    if not allowed(request, "learning.certificates", A_MINUTE):
        return render(request, "429.html", status=429)
    found = _find(number)
    if found is None:
        form = NumberForm(initial={"numero": number[:40]})
        return _page(request, {"form": form, "unknown": number[:40]}, status=404)
    posted = request.method == "POST"
    file_form = FileForm(request.POST, request.FILES) if posted else FileForm()
    compared = posted and file_form.is_valid()
    context = {
        "form": NumberForm(),
        "certificate": found,
        "says": read(found.facts),
        "replaced": getattr(found, "replaced_by", None) is not None,
        "file_form": file_form,
        "compared": compared,
        "same": compared and found.is_unaltered(file_form.cleaned_data["fichier"].read()),
    }
    return _page(request, context)


def _find(number: str) -> Certificate | None:
    return (
        Certificate.objects.filter(number=number.upper()[:32]).select_related("replaced_by").first()
    )


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    meta = PageMeta(
        title=_("Verify a certificate"),
        breadcrumbs=[(_("Home"), reverse("wagtail_serve", args=[""]))],
        robots="noindex",
        cache="private",
    )
    return render(
        request, "learning/closing/check.html", {"page_meta": meta, **context}, status=status
    )
