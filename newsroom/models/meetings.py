"""Meetings of the network: a meeting, its editions, their cities, sessions, speakers and reports."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.blocks import BodyStreamBlock
from cms.fields import StreamField
from cms.models import BasePage

from .rows import ROW_TEXT_FEATURES, MayBeFictitious, Row, RowWithin, SourcedFigure


class MeetingIndexPage(BasePage):
    """All the meetings of the network and their editions."""

    subpage_types = ["newsroom.MeetingPage"]
    max_count_per_parent = 1
    template = "newsroom/meeting_index_page.html"

    class Meta:
        verbose_name = _("meetings of the network")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..meetings import index_context

        return {**super().get_context(request, *args, **kwargs), **index_context(self, request)}


class MeetingPage(BasePage):
    """A meeting that comes back: a tour, national meetings. Its editions are below it."""

    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)

    parent_page_types = ["newsroom.MeetingIndexPage"]
    subpage_types = ["newsroom.MeetingEditionPage"]
    template = "newsroom/meeting_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("body"),
        InlinePanel("footnotes", label=_("Footnotes")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..meetings import meeting_context

        return {**super().get_context(request, *args, **kwargs), **meeting_context(self, request)}


class MeetingEditionPage(MayBeFictitious, BasePage):
    """One edition, told as a story: where, what was on the programme, what was said, what is left.

    Sources may give no date: `when_text` then says so.
    """

    grows_old = False

    starts_on = models.DateField(_("first day"), null=True, blank=True, db_index=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    when_text = models.CharField(
        _("date in words"),
        max_length=120,
        blank=True,
        help_text=_("Shown when there is no date, or instead of it."),
    )
    place = models.CharField(
        _("place"), max_length=160, blank=True, help_text=_("In words: “ten cities”.")
    )
    registration_url = models.URLField(_("address for registering"), blank=True)
    body = StreamField(BodyStreamBlock(), verbose_name=_("body"), blank=True)
    sources = RichTextField(
        _("sources"),
        blank=True,
        features=ROW_TEXT_FEATURES,
        help_text=_("What this page is drawn from, and what the sources do not say."),
    )

    parent_page_types = ["newsroom.MeetingPage"]
    subpage_types: list[str] = []
    template = "newsroom/meeting_edition_page.html"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldPanel("when_text"),
                FieldPanel("place"),
                FieldPanel("registration_url"),
                FieldPanel("is_fictitious"),
            ],
            heading=_("When and where"),
        ),
        FieldPanel("body"),
        InlinePanel("footnotes", label=_("Footnotes")),
        InlinePanel("figures", label=_("Figure"), heading=_("Figures")),
        InlinePanel("stops", label=_("City"), heading=_("Cities")),
        InlinePanel(
            "sessions", label=_("Session of the meeting"), heading=_("Programme and sessions")
        ),
        InlinePanel("reports", label=_("Report"), heading=_("Reports")),
        FieldPanel("sources"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.RelatedFields(
            "sessions", [index.SearchField("title"), index.SearchField("what_was_said")]
        ),
        index.RelatedFields("stops", [index.SearchField("text")]),
        index.FilterField("starts_on"),
    ]

    class Meta:
        verbose_name = _("edition of a meeting")
        verbose_name_plural = _("editions of meetings")

    @property
    def last_day(self) -> Any:
        return self.ends_on or self.starts_on

    @cached_property
    def cities(self) -> list[Any]:
        """Its stops, with what the page and its description for machines say of them."""
        return list(self.stops.select_related("commune__department"))

    def clean(self) -> None:
        super().clean()
        if self.ends_on and (not self.starts_on or self.ends_on < self.starts_on):
            raise ValidationError({"ends_on": _("The last day cannot be before the first.")})
        if not self.starts_on and not self.when_text:
            raise ValidationError(
                {"when_text": _("Give the first day, or say in words that the date is not known.")}
            )

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        from ..meetings import edition_data

        return edition_data(self, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..meetings import edition_context

        return {**super().get_context(request, *args, **kwargs), **edition_context(self, request)}


class MeetingFigure(SourcedFigure):
    edition = ParentalKey(MeetingEditionPage, on_delete=models.CASCADE, related_name="figures")

    class Meta(SourcedFigure.Meta):
        verbose_name = _("figure of a meeting")
        verbose_name_plural = _("figures of meetings")


class MeetingStop(Row):
    """A city in which an edition stopped."""

    edition = ParentalKey(MeetingEditionPage, on_delete=models.CASCADE, related_name="stops")
    commune = models.ForeignKey(
        "cms.Commune", verbose_name=_("commune"), on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField(_("day"), null=True, blank=True)
    place = models.CharField(_("place in the city"), max_length=160, blank=True)
    text = models.TextField(_("what happened there"), blank=True)

    panels = [
        FieldPanel("commune"),
        FieldRowPanel([FieldPanel("day"), FieldPanel("place")]),
        FieldPanel("text"),
    ]

    class Meta(Row.Meta):
        verbose_name = _("city of a meeting")
        verbose_name_plural = _("cities of meetings")

    def __str__(self) -> str:
        return str(self.commune)


class MeetingSession(Row, ClusterableModel):
    """A part of the programme: before, what is planned; afterwards, what was said."""

    class Kind(models.TextChoices):
        PLENARY = "plenary", _("Plenary session")
        ROUND_TABLE = "round-table", _("Round table")
        WORKSHOP = "workshop", _("Workshop")
        WITNESSES = "witnesses", _("Outside views")

    edition = ParentalKey(MeetingEditionPage, on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.WORKSHOP)
    title = models.CharField(_("title"), max_length=200)
    day = models.DateField(_("day"), null=True, blank=True)
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("until"), null=True, blank=True)
    summary = models.CharField(
        _("in one sentence"), max_length=300, blank=True, help_text=_("Shown in the programme.")
    )
    what_was_said = RichTextField(
        _("what was said"),
        blank=True,
        features=ROW_TEXT_FEATURES,
        help_text=_("In your own words and in indirect speech: nobody is quoted."),
    )
    takeaway = models.CharField(_("to remember"), max_length=240, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("title")]),
        FieldRowPanel([FieldPanel("day"), FieldPanel("starts_at"), FieldPanel("ends_at")]),
        FieldPanel("summary"),
        FieldPanel("what_was_said"),
        FieldPanel("takeaway"),
        InlinePanel("projects", label=_("Project"), heading=_("Projects presented")),
        InlinePanel("speakers", label=_("Speaker"), heading=_("Speakers")),
    ]

    class Meta(Row.Meta):
        verbose_name = _("session of a meeting")
        verbose_name_plural = _("sessions of meetings")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end comes after the beginning.")})


class SessionProject(RowWithin):
    """A local project presented in a session, linked to its page when there is one."""

    within = "session"

    session = ParentalKey(MeetingSession, on_delete=models.CASCADE, related_name="projects")
    name = models.CharField(_("name"), max_length=160)
    department = models.ForeignKey(
        "cms.Department",
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    page = models.ForeignKey(
        BasePage,
        verbose_name=_("page that tells of it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [FieldPanel("name"), FieldPanel("department"), FieldPanel("page")]

    class Meta(Row.Meta):
        verbose_name = _("project presented")
        verbose_name_plural = _("projects presented")

    def __str__(self) -> str:
        return self.name


class SessionSpeaker(RowWithin):
    """Somebody who spoke, and what they put forward, reported in indirect speech."""

    within = "session"

    session = ParentalKey(MeetingSession, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        help_text=_("Only for who holds public office; others are named by their role."),
    )
    role = models.CharField(_("role"), max_length=200)
    view = RichTextField(
        _("what they put forward"),
        blank=True,
        features=ROW_TEXT_FEATURES,
        help_text=_("In indirect speech, without quotation marks."),
    )

    panels = [FieldPanel("name"), FieldPanel("role"), FieldPanel("view")]
    personal_data_retention = _("As long as the page: public office, or a role without a name.")

    class Meta(Row.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")

    def __str__(self) -> str:
        return self.name or self.role


class MeetingReport(Row):
    """What an edition left to read: a file, or a page of the site."""

    edition = ParentalKey(MeetingEditionPage, on_delete=models.CASCADE, related_name="reports")
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(
        _("what it says"), blank=True, help_text=_("So that one need not open the file to know.")
    )
    document = models.ForeignKey(
        "cms.SiteDocument",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    page = models.ForeignKey(
        BasePage,
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("document"),
        FieldPanel("page"),
    ]

    class Meta(Row.Meta):
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if not self.document_id and not self.page_id:
            raise ValidationError({"document": _("Choose a file or a page.")})
