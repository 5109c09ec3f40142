"""For whom an initiative is. One row per concept, labels in columns, like the themes."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Audience(models.Model):
    """A target public: job seekers, older people, businesses…"""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label_fr = models.CharField(_("French label"), max_length=80)
    label_en = models.CharField(_("English label"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("public")
        verbose_name_plural = _("publics")
        ordering = ["order", "label_fr"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.label_en if (get_language() or "fr").startswith("en") else self.label_fr
