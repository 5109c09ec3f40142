"""The content of a unit: one block, whose name is the code of its type (`learning.paths.unit_types`)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.blocks import BodyStreamBlock, StructBlock
from cms.blocks.media import VideoBlock
from cms.blocks.text import RichTextBlock


class TextUnitBlock(StructBlock):
    body = BodyStreamBlock(label=_("Text"))

    class Meta:
        label = _("To read")
        icon = "doc-full"
        description = _("A text made of blocks.")


class VideoUnitBlock(StructBlock):
    recording = VideoBlock(label=_("Video"))
    introduction = RichTextBlock(label=_("What to look for"), required=False)

    class Meta:
        label = _("Video")
        icon = "media"
        description = _("A recording with captions and transcript.")


class DocumentUnitBlock(StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    introduction = RichTextBlock(label=_("How to read it"))

    class Meta:
        label = _("Document")
        icon = "doc-full-inverse"
        description = _("A file to read, and how to read it.")


class LinkUnitBlock(StructBlock):
    url = blocks.URLBlock(label=_("Address"))
    site = blocks.CharBlock(label=_("Name of the site"), max_length=120)
    introduction = RichTextBlock(label=_("What to do there"))

    class Meta:
        label = _("Elsewhere")
        icon = "link-external"
        description = _("Something to do on another site.")


class SessionUnitBlock(StructBlock):
    module = blocks.PageChooserBlock(label=_("Module"), page_type="learning.TrainingModulePage")
    introduction = RichTextBlock(label=_("Why to come"), required=False)

    class Meta:
        label = _("Session in person")
        icon = "group"
        description = _("A module to attend in person: its coming sessions are shown.")


class UnitContentBlock(blocks.StreamBlock):
    """What a unit is: exactly one of these."""

    text = TextUnitBlock()
    video = VideoUnitBlock()
    document = DocumentUnitBlock()
    link = LinkUnitBlock()
    session = SessionUnitBlock()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"min_num": 1, "max_num": 1, **kwargs})
