"""Blocks of training pages."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import StructBlock


class HalfDayBlock(StructBlock):
    """A half-day of a module's programme."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    points = blocks.ListBlock(
        blocks.CharBlock(max_length=240), label=_("What is done"), min_num=1, max_num=10
    )

    class Meta:
        label = _("Half-day")
        icon = "time"
        template = "learning/blocks/half_day.html"
        description = _("A half-day of the programme: its title and what is done.")
        preview_value = {
            "title": "Accueillir une demande qui n’est pas encore formulée",
            "points": ["Mise en situation à deux", "Ce que l’on dit, ce que l’on ne dit pas"],
        }
