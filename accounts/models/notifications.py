"""What people are told, and how each of them wants to be told."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    IMMEDIATE = "immediate", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    NEVER = "never", _("Never")


class NotificationPreference(models.Model):
    """A choice that differs from the kind's default. `mail` is a frequency, `site` a yes or no."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="notification_preferences",
    )
    kind = models.CharField(_("kind"), max_length=80)
    site = models.BooleanField(_("on the site"), default=True)
    mail = models.CharField(
        _("by e-mail"), max_length=10, choices=Frequency.choices, default=Frequency.IMMEDIATE
    )

    personal_data_retention = _("As long as the account.")

    class Meta:
        verbose_name = _("notification choice")
        verbose_name_plural = _("notification choices")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_choice_by_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.mail}"


class Notification(models.Model):
    """One thing told to one person."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.CASCADE,
        related_name="notifications",
    )
    kind = models.CharField(_("kind"), max_length=80)
    key = models.CharField(_("key"), max_length=200)
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("text"), blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    on_site = models.BooleanField(_("on the site"), default=True)
    mail = models.CharField(_("by e-mail"), max_length=10, choices=Frequency.choices)
    created_at = models.DateTimeField(_("date"), auto_now_add=True)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)

    personal_data_retention = _("Erased after one year.")

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="told_once"),
        ]
        indexes = [
            models.Index(fields=["user", "on_site", "read_at"]),
            models.Index(
                fields=["mail", "mailed_at"],
                condition=models.Q(mailed_at__isnull=True),
                name="notification_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.title
