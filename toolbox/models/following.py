"""Who follows what, and what was told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Follow(models.Model):
    """A person wants to be told when an article changes."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    article = models.ForeignKey(
        "toolbox.ToolboxArticlePage",
        verbose_name=_("article"),
        on_delete=models.CASCADE,
        related_name="follows",
    )
    since = models.DateTimeField(_("since"), auto_now_add=True)

    personal_data_retention = _("Until the person stops following, or erases their account.")

    class Meta:
        verbose_name = _("article followed")
        verbose_name_plural = _("articles followed")
        constraints = [
            models.UniqueConstraint(fields=["user", "article"], name="toolbox_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.article_id}"


class ArticleChange(models.Model):
    """A publication that changed something worth telling; the first one is the article's arrival."""

    article = models.ForeignKey(
        "toolbox.ToolboxArticlePage", on_delete=models.CASCADE, related_name="changes"
    )
    at = models.DateTimeField(_("date and time"), auto_now_add=True)
    note = models.CharField(_("what changed"), max_length=255, blank=True)
    # The identifiers of the files' versions, whether it is archived, and what its editors wrote.
    state = models.JSONField(_("state told"), default=dict)

    class Meta:
        verbose_name = _("change of an article")
        verbose_name_plural = _("changes of articles")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.note}"
