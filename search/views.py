"""The search page."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.meta import PageMeta

from . import queries
from .forms import SearchForm


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The results for `q`, all kinds or one; a wrong parameter is said, never fails."""
    form = SearchForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    query, kind = asked.get("q", ""), asked.get("kind", "")
    found = queries.search(query, request.user, kind, asked.get("page") or 1, request)
    context = {
        "page_meta": PageMeta(title=_("Search"), robots="noindex", cache="private"),
        "form": form,
        "query": query,
        "results": found.results,
        "total": found.total,
        "kinds": _tabs(query, kind, found) if len(found.kinds) > 1 else [],
        "page_query": urlencode({"q": query, "kind": kind} if kind else {"q": query}),
    }
    return render(request, "search/results.html", context)


def _tabs(query: str, kind: str, found: queries.Found) -> list[dict[str, object]]:
    """ "All" and each kind, with their numbers."""
    tabs = [("", _("All"), found.total), *found.kinds]
    return [
        {
            "label": f"{label} ({count})",
            "url": "?" + urlencode({"q": query, "kind": code} if code else {"q": query}),
            "current": code == kind,
        }
        for code, label, count in tabs
    ]
