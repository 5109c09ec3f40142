"""Blocks of pictures, recordings and files."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtailmedia.blocks import VideoChooserBlock

from . import samples
from .base import StructBlock
from .text import RichTextBlock


def with_renditions(images: list[Any]) -> list[Any]:
    """The same images, with their renditions read at once: a page of pictures costs one query."""
    prefetch_related_objects([image for image in images if image], "renditions")
    return images


class PictureChooserBlock(ImageChooserBlock):
    def bulk_to_python(self, values: Any) -> list[Any]:
        return with_renditions(super().bulk_to_python(values))


class DescribedImageBlock(ImageBlock):
    """A picture that is described for this place, or declared decorative."""

    def bulk_to_python(self, values: Any) -> list[Any]:
        return with_renditions(super().bulk_to_python(values))


class PictureBlock(StructBlock):
    """A picture with its alternative-text decision; the credit falls back to the picture's own."""

    image = DescribedImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)
    credit = blocks.CharBlock(
        label=_("Credit"),
        required=False,
        help_text=_("Leave empty to show the credit of the picture itself."),
    )

    def get_preview_value(self):
        found = samples.images(1)
        return self.to_python(found[0]) if found else self.get_default()

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "blocks/image.html"
        description = _("One picture, described or declared decorative, with its credit.")


class GalleryBlock(StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    images = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=2, max_num=24)

    def get_preview_value(self):
        return self.to_python({"title": "La tournée en images", "images": samples.images(4)})

    class Meta:
        label = _("Gallery")
        icon = "image"
        template = "blocks/gallery.html"
        description = _("Several pictures, each with its own caption.")


class RecordingChooserBlock(VideoChooserBlock):
    """Chooses a recording; how it is shown is the affair of the block around it."""

    def render_basic(self, value, context=None):
        return str(value) if value else ""

    @cached_property
    def widget(self):
        from wagtailmedia.widgets import AdminVideoChooser

        return AdminVideoChooser()


class VideoBlock(StructBlock):
    video = RecordingChooserBlock(label=_("Recording"))
    title = blocks.CharBlock(label=_("Title"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    def clean(self, value):
        result = super().clean(value)
        recording = result.get("video")
        if recording and not self.is_deferred_validation and not recording.transcript.strip():
            raise blocks.StructBlockValidationError(
                block_errors={
                    "video": ValidationError(
                        _("This recording has no transcript: add it to the recording first.")
                    )
                }
            )
        return result

    def get_preview_value(self):
        return self.to_python(
            {"video": samples.recording(), "title": "Visite d’une Maison", "caption": ""}
        )

    class Meta:
        label = _("Video")
        icon = "media"
        template = "blocks/video.html"
        description = _("A recording with its captions and its transcript.")


class DocumentsBlock(StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Documents"), min_num=1)

    def get_preview_value(self):
        return self.to_python({"title": "À télécharger", "documents": samples.documents(3)})

    class Meta:
        label = _("Documents")
        icon = "doc-full-inverse"
        template = "blocks/documents.html"
        description = _("Files to download, with their format and size.")


class PartnerBlock(StructBlock):
    name = blocks.CharBlock(label=_("Name"))
    description = RichTextBlock(label=_("What they do"))
    logo = PictureChooserBlock(label=_("Logo"), required=False)
    url = blocks.URLBlock(label=_("Website"), required=False)

    def get_preview_value(self):
        return self.to_python(
            {
                "name": "Défenseur des droits",
                "description": "<p>Toute personne peut le saisir, directement et gratuitement.</p>",
                "logo": samples.logo(),
                "url": "https://www.defenseurdesdroits.fr/",
            }
        )

    class Meta:
        label = _("Partner")
        icon = "group"
        template = "blocks/partner.html"
        description = _("A partner, its mission and where to find it.")
