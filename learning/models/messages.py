"""The mails of training whose words the national team may change."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import PreviewableMixin, RevisionMixin


class MessageKind(models.TextChoices):
    CONFIRMATION = "confirmation", _("Registration confirmed")
    WAITING = "waiting", _("Waiting list")
    OFFER = "offer", _("A place is offered")
    CHANGE = "change", _("The session changes")
    REMINDER = "reminder", _("Reminder")
    AFTER = "after", _("After the session")
    CANCELLATION = "cancellation", _("Registration cancelled")
    REFUSAL = "refusal", _("Registration refused")


class MessageTemplate(PreviewableMixin, RevisionMixin, models.Model):
    """The words of one kind of mail in one language. Empty: the original text, which is in the code."""

    kind = models.CharField(_("message"), max_length=12, choices=MessageKind.choices)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=150, blank=True)
    body = models.TextField(_("text"), max_length=5000, blank=True)

    class Meta:
        verbose_name = _("message of training")
        verbose_name_plural = _("messages of training")
        ordering = ["pk"]
        default_permissions = ("change", "view")
        constraints = [
            models.UniqueConstraint(fields=["kind", "language"], name="message_once_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_language_display()})"

    def clean(self) -> None:
        from ..messages.fields import unknown_fields

        errors = {}
        for name in ("subject", "body"):
            told = unknown_fields(self.kind, getattr(self, name))
            if told:
                errors[name] = told
        if bool(self.subject.strip()) != bool(self.body.strip()):
            errors.setdefault("subject" if self.body.strip() else "body", _("Write both."))
        if errors:
            raise ValidationError(errors)

    @property
    def state(self) -> str:
        """In words, for the list of the admin."""
        return str(_("Rewritten") if self.subject else _("Original text"))

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "learning/messages/preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from ..messages.preview import example

        return {"letter": example(self), "object": self}


@register_setting(icon="mail")
class TrainingMessageSettings(BaseGenericSetting):
    """When people are reminded of a date."""

    first_reminder = models.PositiveSmallIntegerField(
        _("first reminder (days before)"), default=7, help_text=_("0: no such reminder.")
    )
    second_reminder = models.PositiveSmallIntegerField(
        _("second reminder (days before)"), default=1, help_text=_("0: no such reminder.")
    )

    panels = [FieldPanel("first_reminder"), FieldPanel("second_reminder")]

    class Meta:
        verbose_name = _("reminders of training")

    def clean(self) -> None:
        if self.second_reminder and self.first_reminder <= self.second_reminder:
            raise ValidationError(
                {"first_reminder": _("The first reminder comes before the second.")}
            )
        if self.first_reminder > 60:
            raise ValidationError({"first_reminder": _("At most 60 days before.")})

    @property
    def days(self) -> list[int]:
        """The days before a date at which people are reminded, the nearest first."""
        return sorted({days for days in (self.first_reminder, self.second_reminder) if days})
