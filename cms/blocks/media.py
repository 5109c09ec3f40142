"""Blocks of pictures, recordings and files."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtailmedia.blocks import VideoChooserBlock

from .base import StructBlock
from .text import RichTextBlock


class PictureBlock(StructBlock):
    """A picture with its alternative-text decision; the credit falls back to the picture's own."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)
    credit = blocks.CharBlock(label=_("Credit"), required=False)

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "blocks/image.html"
        description = _("One picture, described or declared decorative, with its credit.")


class GalleryBlock(StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    images = blocks.ListBlock(PictureBlock(), label=_("Pictures"), min_num=2, max_num=24)

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

    class Meta:
        label = _("Video")
        icon = "media"
        template = "blocks/video.html"
        description = _("A recording with its captions and its transcript.")


class DocumentsBlock(StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    documents = blocks.ListBlock(DocumentChooserBlock(), label=_("Documents"), min_num=1)

    class Meta:
        label = _("Documents")
        icon = "doc-full-inverse"
        template = "blocks/documents.html"
        description = _("Files to download, with their format and size.")


class PartnerBlock(StructBlock):
    name = blocks.CharBlock(label=_("Name"))
    description = RichTextBlock(label=_("What they do"))
    logo = ImageChooserBlock(label=_("Logo"), required=False)
    url = blocks.URLBlock(label=_("Website"), required=False)

    class Meta:
        label = _("Partner")
        icon = "group"
        template = "blocks/partner.html"
        description = _("A partner, its mission and where to find it.")
        preview_value = {
            "name": "Défenseur des droits",
            "description": "<p>Toute personne peut le saisir, directement et gratuitement.</p>",
            "url": "https://www.defenseurdesdroits.fr/",
        }
