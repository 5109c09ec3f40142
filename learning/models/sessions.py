"""A session of a module: where, when, with whom, for how many."""

import datetime as dt
import uuid
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..kinds import HOLDING, HalfDayPart, Mode, RegistrationState, SessionKind, SessionState

PARIS = ZoneInfo("Europe/Paris")


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: Any | None) -> Self:
        """Those that this person may see: the only way to list sessions.

        Everybody sees what was announced. A draft is seen by whoever may change it
        (`learning.rules.sessions_prepared_by`).
        """
        from ..rules import sessions_prepared_by, steers

        announced = ~models.Q(state=SessionState.DRAFT)
        if steers(user):
            return self.all()
        if not getattr(user, "is_authenticated", False):
            return self.filter(announced)
        return self.filter(announced | sessions_prepared_by(user))

    def run_by(self, user: Any | None) -> Self:
        """Those that this person runs: named on them, of their operator, or steering training."""
        from ..rules import sessions_run_by, steers

        if steers(user):
            return self.all()
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(sessions_run_by(user))

    def prepared_by(self, user: Any | None) -> Self:
        """Those that this person may change: those they run, and those of their departments."""
        from ..rules import sessions_prepared_by, steers

        if steers(user):
            return self.all()
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(sessions_prepared_by(user))

    def with_times(self) -> Self:
        """With what a line of a list shows, in two queries."""
        return self.select_related("module", "commune__department").prefetch_related("dates")

    def coming(self, now: dt.datetime | None = None) -> Self:
        return self.filter(state=SessionState.OPEN, last_ends_at__gt=now or timezone.now())

    def with_places(self) -> Self:
        """With `held`, the number of places that somebody holds."""
        return self.annotate(held=_registered(*HOLDING))

    def with_queue(self) -> Self:
        """With `waiting` and `requested`: how many wait for a place, or for an approval."""
        return self.annotate(
            waiting=_registered(RegistrationState.WAITING),
            requested=_registered(RegistrationState.REQUESTED),
        )


def _registered(*states: str) -> Coalesce:
    """How many registrations of a session are in these states.

    Counted for each session by itself: a join would group every registration of the network before
    a page of twenty is cut.
    """
    from .registrations import Registration

    rows = Registration.objects.filter(session=models.OuterRef("pk"), state__in=states)
    counted = rows.order_by().values("session").annotate(number=models.Count("pk"))
    return Coalesce(models.Subquery(counted.values("number")), 0)


class Session(models.Model):
    """A session, with one date or several. Never deleted once it was announced."""

    Kind, Mode, State = SessionKind, Mode, SessionState

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    module = models.ForeignKey(
        "learning.TrainingModulePage",
        verbose_name=_("module"),
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    kind = models.CharField(
        _("kind"), max_length=8, choices=SessionKind.choices, default=SessionKind.REGULAR
    )
    mode = models.CharField(_("how"), max_length=10, choices=Mode.choices, default=Mode.IN_PERSON)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=SessionState.choices,
        default=SessionState.DRAFT,
        db_index=True,
    )
    capacity = models.PositiveSmallIntegerField(_("places"), default=12)
    minimum = models.PositiveSmallIntegerField(
        _("smallest number"), default=6, help_text=_("Below it the session may be cancelled.")
    )
    deadline = models.DateTimeField(
        _("registration until"), null=True, blank=True, help_text=_("Empty: until it starts.")
    )
    free_cancellation_days = models.PositiveSmallIntegerField(
        _("cancellation without notice to the manager until (days before)"), default=7
    )
    needs_approval = models.BooleanField(_("a manager approves registrations"), default=False)

    venue = models.CharField(_("venue"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=255, blank=True)
    commune = models.ForeignKey(
        "cms.Commune",
        verbose_name=_("commune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    access = models.TextField(
        _("how to get there"),
        blank=True,
        help_text=_("Station, parking, lift, step-free entrance, loop for hearing aids."),
    )
    meeting_url = models.URLField(
        _("address of the remote room"), blank=True, help_text=_("Told to those registered alone.")
    )
    costs = models.TextField(_("costs"), blank=True)
    trainers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("trainers"),
        blank=True,
        related_name="sessions_run",
    )
    note = models.TextField(_("note for those registered"), blank=True)

    # Bounds of the dates, from which lists are made (`learning.services.sessions`).
    first_starts_at = models.DateTimeField(_("start"), null=True, editable=False, db_index=True)
    last_ends_at = models.DateTimeField(_("end"), null=True, editable=False, db_index=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    is_fictitious = models.BooleanField(_("fictitious"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancel_reason = models.CharField(_("why it is cancelled"), max_length=255, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )

    objects = SessionQuerySet.as_manager()
    held: int  # of a session read `with_places`

    personal_data_retention = _("Trainers are named as long as the record of the session.")

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["first_starts_at", "pk"]
        default_permissions = ("add", "change", "view")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minimum__lte=models.F("capacity")),
                name="session_minimum_fits",
            ),
            models.CheckConstraint(condition=models.Q(capacity__gte=1), name="session_has_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.module.title} – {self.city or self.get_mode_display()}"

    def get_absolute_url(self) -> str:
        return reverse("learning:session", args=[self.uuid])

    @property
    def zone(self) -> ZoneInfo:
        """The clock of the place; remote sessions follow that of Paris."""
        return self.commune.department.zone if self.commune else PARIS

    @property
    def city(self) -> str:
        return self.commune.name if self.commune else ""

    @cached_property
    def current_dates(self) -> list["SessionDate"]:
        """Its dates in order, without those that were taken off."""
        return [date for date in self.dates.all() if date.cancelled_at is None]

    @property
    def closes_at(self) -> dt.datetime | None:
        """Until when one may register."""
        return self.deadline or self.first_starts_at

    def takes_registrations(self, now: dt.datetime | None = None) -> bool:
        now = now or timezone.now()
        until = self.closes_at
        return self.state == SessionState.OPEN and until is not None and now < until

    def has_started(self, now: dt.datetime | None = None) -> bool:
        return self.first_starts_at is not None and self.first_starts_at <= (now or timezone.now())

    def has_ended(self, now: dt.datetime | None = None) -> bool:
        return self.last_ends_at is not None and self.last_ends_at <= (now or timezone.now())


class SessionDate(models.Model):
    """One date of a session: an event of its own in calendars (RFC 5545: its UID is `uuid`)."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(
        Session, verbose_name=_("session"), on_delete=models.CASCADE, related_name="dates"
    )
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    # What calendars were told, and how often it changed since (SEQUENCE).
    sequence = models.PositiveIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("date of a session")
        verbose_name_plural = _("dates of sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="session_date_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.local_start:%Y-%m-%d %H:%M}"

    @property
    def local_start(self) -> dt.datetime:
        return self.starts_at.astimezone(self.session.zone)

    @property
    def local_end(self) -> dt.datetime:
        return self.ends_at.astimezone(self.session.zone)


class HalfDay(models.Model):
    """A half-day of a date: what attendance is signed for. Made from the hours of the date."""

    Part = HalfDayPart

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    date = models.ForeignKey(
        SessionDate, verbose_name=_("date"), on_delete=models.CASCADE, related_name="half_days"
    )
    part = models.CharField(_("half-day"), max_length=2, choices=HalfDayPart.choices)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))

    class Meta:
        verbose_name = _("half-day")
        verbose_name_plural = _("half-days")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["date", "part"], name="half_day_once_a_date")
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.part}"
