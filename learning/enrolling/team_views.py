"""Enrolling one's team: people and paths chosen from lists, or people from a file; the terms of one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cms.listings import narrow
from cms.meta import PageMeta

from ..models import Enrolment
from ..paths.structure import read
from ..running import team
from ..running.team_views import TEAM_A_PAGE, chosen_in
from ..views import pro_trail
from . import file_views, queries, services
from . import terms as member_terms
from .forms import TeamFilters, TeamForm


def _others_only(request: HttpRequest) -> None:
    if not request.user.has_perm("learning.register_others"):
        raise PermissionDenied


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_team(request: HttpRequest) -> HttpResponse:
    """Enrol several of one's team in several paths; what became of each is said.

    `personne` and `parcours` (uuids) tick beforehand.
    """
    _others_only(request)
    offered = queries.offered()
    form = TeamForm(request.POST if request.method == "POST" else None)
    results: list[Any] = []
    if request.method == "POST" and form.is_valid():
        results = _enrol(request, form, offered)
    filters = TeamFilters(request.GET)
    rows = team.members(request.user, filters.value("q") or "")
    listing = narrow(rows, filters, per_page=TEAM_A_PAGE)
    shown = [member.user_id for member in listing.page.object_list]
    trail = [*pro_trail(), (_("My team"), reverse("learning:team"))]
    title = _("Enrol my team in a path")
    context = {
        "page_meta": PageMeta(title=title, breadcrumbs=trail, cache="private"),
        "form": form,
        "offered": offered,
        "listing": listing,
        "results": results,
        "held": _paths_held(shown, offered),
        "ticked": set(chosen_in(request, "personne")),
        "paths_ticked": set(chosen_in(request, "parcours")),
    }
    status = 422 if form.errors else 200
    return render(request, "learning/enrolling/enrol_team.html", context, status=status)


def _enrol(request: HttpRequest, form: TeamForm, offered: list[queries.Offered]) -> list[Any]:
    """[(title, outcomes)], or an error on the form when nobody or no path is left."""
    data = form.cleaned_data
    members = team.members(request.user).filter(uuid__in=data["chosen"])
    people = list({member.user_id: member.user for member in members}.values())
    wanted = [each for each in offered if each.uuid in set(data["paths"])]
    if not people:
        form.add_error("chosen", _("These people are not, or no longer, of your team."))
    if not wanted:
        form.add_error("paths", _("This path is no longer offered."))
    if form.errors:
        return []
    people = people[: services.MOST_AT_ONCE]
    paths = [each.path for each in wanted]
    done = services.enrol_in_paths(paths, people, by=request.user, due_on=data["due_on"])
    titles = {each.path.pk: each.title for each in wanted}
    return [(titles[path.pk], outcomes) for path, outcomes in done]


def _paths_held(people: list[int], offered: list[queries.Offered]) -> dict[int, list[str]]:
    """{person: titles of the paths that they follow or completed}: one query."""
    titles = {each.path.pk: each.title for each in offered}
    rows = Enrolment.objects.filter(user__in=people, path__in=titles).in_force()
    held: dict[int, list[str]] = {}
    for user, path in rows.order_by("pk").values_list("user_id", "path_id"):
        held.setdefault(user, []).append(titles[path])
    return held


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_file(request: HttpRequest) -> HttpResponse:
    """Read a file of one's team, or of the network for the national team."""
    _others_only(request)
    return file_views.upload(request)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol_batch(request: HttpRequest, batch: Any) -> HttpResponse:
    """What was found of each line; then all are enrolled, or those that can be."""
    _others_only(request)
    return file_views.report(request, batch)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest, uuid: Any) -> HttpResponse:
    """The terms of one member of the team on a path: a manager's, while the membership lasts."""
    _others_only(request)
    row = queries.of_team(request.user, uuid)
    if row is None:
        raise Http404
    form, done = member_terms.granted(request, row)
    if done:
        return redirect("learning:team-terms", row.uuid)
    trail = [*pro_trail(), (_("My team, online"), reverse("learning:team-paths"))]
    context = {
        "page_meta": PageMeta(title=str(row.user), breadcrumbs=trail, cache="private"),
        "path_title": read(row.version).title,
        "form": form,
        **member_terms.shown(row),
    }
    status = 422 if form and form.errors else 200
    return render(request, "learning/enrolling/team_terms.html", context, status=status)
