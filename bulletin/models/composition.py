"""The order of an issue as its editors arrange it, apart from the order that readers see.

Readers are served `ArticlePage.section` and `ArticlePage.position`; editors move `Placement`s.
Publishing the issue copies the second onto the first.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .sections import Section


class Composition(models.Model):
    """The arrangement of one issue. `version` rises by one with each change."""

    issue = models.OneToOneField(
        "bulletin.IssuePage", on_delete=models.CASCADE, related_name="composition"
    )
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        verbose_name = _("composition")
        verbose_name_plural = _("compositions")

    def __str__(self) -> str:
        return f"{self.issue_id} v{self.version}"


class CompositionChange(models.Model):
    """What somebody changed in an arrangement, to tell it to whoever worked on it meanwhile."""

    composition = models.ForeignKey(Composition, on_delete=models.CASCADE, related_name="changes")
    version = models.PositiveIntegerField(_("version"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("date and time"), auto_now_add=True)
    # [{"action": "moved" | "added" | "removed", "article": title, "section": code}]
    changes = models.JSONField(_("changes"), default=list)

    personal_data_retention = _("As long as the issue; anonymous once the account is erased.")

    class Meta:
        verbose_name = _("change of composition")
        verbose_name_plural = _("changes of composition")
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["composition", "version"], name="bulletin_one_change_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"v{self.version}"


class Placement(models.Model):
    """Where an article stands in its issue."""

    composition = models.ForeignKey(
        Composition, on_delete=models.CASCADE, related_name="placements"
    )
    article = models.OneToOneField(
        "bulletin.ArticlePage", on_delete=models.CASCADE, related_name="placement"
    )
    section = models.CharField(_("section"), max_length=20, choices=Section.choices)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("place in the issue")
        verbose_name_plural = _("places in the issue")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.section} {self.position}"
