"""Images, documents and recordings: models of ours from the first migration on."""

from pathlib import PurePosixPath
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, DocumentQuerySet
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    ImageQuerySet,
    WagtailImageField,
    get_rendition_upload_to,
    get_upload_to,
)
from wagtail.images.models import Image as WagtailImage
from wagtailmedia.models import AbstractMedia, MediaQuerySet

from ..storages import private_storage
from .files import FileQuerySet, StoredFile, upload_to

# The address of a rendition holds the identifier, the name and the specification of its filter.
PATH_LENGTH = 255


class SiteImageQuerySet(FileQuerySet, ImageQuerySet):
    pass


class SiteImage(StoredFile, AbstractImage):
    """A picture, with its credit, its rights and what it says to those who do not see it."""

    kind = "images"

    class AltDecision(models.TextChoices):
        DESCRIBED = "described", _("Described")
        DECORATIVE = "decorative", _("Decorative")

    file = WagtailImageField(
        _("file"),
        upload_to=get_upload_to,
        storage=private_storage,
        max_length=PATH_LENGTH,
        width_field="width",
        height_field="height",
    )
    alt_decision = models.CharField(
        _("alternative text"),
        max_length=12,
        choices=AltDecision.choices,
        default=AltDecision.DESCRIBED,
        help_text=_(
            "A picture that says something is described below, for those who do not see it; one "
            "that only adorns is decorative."
        ),
    )
    credit = models.CharField(
        _("credit"), max_length=255, blank=True, help_text=_("Who made it, as it will be shown.")
    )
    rights = models.CharField(
        _("rights"),
        max_length=255,
        blank=True,
        help_text=_("Under which licence or agreement the network may publish it, and until when."),
    )
    consent = models.TextField(
        _("consent of the people shown"),
        blank=True,
        help_text=_("Who agreed to be shown, when, and where the agreement is kept."),
    )

    objects = SiteImageQuerySet.as_manager()

    admin_form_fields = (
        "title",
        "file",
        "alt_decision",
        "description",
        "credit",
        "rights",
        "consent",
        *[
            name
            for name in WagtailImage.admin_form_fields
            if name not in {"title", "file", "description"}
        ],
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Whatever the way in (admin, import, form of a member): no GPS position goes further.
        if self.file and not self.file._committed:  # type: ignore[attr-defined]
            self._drop_metadata()
        super().save(*args, **kwargs)

    def _drop_metadata(self) -> None:
        from ..pictures import without_metadata

        clean = without_metadata(self.file.file)
        if clean is not None:
            clean.name = self.file.name
            self.file = clean
            self._set_image_file_metadata()

    def get_upload_to(self, filename: str) -> str:
        return upload_to(self, filename)

    def stored_names(self) -> list[str]:
        # Readers are given renditions, never the original.
        return [rendition.file.name for rendition in self.renditions.all()]

    def editor_names(self) -> list[str]:
        return [self.file.name]

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
    file = WagtailImageField(
        upload_to=get_rendition_upload_to,
        storage=private_storage,
        max_length=PATH_LENGTH,
        width_field="width",
        height_field="height",
    )

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    def get_upload_to(self, filename: str) -> str:
        """Beside its original: a new picture gives its renditions new addresses too."""
        return str(PurePosixPath(self.image.file.name).with_name(filename))


class SiteDocumentQuerySet(FileQuerySet, DocumentQuerySet):
    pass


class SiteDocument(StoredFile, AbstractDocument):
    """A file that readers download."""

    kind = "documents"

    file = models.FileField(
        _("file"), upload_to=upload_to, storage=private_storage, max_length=PATH_LENGTH
    )

    objects = SiteDocumentQuerySet.as_manager()

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Templates say the size of a file: it must not be read from the storage then.
        if self.file and not self.file._committed:  # type: ignore[attr-defined]
            self._set_document_file_metadata()
        super().save(*args, **kwargs)

    @property
    def url(self) -> str:
        return self.file.url

    def stored_names(self) -> list[str]:
        return [self.file.name]


class SiteMediaQuerySet(FileQuerySet, MediaQuerySet):
    pass


class SiteMedia(StoredFile, AbstractMedia):
    """A recording, with its captions and its transcript."""

    kind = "recordings"

    file = models.FileField(
        _("file"), upload_to=upload_to, storage=private_storage, max_length=PATH_LENGTH
    )
    thumbnail = models.FileField(
        _("picture shown before it plays"),
        upload_to=upload_to,
        storage=private_storage,
        max_length=PATH_LENGTH,
        blank=True,
    )
    captions = models.FileField(
        _("captions (WebVTT)"),
        upload_to=upload_to,
        storage=private_storage,
        max_length=PATH_LENGTH,
        blank=True,
    )
    captions_en = models.FileField(
        _("English captions (WebVTT)"),
        upload_to=upload_to,
        storage=private_storage,
        max_length=PATH_LENGTH,
        blank=True,
    )
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        help_text=_("Everything that is said, and what is seen if it matters."),
    )
    credit = models.CharField(_("credit"), max_length=255, blank=True)

    objects = SiteMediaQuerySet.as_manager()

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

    def stored_names(self) -> list[str]:
        files = (self.file, self.thumbnail, self.captions, self.captions_en)
        return [file.name for file in files if file]
