"""The national team: what the network has learnt, each figure with its list."""

from typing import Any

from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.charts import Chart, Month, months
from cms.listings import NO_PAGE
from cms.maps import DepartmentMap, build_map
from cms.meta import PageMeta
from cms.numbers import figure

from ...overview.tabs import network_tabs
from ...views import pro_trail
from .. import figures as counting
from ..columns import COLUMNS
from ..forms import AXES, NetworkFilters
from ..network import LISTS, ListKind
from ..network_exports import code_of

FIRST = ("agents", "sessions", "inscriptions", "nouveaux")
SECOND = ("suivies", "absences", "annulations", "attente")
PER_PAGE = 50
LINES = 60


def _list_url(slug: str, form: NetworkFilters, **chosen: Any) -> str:
    query = form.address(par="", **chosen)
    address = reverse("learning:network-list", args=[slug])
    return f"{address}?{query}" if query else address


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
        "map": _map(form),
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
        "url": _list_url(kind.slug, form),
    }


def _months(found: counting.Figures, form: NetworkFilters) -> Chart:
    points = [
        Month(item.month, item.attended, _list_url("suivies", form, **item.chosen))
        for item in counting.by_month(found)
    ]
    title = _("Trainings attended, month by month")
    return months("mois", title, points, measure=_("Trainings attended"))


def _table(found: counting.Figures, form: NetworkFilters, axis: str) -> dict[str, Any]:
    """A breakdown as `components/table.html` takes it, a page of it."""
    lines = counting.broken_down(found, form.cleaned_data, axis)
    paginator = Paginator(lines, LINES)
    number = form.value("page") or 1
    if number > paginator.num_pages:
        form.add_error("page", NO_PAGE)
        number = 1
    page = paginator.page(number)
    return {
        "page": page,
        "caption": _("By %(what)s") % {"what": str(dict(AXES)[axis]).lower()},
        "columns": [
            {"heading": dict(AXES)[axis]},
            *({"heading": LISTS[slug].title, "number": True} for slug in counting.COLUMNS),
        ],
        "rows": [
            [line.label, *(_number(line, slug, form) for slug in counting.COLUMNS)]
            for line in page.object_list
        ],
    }


def _number(line: counting.Line, slug: str, form: NetworkFilters) -> dict[str, Any]:
    count = line.counts[slug]
    if not count:
        return {"value": "0", "number": True}
    url = _list_url(slug, form, **line.chosen)
    said = f"{LISTS[slug].title}, {line.label}"
    html = '<a href="{}">{}<span class="visually-hidden"> {}</span></a>'
    return {"value": format_html(html, url, figure(count), said), "number": True}


def _map(form: NetworkFilters) -> DepartmentMap:
    counts = counting.trained_by_department(form.cleaned_data)
    return build_map(
        str(_("Agents trained, by department of their Maison")),
        counts,
        links={code: _list_url("agents", form, departement=code) for code in counts},
        labels={
            code: ngettext("%(n)s agent", "%(n)s agents", n) % {"n": figure(n)}
            for code, n in counts.items()
        },
        region=form.code("region"),
    )


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
    paginator = Paginator(kind.show(kind.rows(form.cleaned_data)), PER_PAGE)
    number = form.value("page") or 1
    if number > paginator.num_pages:
        form.add_error("page", NO_PAGE)
        number = 1
    page = paginator.page(number)
    columns = [column for column in COLUMNS[kind.of] if column.page]
    home = reverse("learning:network")
    back = f"{home}?{query}" if (query := form.query()) else home
    context = {
        "page_meta": PageMeta(
            title=str(kind.title),
            breadcrumbs=[*pro_trail(), (_("Training of the network"), back)],
            cache="private",
        ),
        "kind": kind,
        "form": form,
        "page": page,
        "total": figure(paginator.count),
        "columns": [{"heading": column.header, "number": column.number} for column in columns],
        "rows": [[column.cell(row) for column in columns] for row in page.object_list],
        "code": code_of(kind),
        "others": [(other, _list_url(other.slug, form)) for other in LISTS.values()],
    }
    return render(request, "learning/steering/network_list.html", context)
