"""What the figures in person and online show alike: a breakdown, and the list behind a figure."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.paginator import Page
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.listings import page_of
from cms.maps import DepartmentMap, build_map
from cms.meta import PageMeta
from cms.numbers import figure

from ...views import pro_trail
from ..figures import Line
from ..forms import FiguresForm

LINES = 60


def breakdown(
    form: FiguresForm,
    lines: list[Line],
    slugs: Iterable[str],
    *,
    heading: Any,
    lists: Mapping[str, Any],
) -> dict[str, Any]:
    """A breakdown as `components/table.html` takes it, a page of it; each number leads to its list."""
    slugs = list(slugs)
    page = page_of(form, lines, LINES)

    def number(line: Line, slug: str) -> dict[str, Any]:
        count = line.counts[slug]
        if not count:
            return {"value": "0", "number": True}
        url = form.list_url(slug, **line.chosen)
        said = f"{lists[slug].title}, {line.label}"
        html = '<a href="{}">{}<span class="visually-hidden"> {}</span></a>'
        return {"value": format_html(html, url, figure(count), said), "number": True}

    return {
        "page": page,
        "caption": _("By %(what)s") % {"what": str(heading).lower()},
        "columns": [
            {"heading": heading},
            *({"heading": lists[slug].title, "number": True} for slug in slugs),
        ],
        "rows": [
            [line.label, *(number(line, slug) for slug in slugs)] for line in page.object_list
        ],
    }


def agents_map(title: str, counts: Mapping[str, int], form: FiguresForm) -> DepartmentMap:
    """How many agents in each department, each leading to its list. counts: {code: how many}."""
    return build_map(
        title,
        links={code: form.list_url("agents", departement=code) for code in counts},
        labels={
            code: ngettext("%(n)s agent", "%(n)s agents", n) % {"n": figure(n)}
            for code, n in counts.items()
        },
        region=form.code("region"),
        counts=counts,
    )


def list_context(
    kind: Any,
    form: FiguresForm,
    page: Page,
    *,
    columns: list[Any],
    code: str,
    above: tuple[Any, str],
    lists: Mapping[str, Any],
) -> dict[str, Any]:
    """The list behind one figure, for `learning/steering/network_list.html`.

    above: title and address of the page of figures, to which one goes back with the same choices.
    """
    shown = [column for column in columns if column.page]
    title, home = above
    back = f"{home}?{query}" if (query := form.query()) else home
    return {
        "page_meta": PageMeta(
            title=str(kind.title), breadcrumbs=[*pro_trail(), (title, back)], cache="private"
        ),
        "kind": kind,
        "form": form,
        "page": page,
        "total": figure(page.paginator.count),
        "columns": [{"heading": column.header, "number": column.number} for column in shown],
        "rows": [[column.cell(row) for column in shown] for row in page.object_list],
        "code": code,
        "others": [(other, form.list_url(other.slug)) for other in lists.values()],
    }
