"""Public pages of the network."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.meta import PageMeta, absolute

from . import queries
from .forms import DirectoryForm
from .models import Maison


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """The Maisons by department; parameters: q, departement, page."""
    form = DirectoryForm(request.GET)
    form.is_valid()
    try:
        found = queries.directory(
            request.user,
            form.value("q", ""),
            form.value("departement", ""),
            form.value("page", 1),
            form.value("operateur", None),
        )
    except EmptyPage as error:
        raise Http404 from error
    title = _("Maisons de services au public")
    if found.department:
        title = _("Maisons in the department: %(name)s") % {"name": found.department.label}
    meta = PageMeta(
        title=title,
        description=_("Find a Maison de services au public by department, commune or postcode."),
        canonical=absolute(_own_address(form, found)),
        breadcrumbs=_trail(found.department is not None),
        alternates=_alternates(reverse("maisons:list")),
        robots="noindex, follow" if form.value("q", "") else "",
        cache="public",
    )
    context = {
        "page_meta": meta,
        "form": form,
        "found": found,
        "operator": form.value("operateur", None),
        "parameters": _parameters(form),
    }
    return render(request, "maisons/list.html", context)


def _own_address(form: DirectoryForm, found: queries.Directory) -> str:
    """The address of this page of the list, without what does not change it."""
    asked = []
    if found.department:
        asked.append(f"departement={found.department.code}")
    if operator := form.value("operateur", None):
        asked.append(f"operateur={operator.code}")
    if found.page.number > 1:
        asked.append(f"page={found.page.number}")
    return reverse("maisons:list") + (f"?{'&'.join(asked)}" if asked else "")


def _parameters(form: DirectoryForm) -> str:
    """What the links of the pagination carry on, encoded."""
    kept = {name: form.value(name, "") for name in ("q", "departement")}
    operator = form.value("operateur", None)
    kept["operateur"] = operator.code if operator else ""
    return urlencode({name: value for name, value in kept.items() if value})


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet of a Maison. What this reader may not see does not exist."""
    maison: Maison = get_object_or_404(queries.sheets(request.user), slug=slug)
    meta = PageMeta(
        title=maison.name,
        description=queries.summary_of(maison)[:300],
        canonical=absolute(maison.get_absolute_url()),
        breadcrumbs=[
            *_trail(),
            (
                maison.department.name,
                f"{reverse('maisons:list')}?departement={maison.department.code}",
            ),
        ],
        alternates=_alternates(maison.get_absolute_url()),
        json_ld=[queries.json_ld(maison)] if maison.is_public else [],
        robots="" if maison.is_public else "noindex",
        cache="public" if maison.is_public else "private",
    )
    context: dict[str, Any] = {
        "page_meta": meta,
        "maison": maison,
        "map": queries.locator_map(maison),
        "operators": queries.operators_of(maison, request.user),
        "source_line": queries.source_line(maison.source, maison.source_date),
    }
    return render(request, "maisons/detail.html", context)


def _trail(with_list: bool = True) -> list[tuple[str, str]]:
    """From the home page to the list."""
    home = (_("Home"), reverse("wagtail_serve", args=[""]))
    return [home, (_("Maisons"), reverse("maisons:list"))] if with_list else [home]


def _alternates(path: str) -> list[tuple[str, str]]:
    return [(code, absolute(url)) for code, url in queries.alternates(path).items()]
