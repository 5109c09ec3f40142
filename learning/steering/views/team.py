"""The manager's team: who learnt what, what comes, what awaits approval."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.listings import FilterForm
from cms.meta import PageMeta

from ...overview.tabs import team_tabs
from ...overview.team import paths_of
from ...rules import steers
from ...views import pro_trail
from .. import team as queries
from ..forms import TeamFilters
from ..rows import lines


@login_required
@never_cache
@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """The matrix of people and modules; parameters: those of `TeamFilters`."""
    if steers(request.user):
        return redirect("learning:network")
    _managers_only(request)
    form = TeamFilters(request.GET, maisons=queries.maisons_of_team(request.user))
    found = queries.team(request.user, form)
    context = {
        "page_meta": PageMeta(title=_("My team"), breadcrumbs=pro_trail(), cache="private"),
        "tabs": team_tabs(request),
        "team": found,
        "new_from": queries.new_from(),
    }
    return render(request, "learning/steering/team.html", context)


def _managers_only(request: HttpRequest) -> None:
    if not queries.has_a_team(request.user):
        raise PermissionDenied


@login_required
@never_cache
@require_safe
def person(request: HttpRequest, uuid: Any) -> HttpResponse:
    """One member of the team: modules, dates, results. Nobody once the membership has ended."""
    _managers_only(request)
    found = get_object_or_404(queries.people(request.user), uuid=uuid)
    form = FilterForm(request.GET)
    rows = lines(queries.learnt(request.user, [found.pk])).prefetch_related("session__dates")
    paginator = Paginator(rows.order_by("-session__first_starts_at", "-pk"), 20)
    page = paginator.get_page(form.value("page"))
    meta = PageMeta(
        title=str(found),
        breadcrumbs=[*pro_trail(), (_("My team"), reverse("learning:team"))],
        cache="private",
    )
    held = queries.memberships(request.user).filter(user=found).select_related("maison")
    context = {
        "page_meta": meta,
        "person": found,
        "held": held,
        "page": page,
        "form": form,
        "paths": paths_of(request.user, found),
    }
    return render(request, "learning/steering/person.html", context)
