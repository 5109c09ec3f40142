"""The agenda: events of the network, with their place, their programme and what came of them."""

from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.search import index

from cms.blocks import BodyStreamBlock
from cms.fields import StreamField
from cms.listings import FilterForm
from cms.templatetags.theme_tags import day

from ..blocks import ProgrammeSlotBlock
from ..forms import AgendaFilters
from ..kinds import EventKind, EventStatus
from ..times import PARIS, EventTimes
from .base import ListingIndexPage, NewsroomPage


class AgendaPage(ListingIndexPage):
    """Coming events, and past ones with their reports."""

    filter_form = AgendaFilters
    subpage_types = ["newsroom.EventPage"]
    template = "newsroom/agenda.html"

    class Meta:
        verbose_name = _("agenda")

    def entries(self, request: HttpRequest, form: FilterForm) -> Any:
        from ..queries import events, in_period

        return in_period(events(self, request.user), form.value("periode"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading import agenda_context

        context = super().get_context(request, *args, **kwargs)
        return context | agenda_context(self, context["listing"], request)

    @path("calendrier/", name="calendar")
    def calendar(self, request: HttpRequest) -> HttpResponse:
        from ..feeds import agenda_calendar

        return agenda_calendar(self, request)


class EventPage(RoutablePageMixin, NewsroomPage):
    """An event. Its dates and hours are those of the clock where it takes place."""

    Kind = EventKind
    Status = EventStatus

    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.MEETING)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status.choices,
        default=Status.PLANNED,
        help_text=_("A cancelled event stays in the agenda, where people look for it."),
    )
    status_note = models.CharField(_("why, and what to do"), max_length=255, blank=True)
    first_announced_for = models.DateField(
        _("first announced for"),
        null=True,
        blank=True,
        help_text=_(
            "Of a postponed event whose new date is known: the day that was announced before. Leave "
            "it empty while the new date is not known."
        ),
    )

    starts_on = models.DateField(_("first day"))
    starts_time = models.TimeField(
        _("from"), null=True, blank=True, help_text=_("Empty: the whole day.")
    )
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Empty: the same day.")
    )
    ends_time = models.TimeField(_("until"), null=True, blank=True)
    # The same as moments, from which lists are made.
    starts_at = models.DateTimeField(_("start"), editable=False, db_index=True)
    ends_at = models.DateTimeField(_("end"), editable=False, db_index=True)

    venue = models.CharField(_("venue"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=255, blank=True)
    commune = models.ForeignKey(
        "cms.Commune",
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Hours are those of its clock; without a commune, those of Paris."),
    )
    online_url = models.URLField(_("address to take part online"), blank=True)
    organiser = models.CharField(_("organised by"), max_length=255, blank=True)
    audience = models.CharField(_("for whom"), max_length=255, blank=True)
    registration_url = models.URLField(_("address to register"), blank=True)
    registration_until = models.DateField(_("registration until"), null=True, blank=True)
    # Lists say that there is one, without reading it.
    has_report = models.BooleanField(_("has a report"), default=False, editable=False)
    programme = StreamField(
        [("slot", ProgrammeSlotBlock())], verbose_name=_("programme"), blank=True
    )
    report = StreamField(
        BodyStreamBlock(),
        verbose_name=_("report, afterwards"),
        blank=True,
        help_text=_("What was said and decided, with its documents."),
    )

    served_with = (*NewsroomPage.served_with, "commune__department", "calendar")
    parent_page_types = ["newsroom.AgendaPage"]
    subpage_types: list[str] = []
    template = "newsroom/event_page.html"
    content_panels = [
        *NewsroomPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("starts_time")]),
                FieldRowPanel([FieldPanel("ends_on"), FieldPanel("ends_time")]),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("status")]),
                FieldPanel("status_note"),
                FieldPanel("first_announced_for"),
            ],
            heading=_("When"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("venue"),
                FieldPanel("address"),
                FieldPanel("commune"),
                FieldPanel("online_url"),
            ],
            heading=_("Where"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("organiser"), FieldPanel("audience")]),
                FieldRowPanel([FieldPanel("registration_url"), FieldPanel("registration_until")]),
            ],
            heading=_("Taking part"),
        ),
        FieldPanel("programme"),
        *NewsroomPage.body_panels,
        FieldPanel("report"),
        NewsroomPage.source_panel,
    ]
    search_fields = [
        *NewsroomPage.search_fields,
        index.SearchField("venue"),
        index.SearchField("programme"),
        index.SearchField("report"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")

    # -- When and where -------------------------------------------------------------------------

    @property
    def zone(self) -> ZoneInfo:
        return self.commune.department.zone if self.commune else PARIS

    @property
    def times(self) -> EventTimes:
        return EventTimes(self.starts_on, self.starts_time, self.ends_on, self.ends_time, self.zone)

    @property
    def city(self) -> str:
        """« Mende (Lozère) »."""
        if not self.commune:
            return ""
        return f"{self.commune.name} ({self.commune.department.name})"

    @property
    def place(self) -> str:
        """Where it is, on one line."""
        return ", ".join(part for part in (self.venue, self.address, self.city) if part)

    @property
    def date_is_open(self) -> bool:
        """Postponed, and the new date is not known yet."""
        return self.status == self.Status.POSTPONED and self.first_announced_for is None

    @property
    def takes_place(self) -> bool:
        """On the date that it gives."""
        return self.status != self.Status.CANCELLED and not self.date_is_open

    @property
    def status_line(self) -> str:
        """Why it does not take place as announced."""
        said: Any = ""
        if self.status == self.Status.CANCELLED:
            said = _("This event is cancelled.")
        elif self.date_is_open:
            said = _("This event is postponed; the new date will be given here.")
        elif self.first_announced_for:
            said = _("This event, first announced for %(day)s, is postponed.") % {
                "day": day(self.first_announced_for)
            }
        return f"{said} {self.status_note}".strip()

    @property
    def zone_note(self) -> str:
        """Whose clock, where it is not that of Paris."""
        if self.times.whole_days or self.zone.key == PARIS.key or not self.commune:
            return ""
        return _("Local time: %(place)s") % {"place": self.commune.department.name}

    @property
    def sequence(self) -> int:
        """How often it changed since it was published (RFC 5545, 3.8.7.4)."""
        return self._calendar.sequence if self._calendar else 0

    @cached_property
    def _calendar(self) -> "EventCalendar | None":
        return getattr(self, "calendar", None)

    # -- Keeping it true --------------------------------------------------------------------------

    def clean(self) -> None:
        super().clean()
        errors = self.times.errors() if self.starts_on else {}
        if self.first_announced_for and self.status != self.Status.POSTPONED:
            errors["first_announced_for"] = _("Only a postponed event has an earlier date.")
        if self.registration_until and self.starts_on and self.registration_until > self.times.last:
            errors["registration_until"] = _("Registration ends before the event does.")
        if errors:
            raise ValidationError(errors)

    def _set_moments(self) -> None:
        self.starts_at, self.ends_at = self.times.start, self.times.end
        self.display_date = self.starts_on
        self.has_report = bool(self.report)

    def save(self, *args: Any, update_fields: Any = None, **kwargs: Any) -> None:
        from ..calendars import note_change

        self._set_moments()
        with transaction.atomic():
            super().save(*args, update_fields=update_fields, **kwargs)
            # Saving a draft writes a few columns of the live page, and none that readers see.
            if self.live and (update_fields is None or "starts_on" in update_fields):
                note_change(self)

    # -- Showing it -------------------------------------------------------------------------------

    def get_json_ld(self, request: HttpRequest) -> list[dict[str, Any]]:
        from ..structured import event_data

        return [event_data(self, request)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..reading import event_context

        context = super().get_context(request, *args, **kwargs)
        return context | event_context(self, request)

    @path("calendrier/", name="calendar_entry")
    def calendar_entry(self, request: HttpRequest) -> HttpResponse:
        from ..feeds import event_calendar

        return event_calendar(self, request)


class EventCalendar(models.Model):
    """What calendars that took an event were told of it.

    Apart from the page: publishing an old version of the page must not take the number back.
    """

    event = models.OneToOneField(EventPage, on_delete=models.CASCADE, related_name="calendar")
    sequence = models.PositiveIntegerField(_("number of changes"), default=0)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    changed_at = models.DateTimeField(_("changed on"))

    class Meta:
        verbose_name = _("calendar entry")
        verbose_name_plural = _("calendar entries")

    def __str__(self) -> str:
        return f"{self.event_id}: {self.sequence}"
