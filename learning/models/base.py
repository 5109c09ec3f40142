"""What several models of training share."""

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(TypeError):
    """What happened is not rewritten."""


class AppendOnlyModel(models.Model):
    """A row that is written once: neither changed nor taken away. Raises AppendOnly."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly(f"{self._meta.label} is written once.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly(f"{self._meta.label} is never taken away.")


class KeptMessage(models.Model):
    """A message to several people, as it was sent. `token` names the form: sent twice, it is one."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    token = models.UUIDField(unique=True, editable=False)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("message"), max_length=5000)
    with_address = models.BooleanField(_("answers go to the sender’s own address"), default=False)
    sent_at = models.DateTimeField(_("sent on"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-sent_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.subject


class ImportBatch(models.Model):
    """What was read of a file that somebody sent, kept for a while and not yet written."""

    uuid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("read by"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    filename = models.CharField(_("name of the file"), max_length=255)
    created_at = models.DateTimeField(_("read on"), auto_now_add=True)

    personal_data_retention = _("Thirty days after the file was read.")

    class Meta:
        abstract = True
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return self.filename


class ImportedPerson(models.Model):
    """A line of a list of people: whom it names, and why it is or is not taken."""

    line = models.PositiveIntegerField(_("line"))
    said = models.CharField(_("what the line says"), max_length=300)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    reason = models.CharField(_("why"), max_length=300, blank=True)

    personal_data_retention = _("As the list that holds it.")

    class Meta:
        abstract = True
        ordering = ["line", "pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.line}: {self.said}"
