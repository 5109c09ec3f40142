"""`/sitemap.xml`: every page that anybody may see, with its translations.

Pages come from Wagtail in two queries; what is not a page comes from `cms.registry.sitemap_entries`.
Above 5,000 addresses the file becomes an index of parts.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from . import registry
from .meta import absolute
from .visibility import visible_pages

PART = 5_000
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


def page_entries(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """Entries of Wagtail's pages, as a registry provider gives them."""
    home_pages = Site.objects.filter(is_default_site=True).values_list("root_page__path", flat=True)
    roots = [home.path for home in _homes(home_pages)]
    pages = [
        page
        for page in visible_pages(Page.objects.filter(depth__gt=1), None)
        .select_related("locale")
        .order_by("path")
        if page.path.startswith(tuple(roots))
    ]
    addresses: dict[Any, dict[str, str]] = defaultdict(dict)
    for page in pages:
        addresses[page.translation_key][page.locale.language_code] = page.get_url(request) or ""
    for page in pages:
        own = addresses[page.translation_key]
        yield {
            "location": own[page.locale.language_code],
            "lastmod": page.last_published_at,
            "alternates": own,
        }


def _homes(paths: Any) -> Any:
    """The home page of each language."""
    keys = Page.objects.filter(path__in=paths).values("translation_key")
    return Page.objects.filter(translation_key__in=keys).only("path")


def entries(request: HttpRequest) -> list[dict[str, Any]]:
    """Every entry once: a page that an app also gives keeps the app's word."""
    found: dict[str, dict[str, Any]] = {}
    for provider in registry.sitemap_entries:
        for entry in provider():
            found[entry["location"]] = entry
    for entry in page_entries(request):
        if entry["location"]:
            found.setdefault(entry["location"], entry)
    return [found[location] for location in sorted(found)]


def _url(entry: dict[str, Any]) -> str:
    lines = [f"<url><loc>{escape(absolute(entry['location']))}</loc>"]
    lastmod: dt.datetime | None = entry.get("lastmod")
    if lastmod:
        lines.append(f"<lastmod>{timezone.localtime(lastmod).isoformat('T', 'seconds')}</lastmod>")
    alternates = entry.get("alternates") or {}
    if len(alternates) > 1:
        for language, path in sorted(alternates.items()):
            href = quoteattr(absolute(path))
            lines.append(f'<xhtml:link rel="alternate" hreflang="{language}" href={href}/>')
    return "".join(lines) + "</url>"


def _xml(body: str) -> HttpResponse:
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _urlset(part: list[dict[str, Any]]) -> HttpResponse:
    return _xml(f"<urlset {NAMESPACES}>\n" + "\n".join(map(_url, part)) + "\n</urlset>")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The whole list, or the index of its parts when it is long."""
    found = entries(request)
    if len(found) <= PART:
        return _urlset(found)
    count = -(-len(found) // PART)
    parts = "\n".join(
        f"<sitemap><loc>{escape(absolute(f'/sitemap-{number}.xml'))}</loc></sitemap>"
        for number in range(1, count + 1)
    )
    return _xml(f"<sitemapindex {NAMESPACES.split(' xmlns:')[0]}>\n{parts}\n</sitemapindex>")


@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    """One part of a long list; the first is 1."""
    found = entries(request)
    part = found[(number - 1) * PART : number * PART] if number else []
    if not part:
        raise Http404
    return _urlset(part)
