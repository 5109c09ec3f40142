"""`/api/v1/recherche/suggestions`: what is shown under the search field while one types."""

import hashlib
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from cms import api, ratelimit
from cms.pagecache import content_version

from . import queries
from .backends import backend
from .forms import SuggestForm

LIMIT = 6
SECONDS = 300
A_MINUTE = 120


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """{"query", "suggestions": [{"type", "text", "url", "kind"}]} of what this person may see."""
    if not ratelimit.allowed(request, "suggest", A_MINUTE):
        return api.too_many_requests()
    form = SuggestForm(request.GET)
    if not form.is_valid():
        return api.invalid(form)
    query = form.cleaned_data["q"]
    with translation.override(form.cleaned_data["lang"] or "fr"):
        rows = _kept(query, request)
    response = JsonResponse({"query": query, "suggestions": rows})
    # The browser may keep it; nobody between may, since it depends on who asks.
    response["Cache-Control"] = "private, max-age=60"
    return response


def _kept(query: str, request: HttpRequest) -> list[dict[str, Any]]:
    """For visitors, kept as long as neither the content nor the index changes."""
    if request.user.is_authenticated:
        return queries.suggest(query, request.user, LIMIT, request)
    parts = (translation.get_language(), content_version(), backend().version(), query.lower())
    key = "suggest:" + hashlib.sha256(repr(parts).encode()).hexdigest()
    held = cache.get(key)
    if held is None:
        held = queries.suggest(query, request.user, LIMIT, request)
        cache.set(key, held, SECONDS)
    return held
