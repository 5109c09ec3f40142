"""The national team: what the network learns online, each figure with its list."""

import datetime as dt
from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.charts import Bar, Chart, Month, bars
from cms.charts import months as months_chart
from cms.listings import page_of
from cms.meta import PageMeta
from cms.numbers import figure

from ...steering.figures import Line
from ...steering.newcomers import new_since
from ...steering.views.parts import agents_map, breakdown, list_context
from ...views import pro_trail
from .. import figures as counting
from ..columns import COLUMNS
from ..exports import code_of
from ..forms import AXES, PathsFilters
from ..network import LISTS, ListKind
from ..tabs import network_tabs

FIRST = ("agents", "termines", "inscriptions", "retard")
SECOND = ("a-commencer", "en-cours", "quittes")
PER_PAGE = 50


@login_required
@permission_required("learning.steer", raise_exception=True)
@never_cache
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Figures, new agents, months, a breakdown and the map; parameters: those of `PathsFilters`."""
    form = PathsFilters(request.GET)
    form.is_valid()
    found = counting.figures(form.cleaned_data)
    axis = form.value("par") or "parcours"
    months = counting.months(found, form.cleaned_data)
    context = {
        "page_meta": PageMeta(
            title=_("Online learning of the network"), breadcrumbs=pro_trail(), cache="private"
        ),
        "tabs": network_tabs(request),
        "form": form,
        "first": [_shown(LISTS[slug], found, form) for slug in FIRST],
        "second": [*(_shown(LISTS[slug], found, form) for slug in SECOND), _time(found, form)],
        "new": _new(found, form),
        "new_since": timezone.localtime(new_since(form.value("mois"))).date(),
        "start": timezone.localtime(found.start).date(),
        "end": form.value("au"),
        "at": found.at,
        "charts": [
            _months("inscrits-mois", _("Enrolments, month by month"), "inscriptions", months, form),
            _months(
                "termines-mois", _("Paths completed, month by month"), "termines", months, form
            ),
        ],
        "table": _table(found, form, axis, months),
        "axes": [
            {"code": code, "label": label, "url": f"?{form.address(par=code)}#detail"}
            for code, label in AXES
        ],
        "axis": axis,
        "map": agents_map(
            _("Agents who completed a path, by department of their Maison"),
            counting.by_department(form.cleaned_data),
            form,
        ),
    }
    return render(request, "learning/overview/network.html", context)


def _shown(kind: ListKind, found: counting.Figures, form: PathsFilters) -> dict[str, Any]:
    return {
        "value": figure(found.counts[kind.slug]),
        "label": kind.label,
        "definition": kind.definition,
        "note": "",
        "url": form.list_url(kind.slug),
    }


def _time(found: counting.Figures, form: PathsFilters) -> dict[str, Any]:
    return {
        "value": figure(found.seconds / 3600, unit="h"),
        "label": _("of learning"),
        "definition": _("Time at work on the paths whose enrolment was made in the period."),
        "note": "",
        "url": form.list_url("inscriptions"),
    }


def _new(found: counting.Figures, form: PathsFilters) -> Chart | None:
    """New agents: how many there are, are on a path, completed one."""
    total = found.counts["nouveaux"]
    if not total:
        return None
    rows = [
        Bar(LISTS[slug].title, found.counts[slug], form.list_url(slug)) for slug in counting.NEW
    ]
    return bars(
        "nouveaux",
        _("New agents and online paths"),
        rows,
        heading=_("New agents"),
        measure=_("Agents"),
        maximum=total,
    )


def _months(id: str, title: str, slug: str, lines: list[Line], form: PathsFilters) -> Chart:
    points = [
        Month(
            dt.date.fromisoformat(line.chosen["du"]),
            line.counts[slug],
            form.list_url(slug, **line.chosen),
        )
        for line in lines
    ]
    return months_chart(id, title, points, measure=LISTS[slug].title)


def _table(
    found: counting.Figures, form: PathsFilters, axis: str, months: list[Line]
) -> dict[str, Any]:
    lines = months if axis == "mois" else counting.broken_down(found, form.cleaned_data, axis)
    slugs = counting.BY_MONTH if axis == "mois" else counting.COLUMNS
    heading = dict(AXES)[axis]
    return breakdown(form, lines, slugs, heading=heading, lists=LISTS)


@login_required
@permission_required("learning.steer", raise_exception=True)
@never_cache
@require_safe
def network_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The list behind one figure, and its files."""
    kind = LISTS.get(slug)
    if kind is None:
        raise Http404
    form = PathsFilters(request.GET)
    form.is_valid()
    # Counted without what a line shows besides.
    total = kind.rows(form.cleaned_data).count()
    page = page_of(form, kind.show(kind.rows(form.cleaned_data)), PER_PAGE, total)
    context = list_context(
        kind,
        form,
        page,
        columns=COLUMNS[kind.of],
        code=code_of(kind),
        above=(_("Online learning of the network"), reverse("learning:network-paths")),
        lists=LISTS,
    )
    return render(request, "learning/steering/network_list.html", context)
