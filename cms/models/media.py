"""Images, documents and recordings: models of ours from the first migration on."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtailmedia.models import AbstractMedia


class SiteImage(AbstractImage):
    """A picture, with its credit, its rights and what it says to those who do not see it."""

    class AltDecision(models.TextChoices):
        DESCRIBED = "described", _("Described")
        DECORATIVE = "decorative", _("Decorative")

    alt_decision = models.CharField(
        _("alternative text"),
        max_length=12,
        choices=AltDecision.choices,
        default=AltDecision.DESCRIBED,
    )
    credit = models.CharField(_("credit"), max_length=255, blank=True)
    rights = models.CharField(_("rights"), max_length=255, blank=True)
    consent = models.TextField(_("consent of the people shown"), blank=True)

    admin_form_fields = (
        *WagtailImage.admin_form_fields,
        "alt_decision",
        "credit",
        "rights",
        "consent",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self) -> str:
        """The description, or nothing when the picture was judged decorative."""
        return (
            ""
            if self.alt_decision == self.AltDecision.DECORATIVE
            else (self.description or self.title)
        )


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class SiteDocument(AbstractDocument):
    """A file that readers download."""

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")


class SiteMedia(AbstractMedia):
    """A recording, with its captions and its transcript."""

    captions = models.FileField(_("captions (WebVTT)"), upload_to="captions", blank=True)
    captions_en = models.FileField(_("English captions (WebVTT)"), upload_to="captions", blank=True)
    transcript = models.TextField(_("transcript"), blank=True)
    credit = models.CharField(_("credit"), max_length=255, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "collection",
        "duration",
        "thumbnail",
        "captions",
        "captions_en",
        "transcript",
        "credit",
        "tags",
    )

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
