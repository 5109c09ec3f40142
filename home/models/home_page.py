"""The home page, arranged from blocks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms import registry
from cms.fields import StreamField
from cms.meta import absolute
from cms.models import BasePage

from ..blocks import HomeStreamBlock


class HomePage(BasePage):
    """One by language. Without an opening block, its title stands in for the heading."""

    body = StreamField(HomeStreamBlock(), verbose_name=_("body"), blank=True)

    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    template = "home/home_page.html"
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["has_opening"] = any(block.block_type == "hero" for block in self.body)
        context["sheets"] = ["css/home.css", *self._sheets_of_sections()]
        return context

    def _sheets_of_sections(self) -> list[str]:
        """The style sheets of the sections that this page shows, each once."""
        keys = [block.value.get("section") for block in self.body if block.block_type == "section"]
        shown = (registry.home_sections.get(key or "") for key in keys)
        sheets = (sheet for section in shown for sheet in getattr(section, "styles", ()))
        return list(dict.fromkeys(sheets))

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        return [
            {
                "@context": "https://schema.org",
                "@type": "WebSite",
                "name": settings.SITE_NAME,
                "url": absolute("/"),
                "inLanguage": self.locale.language_code,
                "potentialAction": {
                    "@type": "SearchAction",
                    "target": absolute("/recherche/?q={search_term_string}"),
                    "query-input": "required name=search_term_string",
                },
            }
        ]
