"""Views of the professional space."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.meta import PageMeta

from . import pro, queries


@login_required
@never_cache
@require_safe
def space(request: HttpRequest) -> HttpResponse:
    """What awaits this person, then the doors of the network."""
    meta = PageMeta(title=_("Professional space"), cache="private")
    context = {
        "page_meta": meta,
        "space": pro.space(request),
        "doors": pro.doors(request),
        "who": queries.who_is(request.user),
    }
    return render(request, "pro/space.html", context)


@login_required
@never_cache
@require_safe
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """All that this person may open behind one door; a door without anything does not exist."""
    found = next((door for door in pro.doors(request) if door.kind.slug == slug), None)
    if found is None:
        raise Http404
    trail = [(_("Professional space"), reverse("pro:home"))]
    meta = PageMeta(title=str(found.kind.label), breadcrumbs=trail, cache="private")
    return render(request, "pro/door.html", {"page_meta": meta, "door": found})
