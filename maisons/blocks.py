"""Blocks of the pages of operators."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks.base import StructBlock


class OfferBlock(StructBlock):
    """One service that an agent gives for the operator."""

    title = blocks.CharBlock(label=_("Service"), max_length=120)
    text = blocks.TextBlock(label=_("What is done at the counter"), rows=3, max_length=600)

    class Meta:
        label = _("Service given in the Maisons")
        icon = "check"


class DigitalServiceBlock(StructBlock):
    """A site, an application or an account of the operator."""

    name = blocks.CharBlock(label=_("Name"), max_length=120)
    text = blocks.TextBlock(label=_("What one does with it"), rows=2, max_length=400)
    url = blocks.URLBlock(label=_("Address"), required=False)

    class Meta:
        label = _("Digital service")
        icon = "desktop"


class UsefulLinkBlock(StructBlock):
    """An address that an agent opens often."""

    label = blocks.CharBlock(label=_("Label"), max_length=120)
    url = blocks.URLBlock(label=_("Address"))

    class Meta:
        label = _("Useful link")
        icon = "link"


class OfferStreamBlock(blocks.StreamBlock):
    offer = OfferBlock()

    class Meta:
        required = False


class DigitalServiceStreamBlock(blocks.StreamBlock):
    service = DigitalServiceBlock()

    class Meta:
        required = False


class UsefulLinkStreamBlock(blocks.StreamBlock):
    link = UsefulLinkBlock()

    class Meta:
        required = False
