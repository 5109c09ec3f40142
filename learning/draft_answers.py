"""How a view answers to a text that saves itself: JSON to the page, a page to whoever has no JavaScript."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.meta import PageMeta

from .models.drafts import KeptText


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def saved(row: KeptText) -> JsonResponse:
    at = timezone.localtime(row.saved_at or timezone.now())
    state = _("Saved at %(hour)s.") % {"hour": f"{at:%H:%M}"}
    return JsonResponse({"revision": row.revision, "state": state})


def stale(request: HttpRequest, mine: str, held: KeptText, **page: Any) -> HttpResponse:
    """Another tab wrote meanwhile: both texts, and nothing lost. `page`: that of `both`."""
    if wants_json(request):
        return JsonResponse({"text": held.text, "revision": held.revision}, status=409)
    why = _("This text was changed in another tab or on another computer meanwhile.")
    return both(request, mine, why, held=held, **page)


def both(
    request: HttpRequest,
    mine: str,
    why: str,
    *,
    action: str,
    back: str,
    held: KeptText | None = None,
) -> HttpResponse:
    """What was written and could not be kept, with what is held: the person chooses."""
    context = {
        "page_meta": PageMeta(title=_("Your text is not saved yet"), cache="private"),
        "mine": mine,
        "key": uuid.uuid4(),
        "held": held,
        "why": why,
        "action": action,
        "back": back,
    }
    return render(request, "learning/drafts/both.html", context, status=409)
