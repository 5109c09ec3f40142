"""The blocks from which pages are composed."""

from django.utils.translation import gettext_lazy as _

from .base import InnerStreamBlock
from .data import (
    AgendaItemBlock,
    DepartmentMapBlock,
    KeyFiguresBlock,
    TableBlock,
    TimelineBlock,
)
from .links import CallToActionBlock, CardsBlock, ContactBlock, EmbedBlock
from .media import DocumentsBlock, GalleryBlock, PartnerBlock, PictureBlock, VideoBlock
from .text import (
    AccordionBlock,
    CalloutBlock,
    HeadingBlock,
    InterviewBlock,
    QuoteBlock,
    RichTextBlock,
)


class BodyStreamBlock(InnerStreamBlock):
    """The body of an article or of a page of text."""

    rich_text = RichTextBlock(group=_("Text"))
    heading = HeadingBlock(group=_("Text"))
    quote = QuoteBlock(group=_("Text"))
    interview = InterviewBlock(group=_("Text"))
    callout = CalloutBlock(group=_("Text"))
    accordion = AccordionBlock(group=_("Text"))
    image = PictureBlock(group=_("Pictures and files"))
    gallery = GalleryBlock(group=_("Pictures and files"))
    video = VideoBlock(group=_("Pictures and files"))
    documents = DocumentsBlock(group=_("Pictures and files"))
    key_figures = KeyFiguresBlock(group=_("Data"))
    table = TableBlock(group=_("Data"))
    timeline = TimelineBlock(group=_("Data"))
    department_map = DepartmentMapBlock(group=_("Data"))
    agenda_item = AgendaItemBlock(group=_("Data"))
    cards = CardsBlock(group=_("Links"))
    embed = EmbedBlock(group=_("Links"))
    contact = ContactBlock(group=_("Links"))
    partner = PartnerBlock(group=_("Links"))
    cta = CallToActionBlock(group=_("Links"))

    class Meta:
        required = False
        template = "blocks/stream.html"
