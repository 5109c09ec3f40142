"""/plan-du-site/: everything that this reader may see, in a number of queries that does not grow."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from .. import registry
from ..meta import PageMeta, absolute
from ..visibility import visible_pages

LEVELS = 3
SHOWN = 25


@dataclass
class Node:
    """One entry; `more` counts what its own page lists and the map leaves out."""

    title: str
    url: str
    children: list["Node"] = field(default_factory=list)
    more: int = 0


def nodes(request: HttpRequest) -> list[Node]:
    """Sections first, in the order of the tree and of the apps, then the pages that stand alone."""
    found = [*page_nodes(request), *other_nodes(request)]
    return sorted(found, key=lambda node: not node.children)


def page_nodes(request: HttpRequest) -> list[Node]:
    """The sections under the home page, with two levels of what they hold."""
    home = _home(request)
    if home is None:
        return []
    rows = (
        visible_pages(Page.objects.filter(path__startswith=home.path), request.user)
        .filter(depth__gt=home.depth, depth__lte=home.depth + LEVELS)
        .order_by("path")
        .values_list("path", "depth", "title", "url_path")
    )
    roots: list[Node] = []
    # The node of each depth on the way down; None where a page above is hidden.
    way: dict[str, Node] = {}
    step = Page.steplen
    for path, depth, title, url_path in rows:
        node = Node(title, _address(url_path, home.url_path))
        if depth == home.depth + 1:
            roots.append(node)
        else:
            above = way.get(path[:-step])
            if above is None:
                continue
            if len(above.children) >= SHOWN:
                above.more += 1
                continue
            above.children.append(node)
        way[path] = node
    return roots


def _home(request: HttpRequest) -> Page | None:
    """The home page in the language shown, else the site's own."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    key = Page.objects.filter(pk=site.root_page_id).values("translation_key")
    homes = list(Page.objects.filter(translation_key__in=key).select_related("locale"))
    language = get_language() or "fr"
    spoken = [home for home in homes if home.locale.language_code == language and home.live]
    return next(iter(spoken or [home for home in homes if home.pk == site.root_page_id]), None)


def _address(url_path: str, home_path: str) -> str:
    return reverse("wagtail_serve", args=[url_path[len(home_path) :]])


def other_nodes(request: HttpRequest) -> Iterator[Node]:
    links = [link for provider in registry.site_map_links for link in provider(request)]
    for link in sorted(links, key=lambda link: link["order"]):
        children = [Node(title, url) for title, url in link.get("children", ())]
        yield Node(link["label"], link["url"], children)


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    path = reverse("site_map")
    languages: dict[str, Any] = {code: translate_url(path, code) for code in ("fr", "en")}
    meta = PageMeta(
        title=_("Site map"),
        description=_("Every page of the site, by section."),
        canonical=absolute(path),
        breadcrumbs=[(_("Home"), reverse("wagtail_serve", args=[""]))],
        alternates=[(code, absolute(url)) for code, url in languages.items()],
    )
    found = nodes(request)
    return render(request, "cms/legal/site_map.html", {"page_meta": meta, "nodes": found})
