"""Finding the page of an address in one query, with its ancestors and what every page shows.

Wagtail walks down the tree with two queries a level, then reads the ancestors twice more for the
restrictions and the breadcrumbs: half of the budget of a page (docs/performance).
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.models.sites import (
    SITE_ROOT_PATHS_CACHE_KEY,
    SITE_ROOT_PATHS_CACHE_VERSION,
    SiteRootPath,
)
from wagtail.url_routing import RouteResult

from .visibility import restrictions


def route(request: HttpRequest, path: str) -> RouteResult | None:
    """As `Page.route_for_request`, remembered on the request as Wagtail does, in fewer queries.

    Wagtail asks for the language, the home page, then the site and the home pages again to know
    their addresses. The home pages of every language, read once, answer all of it.
    """
    if not hasattr(request, "_wagtail_route_for_request"):
        request._wagtail_route_for_request = None  # type: ignore[attr-defined]
        site = Site.find_for_request(request)
        home = _home(site) if site else None
        if home is not None:
            components = [component for component in path.split("/") if component]
            with suppress(Http404):
                request._wagtail_route_for_request = home.route(request, components)  # type: ignore[attr-defined]
    return request._wagtail_route_for_request  # type: ignore[attr-defined]


def _home(site: Site) -> Any:
    """The home page in the language of the request, else the site's own."""
    root = site.root_page
    model = root.specific_class or Page
    homes = list(
        model._default_manager.filter(translation_key=root.translation_key).select_related("locale")
    )
    if cache.get(SITE_ROOT_PATHS_CACHE_KEY, version=SITE_ROOT_PATHS_CACHE_VERSION) is None:
        _remember_root_paths(site, homes)
    language = get_supported_content_language_variant(get_language() or "fr")
    spoken = [home for home in homes if home.locale.language_code == language and home.live]
    return next(iter(spoken or [home for home in homes if home.pk == root.pk]), None)


def _remember_root_paths(site: Site, homes: list[Any]) -> None:
    """Spare `Site.get_site_root_paths` its two queries: the platform has one site (`cms.sites`)."""
    paths = [
        SiteRootPath(site.pk, home.url_path, site.root_url, home.locale.language_code)
        for home in sorted(homes, key=lambda home: home.url_path, reverse=True)
    ]
    cache.set(SITE_ROOT_PATHS_CACHE_KEY, paths, 3600, version=SITE_ROOT_PATHS_CACHE_VERSION)


HOME_DEPTH = 2


class RoutedPage(Page if TYPE_CHECKING else object):  # type: ignore[misc]
    """Mixin of our pages, before Wagtail's."""

    # Foreign keys that the pages of this type always show, fetched with the page.
    served_with: tuple[str, ...] = ("locale", "listing_image")
    # The pages above this one, home page first, when the address led through them.
    _pages_above: list[Page] | None = None

    def route(self, request: HttpRequest, path_components: Sequence[str]) -> RouteResult:
        """As Wagtail's: the page at these components, or the deepest one, which gets the rest."""
        if not path_components:
            return super().route(request, path_components)
        paths = [self.url_path]
        for component in path_components:
            paths.append(f"{paths[-1]}{component}/")
        below = Page.objects.filter(
            url_path__in=paths[1:], path__startswith=self.path
        ).select_related("locale")
        by_path = {page.url_path: page for page in below}
        chain: list[Page] = []
        for path in paths[1:]:
            if path not in by_path:
                break
            chain.append(by_path[path])
        if not chain:
            raise Http404
        page = _whole(chain[-1])
        above = [*(self._pages_above or []), self, *chain[:-1]]
        page._cached_parent_obj = above[-1]
        if isinstance(page, RoutedPage):
            page._pages_above = above
        return page.route(request, list(path_components[len(chain) :]))

    def pages_above(self) -> list[Page]:
        """Ancestors below the root of the tree, home page first."""
        if self._pages_above is None and self.depth <= HOME_DEPTH:
            self._pages_above = []
        if self._pages_above is None:
            found = self.get_ancestors().filter(depth__gt=1).select_related("locale")
            self._pages_above = list(found)
        return self._pages_above

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """As Wagtail's, without a query when nothing restricts this page."""
        if self.alias_of_id is None and not any(
            self.path.startswith(path) for path, _kind, _groups in restrictions()
        ):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()


def _whole(page: Page) -> Any:
    """The page in its own class, with the foreign keys that it shows."""
    model = page.specific_class
    if model is None or not issubclass(model, RoutedPage):
        return page.specific
    try:
        return model._default_manager.select_related(*model.served_with).get(pk=page.pk)
    except model.DoesNotExist:
        raise Http404 from None
