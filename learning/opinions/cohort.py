"""The tab "Opinions" of a cohort: what everybody thinks of the units of its path, from five answers on."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..following import tabs
from ..following.frame import cohort_to_follow, framed
from ..paths import structure
from .results import FEWEST, results

tabs.register(tabs.Tab("opinions", "learning:cohort-opinions", gettext_lazy("Opinions"), 50))


@login_required
@never_cache
@require_safe
def cohort_opinions(request: HttpRequest, uuid: Any) -> HttpResponse:
    cohort = cohort_to_follow(request, uuid)
    version = cohort.path.version
    units = list(structure.read(version).units()) if version else []
    found = results(unit.uuid for unit in units)
    said = [(unit.title, result) for unit in units if (result := found.get(unit.uuid))]
    context = framed(
        request,
        cohort,
        "opinions",
        title=_("Opinions"),
        lines=sorted(said, key=lambda line: line[1].percent),
        silent=[unit.title for unit in units if unit.uuid not in found],
        fewest=FEWEST,
    )
    return render(request, "learning/opinions/cohort.html", context)
