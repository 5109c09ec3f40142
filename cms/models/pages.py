"""The page that all pages of the site extend, and the plain page of text."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from .. import languages
from ..blocks import BodyStreamBlock
from ..fields import StreamField
from ..meta import PageMeta, absolute
from ..page_forms import PageForm
from ..routing import RoutedPage
from ..visibility import visible_pages


class BasePageQuerySet(PageQuerySet):
    def visible_to(self, user: Any | None) -> "BasePageQuerySet":
        """Live pages that this person may see: the only way to list pages."""
        return visible_pages(self, user)


BasePageManager = PageManager.from_queryset(BasePageQuerySet)


class BasePage(RoutedPage, Page):
    """What every page has. Concrete, so that a mixed listing is one query."""

    # Editors create pages of the types that extend it.
    is_creatable = False
    # Whether the content should stay true, so that editors are reminded to read it again. Types whose
    # pages bear a date and are left as they were written (news, articles) say False.
    grows_old = True
    # Who reads the files of its pages, a predicate of the person; None: whoever may see the page.
    files_admit: Callable[[Any], bool] | None = None

    summary = models.TextField(_("summary"), blank=True, max_length=400)
    listing_image = models.ForeignKey(
        "cms.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    listing_image_alt = models.CharField(
        _("alternative text of the picture"),
        max_length=255,
        blank=True,
        help_text=_("Leave empty to use the description of the picture itself."),
    )
    display_date = models.DateField(_("date shown"), null=True, blank=True, db_index=True)
    themes = ParentalManyToManyField(
        "cms.Theme", verbose_name=_("themes"), blank=True, related_name="pages"
    )

    objects = BasePageManager()
    base_form_class = PageForm
    # What another page shows of this one within its text (`cms.blocks.links.EmbedBlock`).
    embed_template = "components/embed.html"

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldPanel("listing_image"), FieldPanel("listing_image_alt")], heading=_("Picture")
        ),
    ]
    promote_panels = [
        *Page.promote_panels,
        FieldPanel("display_date"),
        FieldPanel("themes"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        verbose_name = _("page")

    @property
    def picture_alt(self) -> str:
        if self.listing_image_alt:
            return self.listing_image_alt
        return self.listing_image.default_alt_text if self.listing_image else ""

    def get_breadcrumbs(self, request: HttpRequest) -> list[tuple[str, str]]:
        """(label, url) of each ancestor below the root, home page first, without this page."""
        above = [
            (page.title, languages.local_path(page.get_url(request) or ""))
            for page in self.pages_above()
        ]
        # Whatever its title, which may not be translated.
        return [(gettext("Home"), url) for _title, url in above[:1]] + above[1:]

    def get_page_meta(self, request: HttpRequest) -> PageMeta:
        return PageMeta(
            title=self.seo_title or self.title,
            description=self.search_description or self.summary,
            canonical=absolute(self.get_url(request) or "/"),
            breadcrumbs=self.get_breadcrumbs(request),
            json_ld=self.get_json_ld(request),
        )

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        """schema.org descriptions of this page; page types add theirs."""
        return []

    def get_embed_context(self, request: HttpRequest | None) -> dict[str, Any]:
        """What `embed_template` needs; page types that have a template of their own add to it."""
        return {"page": self, "request": request}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        described = languages.describe(self, request)
        meta = self.get_page_meta(request)
        meta.alternates = described.pop("alternates")
        if described["french_url"]:
            meta.robots = "noindex, follow"
        return {**context, **described, "page_meta": meta}


class StandardPage(BasePage):
    """A page of text: about, legal notices, help."""

    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)

    template = "cms/standard_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        InlinePanel("footnotes", label=_("Footnotes")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..queries import section_links
        from ..streams import render_stream

        context = super().get_context(request, *args, **kwargs)
        rendered = render_stream(
            self.body, {"page": self, "request": request}, self.footnotes.get_object_list()
        )
        return context | {
            "body": rendered.html,
            "footnotes": rendered.notes,
            "section_links": section_links(self, request),
        }

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")


class BinPage(Page):
    """Where deleted pages wait for thirty days (`cms.bin`). Outside the site, shown in no tree."""

    parent_page_types: list[str] = []
    subpage_types: list[str] = []
    max_count = 1
    is_creatable = False

    class Meta:
        verbose_name = _("bin")
