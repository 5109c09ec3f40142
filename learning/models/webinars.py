"""Webinars. Their pages are written by editors and translated; what people do refers to `Webinar`, the
identity that bears the translation key of the pages. The link to the meeting tool is on no page."""

import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index
from wagtailmedia.edit_handlers import MediaChooserPanel

from cms.models import BasePage
from cms.recordings import RecordedPageForm
from cms.timecodes import TimecodeField

from ..webinars.kinds import Audience, CalendarMethod, WebinarPlace, WebinarState
from .catalogue import TEXT

# The meeting is open to those registered from so long before the hour, until the end.
OPENS_BEFORE = dt.timedelta(minutes=15)
LONGEST_NOTE = 2000


class WebinarPage(BasePage):
    """A webinar: anybody reads its announcement; live and replay are for members, in the professional space."""

    starts_at = models.DateTimeField(_("starts on"), help_text=_("On the clock of Paris."))
    minutes = models.PositiveSmallIntegerField(
        _("duration (minutes)"),
        default=60,
        validators=[MinValueValidator(5), MaxValueValidator(480)],
    )
    objectives = RichTextField(_("what you will learn"), features=TEXT, blank=True)
    audience = models.TextField(_("for whom"), blank=True)
    trainers = ParentalManyToManyField(
        "accounts.User",
        verbose_name=_("team"),
        blank=True,
        related_name="+",
        help_text=_("Who runs it: they see who is registered. Speakers are named below."),
    )
    recording = models.ForeignKey(
        "cms.SiteMedia",
        verbose_name=_("recording"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Afterwards, with its captions and its transcript: the page becomes a replay."),
    )
    recording_is_public = models.BooleanField(
        _("anybody may see the recording"),
        default=False,
        help_text=_("Else members alone do. The notes of the team go with it."),
    )
    share = models.PositiveSmallIntegerField(
        _("share to watch (per cent)"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Of the recording, for the replay to count as seen."),
    )
    is_fictitious = models.BooleanField(
        _("partly fictitious"),
        default=False,
        help_text=_("Details made up for the demonstration: the page says so."),
    )
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)

    grows_old = False
    base_form_class = RecordedPageForm
    parent_page_types = ["learning.CataloguePage"]
    subpage_types: list[str] = []
    template = "learning/webinars/webinar_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("minutes")]),
        InlinePanel("speakers", label=_("Speakers")),
        FieldPanel("objectives"),
        FieldPanel("audience"),
        FieldPanel("trainers"),
        HelpPanel(
            content=_(
                "The link to the meeting tool is not written here: give it in the professional space, "
                "on the page of the webinar, where you also see who is registered."
            )
        ),
        MultiFieldPanel(
            [
                MediaChooserPanel("recording", media_type="video"),
                FieldPanel("recording_is_public"),
                FieldPanel("share"),
                InlinePanel("chapters", label=_("Chapters")),
            ],
            heading=_("Replay"),
        ),
        InlinePanel("documents", label=_("Documents for members")),
        MultiFieldPanel(
            [FieldPanel("source"), FieldPanel("source_date"), FieldPanel("is_fictitious")],
            heading=_("Where it comes from"),
        ),
    ]
    # Neither the transcript nor the notes: the search is for everybody.
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("objectives"),
        index.SearchField("audience"),
    ]

    personal_data_retention = _("Speakers and team are named as long as the page says so.")

    class Meta:
        verbose_name = _("webinar")
        verbose_name_plural = _("webinars")

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)

    @property
    def length(self) -> float:
        """Seconds of the recording; 0 where there is none."""
        return float(self.recording.duration or 0) if self.recording else 0.0

    @property
    def private_files(self) -> set[tuple[str, int]]:
        """What `cms.media_use` does not open with the page: `learning.webinars` says who reads it."""
        if self.recording_is_public or not self.recording_id:
            return set()
        return {("recordings", self.recording_id)}

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        from ..webinars.structured import webinar_data

        webinar = Webinar.objects.filter(uuid=self.translation_key).first()
        return [webinar_data(self, webinar, request)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..webinars.reading import announcement_context

        context = super().get_context(request, *args, **kwargs)
        return context | announcement_context(self, request)


class WebinarSpeaker(Orderable):
    """Who speaks, as the announcement names them."""

    page = ParentalKey(WebinarPage, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=160, blank=True)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("role")])]
    personal_data_retention = _("As long as the page names them.")

    class Meta(Orderable.Meta):
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")

    def __str__(self) -> str:
        return self.name


class WebinarChapter(Orderable):
    """A moment of the recording that one can go to."""

    page = ParentalKey(WebinarPage, on_delete=models.CASCADE, related_name="chapters")
    starts_at = TimecodeField(_("starts at"))
    title = models.CharField(_("title"), max_length=120)

    panels = [FieldRowPanel([FieldPanel("starts_at"), FieldPanel("title")])]

    class Meta(Orderable.Meta):
        verbose_name = _("chapter of a webinar")
        verbose_name_plural = _("chapters of webinars")

    def __str__(self) -> str:
        return self.title


