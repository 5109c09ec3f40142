"""The themes that somebody chose to follow."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..kinds import ModuleTheme


class FollowedTheme(models.Model):
    """A theme of the catalogue about which a person wants paths to be proposed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="followed_themes",
    )
    theme = models.CharField(_("theme"), max_length=12, choices=ModuleTheme.choices)
    since = models.DateTimeField(_("since"), default=timezone.now)

    personal_data_retention = _("As long as the person follows the theme, and as the account.")

    class Meta:
        verbose_name = _("theme followed")
        verbose_name_plural = _("themes followed")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["user", "theme"], name="theme_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_theme_display()}"
