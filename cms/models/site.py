"""Site settings that editors arrange: navigation and footer."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import register_setting
from wagtail.models import Page, Site

from ..blocks import LinkStreamBlock
from ..fields import StreamField
from ..languages import local_path
from ..request_scope import remember
from ..visibility import visible_pages
from .legal import AccessibilitySettings
from .settings import SiteSetting


@register_setting(icon="list-ul")
class SiteSettings(SiteSetting):
    """Main navigation and footer links, in the order in which they are shown."""

    navigation = StreamField(LinkStreamBlock(), verbose_name=_("navigation"), blank=True)
    footer = StreamField(LinkStreamBlock(), verbose_name=_("footer links"), blank=True)

    panels = [FieldPanel("navigation"), FieldPanel("footer")]

    class Meta:
        verbose_name = _("navigation and footer")

    @classmethod
    def for_request_or_none(cls, request: HttpRequest) -> "SiteSettings | None":
        site = Site.find_for_request(request)
        if site is None:
            return None
        # With what every page must say of accessibility (`cms.legal.accessibility.mention`).
        statement = AccessibilitySettings.objects.filter(site=OuterRef("site"))
        # Not `for_site`: that one writes a row on first reading.
        return (
            cls.objects.filter(site=site)
            .annotate(
                accessibility_state=Subquery(statement.values("state")[:1]),
                accessibility_until=Subquery(statement.values("state_until")[:1]),
            )
            .first()
        )

    def links(self, name: str, request: HttpRequest) -> list[dict[str, Any]]:
        """The entries of one menu, without pages this reader may not see.

        A link is {label, url, current}; a group has `links` in the place of `url`, and is current
        with one of them. A group of which nothing is left is left out.
        """
        found = []
        for item in getattr(self, name).raw_data:
            entry = self._entry(item, request)
            if entry is not None:
                found.append(entry)
        return found

    def _entry(self, item: dict[str, Any], request: HttpRequest) -> dict[str, Any] | None:
        row = item["value"]
        if item["type"] != "group":
            return self._link(row, request)
        rows = [child.get("value", child) for child in row["links"]]
        links = [link for child in rows if (link := self._link(child, request))]
        if not links:
            return None
        current = any(link["current"] for link in links)
        return {"label": _label(row), "links": links, "current": current}

    def _link(self, row: dict[str, Any], request: HttpRequest) -> dict[str, Any] | None:
        if row.get("page"):
            page = self._pages(request).get(row["page"])
            if page is None:
                return None
            url = page.get_url(request) or "/"
        else:
            url = row.get("url") or "/"
        url = local_path(url)
        return {"label": _label(row), "url": url, "current": self._is_current(request.path, url)}

    def _pages(self, request: HttpRequest) -> dict[int, Page]:
        """Pages of both menus by identifier, in the language shown when translated: one query."""

        def load() -> dict[int, Page]:
            ids = {
                row["page"]
                for menu in (self.navigation, self.footer)
                for row in _rows(menu.raw_data)
                if row.get("page")
            }
            if not ids:
                return {}
            user = getattr(request, "user", None)
            language = get_language() or "fr"
            keys = Page.objects.filter(pk__in=ids).values("translation_key")
            known = Page.objects.filter(translation_key__in=keys).select_related("locale")
            seen = list(visible_pages(known, user))
            sources = [page for page in seen if page.pk in ids]
            translated = {
                page.translation_key: page for page in seen if page.locale.language_code == language
            }
            return {page.pk: translated.get(page.translation_key, page) for page in sources}

        return remember(("menu-pages", self.pk), load)

    @staticmethod
    def _is_current(path: str, url: str) -> bool:
        return path == url or (url not in {"/", "/en/"} and path.startswith(url))


def _label(row: dict[str, Any]) -> str:
    english = (get_language() or "fr").startswith("en")
    return (row.get("label_en") if english else "") or row["label"]


def _rows(menu: Any) -> Iterator[dict[str, Any]]:
    """Every link of a menu, those of its groups included."""
    for item in menu:
        if item["type"] == "group":
            yield from (child.get("value", child) for child in item["value"]["links"])
        else:
            yield item["value"]
