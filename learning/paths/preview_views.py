"""A path and its units as a learner would see them. Nothing is written, whatever is asked."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.meta import PageMeta

from ..models import Enrolment, LearningPath, LearningPathPage
from . import drafts
from .forms import minutes_asked
from .preview import previewing
from .views import trail, unit_context


def _page(request: HttpRequest, uuid: Any) -> tuple[LearningPathPage, bool]:
    """(the page, whether its drafts are shown): those who may edit it see what it will be."""
    if not request.user.has_perm("learning.preview_path"):
        raise PermissionDenied
    page = drafts.page_for(uuid)
    if page is None:
        raise Http404
    edits = page.permissions_for_user(request.user).can_edit()
    if not edits and not page.live:
        raise Http404
    return page, edits


def leads(page: LearningPathPage, edits: bool, request: HttpRequest) -> dict[str, str]:
    """Where the banner of the preview leads back to."""
    return {
        "public_url": (page.get_url(request) or "") if page.live else "",
        "outline_url": reverse("learning_path_outline", args=[page.pk]) if edits else "",
    }


@login_required
@never_cache
@require_safe
def path(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The whole path, as somebody who has just enrolled would see it."""
    page, edits = _page(request, uuid)
    with previewing():
        view = drafts.view(page, edits)
        if view is None:
            raise Http404
        shown = LearningPath(uuid=page.translation_key)
        form, minutes = minutes_asked(request.GET)
        context = {
            "page_meta": PageMeta(title=view.title, breadcrumbs=trail(), cache="private"),
            "path": shown,
            "view": view,
            "enrolment": Enrolment(path=shown, user=request.user, due=len(view.outline.required())),
            "form": form,
            "minutes": minutes,
            "within": view.within(minutes)[:3] if minutes else [],
            "preview": True,
            "leads": leads(page, edits, request),
        }
        return render(request, "learning/paths/path.html", context)


@login_required
@never_cache
@require_safe
def unit(request: HttpRequest, uuid: Any, unit: Any) -> HttpResponse:
    """One unit, its forms inert."""
    page, edits = _page(request, uuid)
    with previewing():
        view = drafts.view(page, edits)
        place = view.find(str(unit)) if view else None
        shown = drafts.unit_page(str(unit), edits)
        if view is None or place is None or place.kind is None or shown is None:
            raise Http404
        path = LearningPath(uuid=page.translation_key)
        context = unit_context(request, path, view, place, shown, preview=True)
        context["leads"] = leads(page, edits, request)
        return render(request, "learning/paths/unit.html", context)