class WebinarDocument(Orderable):
    """A document of a webinar that members alone read."""

    files_are_private = True

    page = ParentalKey(WebinarPage, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(
        "cms.SiteDocument", verbose_name=_("document"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = _("document of a webinar")
        verbose_name_plural = _("documents of webinars")

    def __str__(self) -> str:
        return str(self.document)


# -- What people do -------------------------------------------------------------------------------


class WebinarQuerySet(models.QuerySet["Webinar"]):
    def visible_to(self, user: Any | None) -> Self:
        """Those whose page this person may see."""
        pages = WebinarPage.objects.visible_to(user)
        return self.filter(uuid__in=pages.order_by().values("translation_key"))

    def run_by(self, user: Any) -> Self:
        """Those that this person runs: named in the team; all for the national team."""
        from ..rules import steers

        if not getattr(user, "is_authenticated", False):
            return self.none()
        if steers(user):
            return self
        named = WebinarPage.objects.filter(trainers=user)
        return self.filter(uuid__in=named.order_by().values("translation_key"))

    def coming(self, now: dt.datetime | None = None) -> Self:
        """Announced or live, not called off."""
        now = now or timezone.now()
        return self.filter(
            ends_at__gt=now, cancelled_at=None, ended_at=None, archived_at=None
        ).order_by("starts_at", "pk")


class Webinar(models.Model):
    """The identity of a webinar in all its languages, with what was last announced of it.

    Title, dates and whether there is a recording are those of the French page as it was last published
    (`learning.webinars.announcing`), so that clocks, calendars and lists read one row.
    """

    State = WebinarState

    uuid = models.UUIDField(_("identifier"), unique=True)
    title = models.CharField(_("title"), max_length=255)
    starts_at = models.DateTimeField(_("starts on"), db_index=True)
    ends_at = models.DateTimeField(_("ends on"))
    has_recording = models.BooleanField(default=False)
    is_fictitious = models.BooleanField(default=False)
    meeting_url = models.URLField(
        _("link to the meeting tool"),
        blank=True,
        max_length=500,
        help_text=_(
            "Shown to those registered alone, from a quarter of an hour before until the end."
        ),
    )
    # What the team says goes before the clock.
    opened_at = models.DateTimeField(_("opened on"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("called off on"), null=True, blank=True)
    cancel_reason = models.CharField(_("why it is called off"), max_length=500, blank=True)
    replay_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    # Its page was taken away: it is listed nowhere, nobody loses anything.
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = WebinarQuerySet.as_manager()

    class Meta:
        verbose_name = _("webinar")
        verbose_name_plural = _("webinars")
        ordering = ["-starts_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("learning:webinar", args=[self.uuid])

    def state_at(self, now: dt.datetime | None = None) -> WebinarState:
        """By the clock, unless the team opened it early, ended it or called it off."""
        now = now or timezone.now()
        if self.cancelled_at is not None:
            return WebinarState.CANCELLED
        begun = self.starts_at <= now or self.opened_at is not None
        if not begun:
            return WebinarState.ANNOUNCED
        if self.ended_at is None and now < self.ends_at:
            return WebinarState.LIVE
        return WebinarState.REPLAY if self.has_recording else WebinarState.ENDED

    @property
    def state(self) -> WebinarState:
        return self.state_at()

    def meeting_is_open(self, now: dt.datetime | None = None) -> bool:
        """Whether those registered are shown the link now."""
        now = now or timezone.now()
        state = self.state_at(now)
        if not self.meeting_url or state not in (WebinarState.ANNOUNCED, WebinarState.LIVE):
            return False
        return state == WebinarState.LIVE or now >= self.starts_at - OPENS_BEFORE


class WebinarRegistrationQuerySet(models.QuerySet["WebinarRegistration"]):
    def visible_to(self, user: Any | None) -> Self:
        """One's own; those of one's team, while it lasts; those of the webinars that one runs."""
        from ..webinars.rules import rows_seen_by

        return rows_seen_by(self, user)

    def in_force(self) -> Self:
        return self.filter(cancelled_at=None)


class WebinarRegistration(models.Model):
    """Somebody says that they come, and may take it back. What their calendar was told last is kept."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    webinar = models.ForeignKey(
        Webinar, verbose_name=_("webinar"), on_delete=models.PROTECT, related_name="registrations"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="webinar_registrations",
    )
    created_at = models.DateTimeField(_("registered on"), default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(_("cancelled on"), null=True, blank=True)
    # RFC 5546: the sequence rises at each mail, through a cancellation and a new registration.
    sequence = models.PositiveIntegerField(default=0, editable=False)
    told = models.CharField(
        max_length=7, choices=CalendarMethod.choices, blank=True, editable=False
    )
    told_at = models.DateTimeField(null=True, blank=True, editable=False)
    fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    objects = WebinarRegistrationQuerySet.as_manager()

    personal_data_retention = _("As long as the account; then without a name.")

    class Meta:
        verbose_name = _("registration for a webinar")
        verbose_name_plural = _("registrations for webinars")
        ordering = ["created_at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["webinar", "user"], name="webinar_registered_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.webinar}"


class WebinarPresence(models.Model):
    """Who was there live (they opened the meeting, or the team says so) and who watched the replay."""

    Place = WebinarPlace

    webinar = models.ForeignKey(
        Webinar, verbose_name=_("webinar"), on_delete=models.PROTECT, related_name="presences"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="webinar_presences",
    )
    joined_at = models.DateTimeField(_("opened the meeting on"), null=True, blank=True)
    # What the team says goes before what the link says. None: nothing was said.
    declared = models.BooleanField(_("present, as the team says"), null=True)
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    declared_at = models.DateTimeField(null=True, blank=True)
    replay_started_at = models.DateTimeField(_("began the replay on"), null=True, blank=True)
    replay_last_at = models.DateTimeField(_("last seen on"), null=True, blank=True)
    # Distinct spans of the recording, in seconds, and how long (on the clock) playing them took.
    played = models.JSONField(_("spans played"), default=list, blank=True)
    played_for = models.FloatField(default=0)
    place = models.JSONField(_("where to resume"), default=dict, blank=True)
    replay_done_at = models.DateTimeField(_("replay seen on"), null=True, blank=True)
    # The replay was marked as seen by the person, rather than watched.
    marked = models.BooleanField(default=False)

    objects = WebinarRegistrationQuerySet.as_manager()

    personal_data_retention = _("As long as the account; then without a name.")

    class Meta:
        verbose_name = _("presence at a webinar")
        verbose_name_plural = _("presences at webinars")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["webinar", "user"], name="webinar_presence_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.webinar}"

    @property
    def was_live(self) -> bool:
        return self.joined_at is not None if self.declared is None else self.declared

    @property
    def is_complete(self) -> bool:
        """There live, or the replay seen."""
        return self.was_live or self.replay_done_at is not None


class WebinarNoteQuerySet(models.QuerySet["WebinarNote"]):
    def visible_to(self, user: Any | None) -> Self:
        """The team's, to whoever may follow the webinar; one's own, to oneself alone."""
        from ..rules import is_member_of_the_network

        shown = self.filter(deleted_at=None)
        if not is_member_of_the_network(user):
            return shown.none()
        seen = Webinar.objects.visible_to(user).values("pk")
        return shown.filter(Q(is_public=True) | Q(author=user), webinar__in=seen)


class WebinarNote(models.Model):
    """A note at a moment of the recording: the team's, which all viewers read, or one's own."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    webinar = models.ForeignKey(
        Webinar, verbose_name=_("webinar"), on_delete=models.PROTECT, related_name="notes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="webinar_notes",
    )
    moment = models.PositiveIntegerField(_("moment (seconds)"))
    text = models.TextField(_("note"), max_length=LONGEST_NOTE)
    is_public = models.BooleanField(_("all viewers read it"), default=False)
    # The same form sent twice is one note.
    submission = models.UUIDField(editable=False)
    created_at = models.DateTimeField(_("written on"), default=timezone.now)
    edited_at = models.DateTimeField(_("corrected on"), null=True, blank=True)
    # It can be put back for 30 days, then it is erased.
    deleted_at = models.DateTimeField(_("deleted on"), null=True, blank=True)

    objects = WebinarNoteQuerySet.as_manager()

    personal_data_retention = _(
        "Private notes: as long as the account. Those of the team: as the webinar."
    )

    class Meta:
        verbose_name = _("note of a webinar")
        verbose_name_plural = _("notes of webinars")
        ordering = ["moment", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["author", "submission"], name="webinar_note_once")
        ]
        indexes = [models.Index(fields=["webinar", "is_public"], name="note_of_webinar")]

    def __str__(self) -> str:
        return self.text[:60]


class WebinarMessage(models.Model):
    """A message of the team to people of a webinar: written once, sent once to each, kept."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(unique=True, editable=False)
    webinar = models.ForeignKey(
        Webinar, verbose_name=_("webinar"), on_delete=models.PROTECT, related_name="messages"
    )
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sender"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    audience = models.CharField(_("to"), max_length=12, choices=Audience.choices)
    recipients = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("message"), max_length=5000)
    sent_at = models.DateTimeField(_("sent on"), default=timezone.now)

    personal_data_retention = _("Two years after the webinar.")

    class Meta:
        verbose_name = _("message to people of a webinar")
        verbose_name_plural = _("messages to people of webinars")
        ordering = ["-sent_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.subject
