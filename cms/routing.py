"""Finding the page of an address in one query, with its ancestors and what every page shows.

Wagtail walks down the tree with two queries a level, then reads the ancestors twice more for the
restrictions and the breadcrumbs: half of the budget of a page (docs/performance).
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from .visibility import restrictions


class RoutedPage:
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
