"""What pages read from the foundation."""

from typing import Any

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import get_language

from .models.pages import BasePage
from .request_scope import remember
from .visibility import closed_paths

# Of the pages just below the home page.
TOP_DEPTH = 3


def with_cards(pages: Any) -> QuerySet[Any]:
    """What a listing shows of each page, without the long columns: two queries."""
    shown = pages.select_related("listing_image", "locale").defer_streamfields()
    return shown.prefetch_related("listing_image__renditions")


def cards_for(pages: list[Any], request: HttpRequest | None) -> list[BasePage]:
    """The given pages as base pages, in the order given, without those this reader may not see.

    At most one query whatever their number, and one for the renditions of their pictures. A page
    that is translated is given in the language of the reader.
    """
    user = getattr(request, "user", None)
    language = get_language() or "fr"
    shown = {
        page.translation_key: page
        for page in pages
        if _is_whole(page) and page.locale.language_code == language
    }
    missing = {page.translation_key for page in pages} - shown.keys()
    if missing:
        shown |= _by_key(missing, {page.pk for page in pages}, language)
    closed = tuple(closed_paths(user))
    cards = [
        page
        for page in (shown.get(page.translation_key) for page in pages)
        if page is not None and page.live and not page.path.startswith(closed)
    ]
    prefetch_related_objects(cards, "listing_image__renditions")
    return cards


def _is_whole(page: Any) -> bool:
    """Whether a page was read with what its card shows (`cms.blocks.links.ShownPageBlock`)."""
    return isinstance(page, BasePage) and all(
        page._meta.get_field(name).is_cached(page) for name in ("locale", "listing_image")
    )


def _by_key(keys: set[Any], chosen: set[int], language: str) -> dict[Any, BasePage]:
    """Pages by translation key: the one in this language, else the one that was chosen."""
    found = BasePage.objects.filter(translation_key__in=keys, live=True).select_related(
        "locale", "listing_image"
    )
    by_key: dict[Any, BasePage] = {}
    for page in found:
        if page.locale.language_code == language or (
            page.pk in chosen and page.translation_key not in by_key
        ):
            by_key[page.translation_key] = page
    return by_key


def section_links(page: BasePage, request: HttpRequest) -> list[dict[str, Any]]:
    """The pages of the same part of the site, {label, url, current}: the first one, then those under it.

    One query; none, and no link, for a page that stands alone.
    """
    if page.depth < TOP_DEPTH or (page.depth == TOP_DEPTH and not page.numchild):
        return []
    top = page.path[: page.steplen * TOP_DEPTH]
    within = Q(path=top) | Q(path__startswith=top, depth=TOP_DEPTH + 1)
    found = BasePage.objects.filter(within).visible_to(getattr(request, "user", None))
    links = [
        {"label": one.title, "url": one.get_url(request), "current": one.pk == page.pk}
        for one in found.order_by("path")
    ]
    return links if len(links) > 1 else []


def index_page(model: type[Any], request: HttpRequest) -> BasePage | None:
    """The page of this type just below the home page, that this reader may see: in their language, else in French.

    One query a request for all the types that are asked.
    """
    user = getattr(request, "user", None)

    def load() -> dict[tuple[Any, str], BasePage]:
        rows = BasePage.objects.filter(depth=TOP_DEPTH).visible_to(user).select_related("locale")
        found: dict[tuple[Any, str], BasePage] = {}
        for page in rows.order_by("path"):
            found.setdefault((page.specific_class, page.locale.language_code), page)
        return found

    pages = remember(("index-pages", getattr(user, "pk", None)), load)
    return pages.get((model, get_language() or "fr")) or pages.get((model, "fr"))
