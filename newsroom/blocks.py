"""Blocks of this app."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import StructBlock
from cms.blocks.text import RichTextBlock


class ProgrammeSlotBlock(StructBlock):
    """What happens at one time of an event."""

    day = blocks.DateBlock(
        label=_("Day"), required=False, help_text=_("For an event of several days.")
    )
    start = blocks.TimeBlock(label=_("From"), required=False)
    end = blocks.TimeBlock(label=_("Until"), required=False)
    title = blocks.CharBlock(label=_("Title"))
    speakers = blocks.CharBlock(label=_("With"), required=False)
    text = RichTextBlock(label=_("Text"), required=False)

    def clean(self, value):
        result = super().clean(value)
        start, end = result.get("start"), result.get("end")
        if start and end and end <= start:
            raise blocks.StructBlockValidationError(
                block_errors={"end": ValidationError(_("It ends before it starts."))}
            )
        return result

    class Meta:
        label = _("Time of the programme")
        icon = "time"
        template = "newsroom/blocks/slot.html"
        description = _("One line of the programme: when, what, with whom.")
        preview_value = {
            "day": None,
            "start": dt.time(9, 30),
            "end": dt.time(10, 30),
            "title": "Ouverture",
            "speakers": "La cellule d’animation nationale",
            "text": "<p>L’année du réseau en dix dates.</p>",
        }
