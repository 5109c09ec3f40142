"""The national team: what the network has learnt, each figure with its list."""

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.charts import Chart, Month, months
from cms.listings import page_of
from cms.meta import PageMeta
from cms.numbers import figure

from ...overview.tabs import network_tabs
from ...views import pro_trail
from .. import figures as counting
from ..columns import COLUMNS
from ..forms import AXES, NetworkFilters
from ..network import LISTS, ListKind
from ..network_exports import code_of
from .parts import agents_map, breakdown, list_context

FIRST = ("agents", "sessions", "inscriptions", "nouveaux")
SECOND = ("suivies", "absences", "annulations", "attente")
PER_PAGE = 50


@login_required
@permission_required("learning.steer", raise_exception=True)
@never_cache
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Figures, months, a breakdown and the map; parameters: those of `NetworkFilters`."""
    form = NetworkFilters(request.GET)
    form.is_valid()
    found = counting.figures(form.cleaned_data)
    axis = form.value("par") or "module"
    context = {
        "page_meta": PageMeta(
            title=_("Training of the network"), breadcrumbs=pro_trail(), cache="private"
        ),
        "tabs": network_tabs(request),
        "form": form,
        "first": [_shown(LISTS[slug], found, form) for slug in FIRST],
        "second": [_shown(LISTS[slug], found, form) for slug in SECOND],
        "start": timezone.localtime(found.start).date(),
        "end": form.value("au"),
        "chart": _months(found, form),
        "table": _table(found, form, axis),
        "axes": [
            {"code": code, "label": label, "url": f"?{form.address(par=code)}#detail"}
            for code, label in AXES
        ],
        "axis": axis,
        "map": agents_map(
            _("Agents trained, by department of their Maison"),
            counting.trained_by_department(found),
            form,
        ),
    }
    return render(request, "learning/steering/network.html", context)


def _shown(kind: ListKind, found: counting.Figures, form: NetworkFilters) -> dict[str, Any]:
    note = ""
    if kind.slug == "absences" and found.absence_rate is not None:
        note = _("%(rate)s of the %(n)s registrations whose attendance is known.") % {
            "rate": figure(found.absence_rate, unit="%"),
            "n": figure(found.results),
        }
    return {
        "value": figure(found.counts[kind.slug]),
        "label": kind.label,
        "definition": kind.definition,
        "note": note,
        "url": form.list_url(kind.slug),
    }


def _months(found: counting.Figures, form: NetworkFilters) -> Chart:
    points = [
        Month(item.month, item.attended, form.list_url("suivies", **item.chosen))
        for item in counting.by_month(found)
    ]
    title = _("Trainings attended, month by month")
    return months("mois", title, points, measure=_("Trainings attended"))


def _table(found: counting.Figures, form: NetworkFilters, axis: str) -> dict[str, Any]:
    lines = counting.broken_down(found, form.cleaned_data, axis)
    heading = dict(AXES)[axis]
    return breakdown(form, lines, counting.COLUMNS, heading=heading, lists=LISTS)


@login_required
@permission_required("learning.steer", raise_exception=True)
@never_cache
@require_safe
def network_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The list behind one figure, and its files."""
    kind = LISTS.get(slug)
    if kind is None:
        raise Http404
    form = NetworkFilters(request.GET)
    form.is_valid()
    page = page_of(form, kind.show(kind.rows(form.cleaned_data)), PER_PAGE)
    context = list_context(
        kind,
        form,
        page,
        columns=COLUMNS[kind.of],
        code=code_of(kind),
        above=(_("Training of the network"), reverse("learning:network")),
        lists=LISTS,
    )
    return render(request, "learning/steering/network_list.html", context)
