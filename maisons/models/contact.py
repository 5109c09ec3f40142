"""What people write to the network, to whom it went, and what became of it."""

import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .maisons import Maison


class Desk(models.TextChoices):
    """Who answers, from the nearest to the farthest."""

    MAISON = "maison", _("the Maison")
    DEPARTMENT = "department", _("the prefecture referent")
    NATIONAL = "national", _("the national team")


class ContactRequestQuerySet(models.QuerySet["ContactRequest"]):
    def visible_to(self, user: Any | None) -> Self:
        """Those that this person may read: the only way to list requests.

        What went to a Maison is read by those who manage it, what went to a department by its
        prefecture referent, everything by the national team.
        """
        from ..roles import reach_of

        reach = reach_of(user)
        if reach.everything:
            return self.all()
        if reach.nothing:
            return self.none()
        mine = models.Q(desk=Desk.DEPARTMENT, department__in=reach.departments)
        if reach.managed or reach.host_organisations:
            managed = Maison.objects.managed_by(user).values("pk")
            mine |= models.Q(desk=Desk.MAISON, maison__in=managed)
        return self.filter(mine)

    def addressed_to(self, user: Any | None) -> Self:
        """As above, without what the national team reads and others answer."""
        from ..roles import reach_of

        found = self.visible_to(user)
        return found.filter(desk=Desk.NATIONAL) if reach_of(user).everything else found

    def waiting(self) -> Self:
        """Those that nobody has answered."""
        return self.filter(state__in=ContactRequest.WAITING)

    def late(self, now: dt.datetime | None = None) -> Self:
        """Those that have waited longer than is promised."""
        before = (now or timezone.now()) - ContactRequest.ANSWERED_WITHIN
        return self.waiting().filter(created_at__lte=before)


class ContactRequest(models.Model):
    """One message to the network: who asks, what, and who answers."""

    class State(models.TextChoices):
        NEW = "new", pgettext_lazy("contact request", "new")
        IN_PROGRESS = "in-progress", _("in progress")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", pgettext_lazy("contact request", "closed")

    WAITING = (State.NEW, State.IN_PROGRESS)
    ANSWERED_WITHIN = dt.timedelta(days=5)

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    # The same form sent twice is one request.
    submission = models.CharField(max_length=64, unique=True, editable=False)
    kind = models.CharField(_("subject"), max_length=40, db_index=True)
    about = models.CharField(_("about"), max_length=255, blank=True)
    about_url = models.CharField(_("address of what it is about"), max_length=500, blank=True)

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"))
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    message = models.TextField(_("message"), max_length=4000)
    language = models.CharField(_("language"), max_length=5, default="fr")

    desk = models.CharField(_("addressed to"), max_length=10, choices=Desk.choices)
    maison = models.ForeignKey(
        Maison,
        verbose_name=_("Maison"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contact_requests",
    )
    department = models.ForeignKey(
        "cms.Department",
        verbose_name=_("department"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contact_requests",
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.NEW)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handled by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="contact_requests",
    )
    created_at = models.DateTimeField(_("received on"), default=timezone.now, db_index=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded on"), null=True, blank=True)

    objects = ContactRequestQuerySet.as_manager()

    personal_data_retention = _(
        "Erased twelve months after closing, unless the site has set another delay; closed by itself"
        " 30 days after the answer, or one year after it came."
    )

    class Meta:
        verbose_name = _("contact request")
        verbose_name_plural = _("contact requests")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view", "delete")
        indexes = [models.Index(fields=["desk", "state", "created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(desk="maison") | models.Q(maison__isnull=False),
                name="contact_request_to_a_maison_names_it",
            ),
        ]

    def __str__(self) -> str:
        """Without a name: logs, histories and notifications repeat it."""
        return gettext("%(kind)s, %(date)s") % {
            "kind": self.kind_label,
            "date": timezone.localtime(self.created_at).strftime("%d/%m/%Y"),
        }

    def get_absolute_url(self) -> str:
        return reverse("contact:request", args=[self.uuid])

    @property
    def kind_label(self) -> str:
        from ..contact.kinds import label_of

        return label_of(self.kind)

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING

    @property
    def is_late(self) -> bool:
        return self.is_waiting and self.created_at <= timezone.now() - self.ANSWERED_WITHIN


class ContactEvent(models.Model):
    """One step in the life of a request; never changed."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        TAKEN = "taken", _("Taken in hand")
        NOTE = "note", _("Note")
        ANSWER = "answer", _("Answer recorded")
        CLOSED = "closed", pgettext_lazy("contact event", "Closed")
        REOPENED = "reopened", _("Opened again")
        PASSED_ON = "passed-on", _("Passed on")
        REMINDER = "reminder", _("Reminder sent")

    request = models.ForeignKey(ContactRequest, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("step"), max_length=10, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    text = models.TextField(_("text"), blank=True, max_length=4000)
    at = models.DateTimeField(_("date"), default=timezone.now)

    personal_data_retention = _("Erased with its request.")

    class Meta:
        verbose_name = _("step of a contact request")
        verbose_name_plural = _("steps of contact requests")
        ordering = ["at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.get_kind_display())
