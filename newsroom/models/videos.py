"""Videos « Sur le terrain »: a recording, its chapters, its transcript and the Maisons it shows."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable
from wagtail.search import index
from wagtailmedia.edit_handlers import MediaChooserPanel

from cms import timecodes
from cms.listings import FilterForm
from cms.timecodes import TimecodeField

from ..editing import VideoForm
from ..forms import VideoFilters
from .base import ListingIndexPage, NewsroomPage


class VideoIndexPage(ListingIndexPage):
    filter_form = VideoFilters
    per_page = 12
    subpage_types = ["newsroom.VideoPage"]
    template = "newsroom/video_index.html"

    class Meta:
        verbose_name = _("list of videos")

    def entries(self, request: HttpRequest, form: FilterForm) -> Any:
        from ..queries import videos

        return videos(self, request.user)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"feed_url": f"{self.get_url(request)}flux/"}

    @path("flux/", name="feed")
    def feed(self, request: HttpRequest) -> HttpResponse:
        from ..feeds import video_feed

        return video_feed(self, request)


class VideoPage(RoutablePageMixin, NewsroomPage):
    """A video: published only with its captions and its transcript."""

    recording = models.ForeignKey(
        "cms.SiteMedia",
        verbose_name=_("recording"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("With its captions and its transcript, which are added to the recording."),
    )
    maisons = ParentalManyToManyField(
        "maisons.Maison", verbose_name=_("Maisons shown"), blank=True, related_name="+"
    )

    base_form_class = VideoForm
    served_with = (*NewsroomPage.served_with, "recording")
    parent_page_types = ["newsroom.VideoIndexPage"]
    subpage_types: list[str] = []
    template = "newsroom/video_page.html"
    content_panels = [
        *NewsroomPage.content_panels,
        MediaChooserPanel("recording", media_type="video"),
        InlinePanel("chapters", label=_("Chapters")),
        FieldRowPanel([FieldPanel("display_date"), FieldPanel("month_only")]),
        FieldPanel("maisons"),
        *NewsroomPage.body_panels,
        NewsroomPage.source_panel,
    ]
    promote_panels = [
        panel
        for panel in NewsroomPage.promote_panels
        if getattr(panel, "field_name", "") != "display_date"
    ]
    search_fields = [
        *NewsroomPage.search_fields,
        index.RelatedFields("recording", [index.SearchField("transcript")]),
    ]

    class Meta:
        verbose_name = _("video")
        verbose_name_plural = _("videos")

    @property
    def seconds(self) -> int:
        return round(self.recording.duration or 0) if self.recording else 0

    @property
    def facts(self) -> str:
        """« 0:46 · sous-titres et transcription »: a page without them is not published."""
        length = [timecodes.write(self.seconds)] if self.seconds else []
        return " · ".join([*length, gettext("captions and transcript")])

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        from ..structured import video_data

        return [video_data(self, request)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading import video_context

        context = super().get_context(request, *args, **kwargs)
        return context | video_context(self, request)

    @path("chapitres/", name="chapters")
    def chapter_track(self, request: HttpRequest) -> HttpResponse:
        """The chapters as players read them."""
        from ..reading import chapter_track

        return HttpResponse(chapter_track(self), content_type="text/vtt; charset=utf-8")


class VideoChapter(Orderable):
    """A moment of a video that readers can go to."""

    video = ParentalKey(VideoPage, on_delete=models.CASCADE, related_name="chapters")
    starts_at = TimecodeField(_("starts at"))
    title = models.CharField(_("title"), max_length=120)

    panels = [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("title")])]

    class Meta(Orderable.Meta):
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")

    def __str__(self) -> str:
        return self.title
