"""What the list of initiatives shows: results, facets with counts, chosen filters, map, links."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import EmptyPage, Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.maps import DepartmentMap, build_map
from cms.meta import PageMeta, absolute
from cms.models import Department, Theme
from maisons.models import Operator

from . import catalogue
from .filters import FACETS, ORDERS, Asked, ListingForm
from .models import Audience, ProjectSheetPage, State

if TYPE_CHECKING:
    from .models import InitiativesIndexPage

PER_PAGE = 12


@dataclass(frozen=True)
class Choice:
    """One value of a facet: what it is called, how many sheets it would give, where it leads."""

    code: str
    label: str
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    choices: list[Choice]

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.chosen), None)


def listing_context(
    index: "InitiativesIndexPage", request: HttpRequest, meta: PageMeta
) -> dict[str, Any]:
    """Raises Http404 for a page after the last."""
    form = ListingForm(request.GET or None)
    asked = Asked.of(form) if form.is_bound else Asked({})
    rows = catalogue.rows(request.user)
    labels = _labels(rows)
    asked, unknown = _known(asked, labels)
    found = catalogue.in_order(catalogue.matching(rows, asked.chosen), asked.order)
    try:
        page = Paginator(found, PER_PAGE).page(asked.page)
    except EmptyPage as error:
        raise Http404 from error
    address = index.get_url(request) or ""
    facets = [_facet(name, rows, asked, labels[name]) for name in FACETS]
    first = _lead_of(index, asked, found)
    cards = cards_of([*([first] if first else []), *(row.pk for row in page.object_list)])
    if asked.chosen or asked.order != "recent" or asked.page > 1:
        meta.canonical = _canonical(address, asked)
        meta.robots = meta.robots or ("noindex, follow" if len(asked.chosen) > 1 else "")
    return {
        "form": form,
        "errors": [*_form_errors(form), *unknown],
        "asked": asked,
        "total": len(found),
        "all_total": len(rows),
        "results": page,
        "lead": cards.get(first),
        "cards": [cards[row.pk] for row in page.object_list if row.pk != first],
        "facets": facets,
        "chosen": [(facet, facet.chosen) for facet in facets if facet.chosen],
        "orders": [(code, label, code == asked.order) for code, label in ORDERS.items()],
        "map": _map(rows, asked, labels["departement"]),
        "parameters": asked.query(),
        "permalink": absolute(f"{address}?{asked.query()}" if asked.query() else address),
        "feed_url": f"{address}flux/",
    }


def _labels(rows: list[catalogue.Row]) -> dict[str, dict[str, str]]:
    """facet → code → label, in the order in which a facet offers them: only what some sheet has."""
    held: dict[str, set[str]] = {
        name: {code for row in rows for code in row.facets[name]} for name in FACETS
    }
    departments = Department.objects.filter(code__in=held["departement"]).defer("outline")
    return {
        "theme": _in_table(Theme, held["theme"]),
        "public": _in_table(Audience, held["public"]),
        "departement": {department.code: department.label for department in departments},
        "etat": {code: str(label).capitalize() for code, label in State.choices},
        "operateur": {
            operator.code: str(operator)
            for operator in Operator.objects.filter(code__in=held["operateur"])
        },
        "periode": {year: year for year in sorted(held["periode"], reverse=True)},
    }


def _in_table(model: Any, codes: set[str]) -> dict[str, str]:
    return {row.code: row.label for row in model.objects.filter(code__in=codes)}


def _known(asked: Asked, labels: dict[str, dict[str, str]]) -> tuple[Asked, list[tuple[str, str]]]:
    """Without choices that no sheet has, which are said."""
    known = {name: code for name, code in asked.chosen.items() if code in labels[name]}
    unknown = [
        (str(FACETS[name]), _("No initiative has this value: %(value)s.") % {"value": code})
        for name, code in asked.chosen.items()
        if name not in known
    ]
    return Asked(known, asked.order, asked.page), unknown


def _form_errors(form: ListingForm) -> list[tuple[str, str]]:
    return [
        (str(form.fields[name].label), error)
        for name, errors in form.errors.items()
        for error in errors
    ]


def _facet(name: str, rows: list[catalogue.Row], asked: Asked, labels: dict[str, str]) -> Facet:
    counts = catalogue.counts(rows, asked.chosen, name)
    current = asked.chosen.get(name)
    choices = [
        Choice(
            code=code,
            label=label,
            count=counts[code],
            chosen=code == current,
            url=f"?{asked.query(**{name: '' if code == current else code})}",
        )
        for code, label in labels.items()
        if counts[code] or code == current
    ]
    return Facet(name, str(FACETS[name]), choices)


def _map(rows: list[catalogue.Row], asked: Asked, labels: dict[str, str]) -> DepartmentMap:
    counts = catalogue.counts(rows, asked.chosen, "departement")
    current = asked.chosen.get("departement")
    return build_map(
        _("Initiatives by department"),
        [current] if current else counts,
        links={code: f"?{asked.query(departement=code)}" for code in counts},
        labels={
            code: ngettext("%(count)s initiative", "%(count)s initiatives", count)
            % {"count": count}
            for code, count in counts.items()
        },
    )


def _canonical(address: str, asked: Asked) -> str:
    query = asked.query()
    if asked.page > 1:
        query = f"{query}&page={asked.page}" if query else f"page={asked.page}"
    return absolute(f"{address}?{query}" if query else address)


def _lead_of(index: "InitiativesIndexPage", asked: Asked, found: list[catalogue.Row]) -> int | None:
    """The sheet set large on the first page of the whole list: the editors' choice, else the newest."""
    if asked.chosen or asked.page > 1 or not found:
        return None
    visible = {row.pk for row in found}
    return index.featured_id if index.featured_id in visible else found[0].pk


def with_lines(sheets: Any) -> Any:
    """Sheets with what a line of a list shows: three queries."""
    return sheets.select_related("listing_image", "locale").prefetch_related(
        "listing_image__renditions",
        Prefetch("departments", Department.objects.defer("outline")),
    )


def cards_of(ids: list[int]) -> dict[int, Any]:
    """Sheets by primary key, with what a line of a list shows: three queries."""
    return with_lines(ProjectSheetPage.objects.filter(pk__in=ids)).in_bulk()
