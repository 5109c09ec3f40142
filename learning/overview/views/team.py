"""The manager's team online: what is due, what is done, who is on no path."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.meta import PageMeta
from cms.numbers import figure

from ...rules import steers
from ...steering.team import has_a_team, maisons_of_team
from ...views import pro_trail
from .. import team as queries
from ..forms import STANDING, TeamPathsFilters
from ..tabs import team_tabs


@login_required
@never_cache
@require_safe
def team(request: HttpRequest) -> HttpResponse:
    """People with their paths; parameters: those of `TeamPathsFilters`."""
    if steers(request.user):
        return redirect("learning:network-paths")
    if not has_a_team(request.user):
        raise PermissionDenied
    form = TeamPathsFilters(request.GET, maisons=maisons_of_team(request.user))
    found = queries.team(request.user, form)
    labels = dict(STANDING)
    context = {
        "page_meta": PageMeta(title=_("My team, online"), breadcrumbs=pro_trail(), cache="private"),
        "tabs": team_tabs(request),
        "enrol_url": reverse("learning:enrol-team"),
        "team": found,
        "figures": [
            {
                "label": labels[code],
                "value": figure(number),
                "url": f"?{form.address(etat=code)}#equipe" if number else "",
                "current": form.value("etat") == code,
            }
            for code, number in found.figures.items()
        ],
        "today": timezone.localdate(),
    }
    return render(request, "learning/overview/team.html", context)
