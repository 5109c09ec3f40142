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
