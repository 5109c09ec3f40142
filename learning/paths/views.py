"""Following a path: its page for the learner, its units, what they report."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.meta import PageMeta

from ..models import Enrolment, LearningPath, Unit
from . import addresses, extras, reading, record, services
from .forms import ReportForm, minutes_asked, read_report
from .shown import PathView, UnitView
from .unit_types import find


def trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Professional space"), reverse("pro:home")),
        (_("My training"), reverse("learning:mine")),
        *more,
    ]


def _path(uuid: Any) -> LearningPath:
    rows = LearningPath.objects.select_related("version").exclude(version=None)
    return get_object_or_404(rows, uuid=uuid)


def _own(request: HttpRequest, path: LearningPath) -> Enrolment:
    """The reader's enrolment in this path; without one the path's page is not theirs."""
    found = reading.enrolment_of(path, request.user)
    if found is None:
        raise Http404
    return found


@login_required
@never_cache
@require_POST
def enrol(request: HttpRequest, uuid: Any) -> HttpResponse:
    """Enrol oneself, and go to the path."""
    if not request.user.has_perm("learning.follow_path"):
        raise PermissionDenied
    path = _path(uuid)
    try:
        services.enrol(path, request.user, by=request.user)
    except services.CannotEnrol as error:
        messages.error(request, " ".join(error.messages))
        page = services.page_of(path)
        return redirect(page.get_url(request) if page else reverse("learning:mine"))
    return redirect(path)


@login_required
@never_cache
@require_safe
def path(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The path as its learner sees it: where to go on, what is done, what is left."""
    enrolment = reading.enrolment_in(uuid, request.user)
    if enrolment is None:
        page = services.page_of(_path(uuid))
        if page is None:
            raise Http404
        return redirect(page.get_url(request) or "/")
    found = enrolment.path
    view = reading.path_view(found, enrolment)
    if view is None:
        raise Http404
    form, minutes = minutes_asked(request.GET)
    meta = PageMeta(title=view.title, breadcrumbs=trail(), cache="private")
    context = {
        "page_meta": meta,
        "path": found,
        "view": view,
        "enrolment": enrolment,
        "form": form,
        "minutes": minutes,
        "within": view.within(minutes)[:3] if minutes else [],
        "parts": extras.parts_of_path(enrolment, view),
        "public_page": services.page_of(found),
    }
    return render(request, "learning/paths/path.html", context)


@login_required
@never_cache
@require_safe
def unit(request: HttpRequest, uuid: Any, unit: Any) -> HttpResponse:
    """One unit of one's path. Editors and trainers who do not follow it see its preview."""
    enrolment = reading.enrolment_in(uuid, request.user)
    found = enrolment.path if enrolment else _path(uuid)
    if enrolment is None and request.user.has_perm("learning.preview_path"):
        from . import preview_views

        return preview_views.unit(request, uuid, unit)
    if enrolment is None:
        page = services.page_of(found)
        return redirect((page.get_url(request) if page else None) or reverse("learning:mine"))
    view = reading.path_view(found, enrolment, places=True)
    place = view.find(str(unit)) if view else None
    if view is None or place is None or place.kind is None:
        raise Http404
    page = reading.unit_page(place.uuid)
    if place.archived or page is None:
        meta = PageMeta(title=place.title, breadcrumbs=_unit_trail(found, view), cache="private")
        context = {"page_meta": meta, "path": found, "view": view, "unit": place}
        return render(request, "learning/paths/unit_gone.html", context)
    return render(
        request,
        "learning/paths/unit.html",
        unit_context(request, found, view, place, page),
    )


def _unit_trail(path: LearningPath, view: PathView) -> list[tuple[str, str]]:
    return trail((view.title, addresses.of_path(path.uuid)))


