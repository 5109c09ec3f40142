"""The search page."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.meta import PageMeta

from . import empty, queries
from .forms import SearchForm


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """The results for `q`, all kinds or one; a wrong parameter is said, never fails."""
    form = SearchForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    query, kind = asked.get("q", ""), asked.get("kind", "")
    found = queries.search(query, request.user, kind, asked.get("page") or 1, request)
    if query and not found.total and request.method == "GET":
        empty.record(query, queries.reader_language())
    context = {
        "page_meta": PageMeta(
            title=_("Search: %(query)s") % {"query": query} if query else _("Search"),
            robots="noindex",
            cache="private",
        ),
        "form": form,
        "query": query,
        "found": found,
        "results": found.page,
        "corrected_url": "?" + urlencode({"q": found.corrected}),
        "kinds": _tabs(query, kind, found) if len(found.kinds) > 1 or kind else [],
        "page_query": urlencode({"q": query, "kind": kind} if kind else {"q": query}),
    }
    return render(request, "search/results.html", context)


def _tabs(query: str, kind: str, found: queries.Results) -> list[dict[str, object]]:
    """ "All" and each kind, with their numbers; a kind without result is there when it is asked."""
    tabs = [("", _("All"), found.total), *found.kinds]
    if kind and kind not in {code for code, _label, _count in tabs}:
        tabs.append((kind, queries.kind_labels(kind)[1], 0))
    return [
        {
            "label": label,
            "count": count,
            "url": "?" + urlencode({"q": query, "kind": code} if code else {"q": query}),
            "current": code == kind,
        }
        for code, label, count in tabs
    ]
