"""An article of the toolbox: what it says, its files, and who answers for it."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from cms.blocks import BodyStreamBlock
from cms.fields import StreamField
from cms.models import BasePage

from ..forms import ArticleForm
from .families import Family


class ToolboxArticlePage(RoutablePageMixin, BasePage):
    """An article. Its section says who reads it, its family where it is shelved."""

    family = models.CharField(
        _("family"), max_length=16, choices=Family.choices, default=Family.OPERATORS
    )
    operators = ParentalManyToManyField(
        "maisons.Operator", verbose_name=_("operators"), blank=True, related_name="+"
    )
    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Where what it says comes from.")
    )
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    archived = models.BooleanField(
        _("archive"),
        default=False,
        help_text=_("What it says no longer applies: it is kept, and says so where it is read."),
    )
    archive_note = models.CharField(_("why it is an archive"), max_length=300, blank=True)
    in_charge = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person in charge"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Reminded when the article grows old; the national team when there is nobody."),
    )
    checked_on = models.DateField(_("checked on"), default=dt.date.today)
    check_every = models.PositiveSmallIntegerField(
        _("check again after, in months"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    change_note = models.CharField(
        _("what changed"),
        max_length=255,
        blank=True,
        help_text=_(
            "Told to those who follow the article, when it is published. Empty: nothing to tell."
        ),
    )
    search_text = models.TextField(editable=False, default="", blank=True)

    personal_data_retention = _("As long as the article; anonymous once the account is erased.")

    base_form_class = ArticleForm
    served_with = ("locale", "listing_image", "in_charge")
    parent_page_types = ["toolbox.MembersSectionPage", "toolbox.PublicSectionPage"]
    subpage_types: list[str] = []
    template = "toolbox/article_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("family"), FieldPanel("operators")], heading=_("In the toolbox")
        ),
        FieldPanel("body"),
        InlinePanel("footnotes", label=_("Footnotes")),
        InlinePanel("files", label=_("File")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("source"), FieldPanel("source_date")]),
                FieldPanel("in_charge"),
                FieldRowPanel([FieldPanel("checked_on"), FieldPanel("check_every")]),
                FieldPanel("archived"),
                FieldPanel("archive_note"),
                FieldPanel("change_note"),
            ],
            heading=_("Up to date"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.FilterField("family"),
    ]

    class Meta:
        verbose_name = _("article of the toolbox")
        verbose_name_plural = _("articles of the toolbox")

    @property
    def is_for_members(self) -> bool:
        from .sections import closed_to

        return closed_to(self.pages_above()[-1].specific_deferred)

    @property
    def check_due(self) -> dt.date:
        """The day from which it must be checked again."""
        from ..reminders import add_months

        return add_months(self.checked_on, self.check_every)

    @property
    def is_old(self) -> bool:
        return not self.archived and self.check_due <= timezone.localdate()

    def save(self, *args: Any, **kwargs: Any) -> None:
        from ..searching import searchable_text

        if kwargs.get("update_fields") is None:
            self.search_text = searchable_text(self)
        super().save(*args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading import article_context

        context = super().get_context(request, *args, **kwargs)
        context.update(article_context(self, request))
        if self.is_for_members:
            context["page_meta"].cache = "private"
        return context

    @path("tout-telecharger/", name="download")
    def download(self, request: HttpRequest) -> HttpResponseBase:
        from ..reading import download_article

        return download_article(self, request)

    @path("suivre/", name="follow")
    def follow(self, request: HttpRequest) -> HttpResponseBase:
        from ..actions import follow

        return follow(self, request)

    @path("verifier/", name="check")
    def mark_checked(self, request: HttpRequest) -> HttpResponseBase:
        from ..actions import mark_checked

        return mark_checked(self, request)