def unit_context(
    request: HttpRequest,
    path: LearningPath,
    view: PathView,
    place: UnitView,
    page: Any,
    *,
    preview: bool = False,
) -> dict[str, Any]:
    """What the page of a unit shows; in a preview everything is open."""
    kind = place.kind or find(page.kind)
    before, after = view.around(place.uuid)
    closed = not place.is_open and not preview
    page.enrolment = view.enrolment
    parts = extras.parts_for(request, place, view.enrolment) if not closed else []
    return {
        "page_meta": PageMeta(
            title=page.title, breadcrumbs=_unit_trail(path, view), cache="private"
        ),
        "path": path,
        "view": view,
        "unit": place,
        "page": page,
        "value": page.content[0].value if page.content and not closed else None,
        "template": kind.template if kind else "",
        "more": kind.context(page, request) if kind and not closed else {},
        "parts": parts,
        "sheets": extras.assets(kind, parts, "styles"),
        "scripts": extras.assets(kind, parts, "scripts"),
        "preview": preview,
        "before": before,
        "after": after,
        "event": uuids.uuid4(),
        "rank": [each.uuid for each in view.units()].index(place.uuid) + 1,
    }


def _recorded(request: HttpRequest, uuid: Any, unit: Any) -> tuple[Enrolment, Unit]:
    found = _path(uuid)
    return _own(request, found), get_object_or_404(Unit, path=found, uuid=unit)


@login_required
@never_cache
@require_POST
def mark(request: HttpRequest, uuid: Any, unit: Any) -> HttpResponse:
    """ "I have done it", and on to the next unit. The form bears an identifier: a double click is one."""
    enrolment, row = _recorded(request, uuid, unit)
    view = reading.path_view(enrolment.path, enrolment)
    place = view.find(str(row.uuid)) if view else None
    if place is None or not place.is_open:
        messages.error(request, _("This unit is not open yet."))
        return redirect(enrolment.path)
    form = ReportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The page was out of date: say it again."))
        return redirect("learning:unit", uuid, unit)
    try:
        said = record.Report(marked=True)
        kept = record.record(enrolment, row, form.cleaned_data["event"], said)
    except record.CannotRecord as error:
        messages.error(request, " ".join(error.messages))
        return redirect("learning:unit", uuid, unit)
    if kept.progress.completed_at is None:
        messages.info(request, _("Kept. This unit counts as done when its condition is met."))
        return redirect("learning:unit", uuid, unit)
    if kept.enrolment.completed_at and not kept.again and kept.enrolment.state == "completed":
        view = reading.path_view(enrolment.path, kept.enrolment)
    _before, after = view.around(str(row.uuid)) if view else (None, None)
    if after is None or kept.enrolment.percent == 100:
        return redirect(enrolment.path)
    messages.success(request, _("“%(title)s” is done.") % {"title": place.title})
    return redirect("learning:unit", uuid, after.uuid)


@login_required
@never_cache
@require_POST
def report(request: HttpRequest, uuid: Any, unit: Any) -> HttpResponse:
    """What the page of a unit reports while one works: JSON in, JSON out, nothing lowered."""
    enrolment, row = _recorded(request, uuid, unit)
    now = timezone.now()
    said, refusal = read_report(request, now)
    if said is None:
        return refusal
    try:
        kept = record.record(enrolment, row, said.event, said.report, now=now)
    except ValidationError as error:
        return JsonResponse({"error": error.messages}, status=409)
    progress = kept.progress
    return JsonResponse(
        {
            "done": progress.completed_at is not None,
            "percent": kept.enrolment.percent,
            "played": progress.played,
        }
    )


@login_required
@never_cache
@require_POST
def act(request: HttpRequest, uuid: Any, act: str) -> HttpResponse:
    """Leave, start again, or take the version in force."""
    path = _path(uuid)
    enrolment = _own(request, path)
    if act == "version":
        services.take_version(enrolment)
        messages.success(request, _("You follow the version in force; what you did stays done."))
    elif act == "quitter":
        services.leave(enrolment)
        messages.success(request, _("You left the path. Come back: everything will be as it was."))
        return redirect("learning:mine")
    elif act == "recommencer":
        services.start_again(enrolment, by=request.user)
    else:
        raise Http404
    return redirect(path)
