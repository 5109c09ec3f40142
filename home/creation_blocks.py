"""Blocks of a step of the path: by bearer, by actor, and what often goes wrong."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.blocks import StructBlock
from cms.blocks.text import AccordionItemBlock, RichTextBlock
from maisons.models import HostOrganisation

_OTHER = HostOrganisation.Kind.OTHER
BEARERS = [(kind.value, kind.label) for kind in HostOrganisation.Kind if kind != _OTHER]


class BearerBlock(StructBlock):
    bearer = blocks.ChoiceBlock(label=_("Bearer"), choices=BEARERS)
    text = RichTextBlock(label=_("What changes"))
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        label = _("Case of a bearer")
        icon = "group"
        template = "home/blocks/bearer.html"
        description = _("What a local authority, an association, a group or La Poste does here.")
        preview_value = {
            "bearer": "la-poste",
            "text": "<p>Une convention locale spécifique est signée.</p>",
            "source": "Bulletin, édition spéciale, 2016",
        }


class BearersBlock(blocks.StreamBlock):
    bearer = BearerBlock()

    class Meta:
        required = False


class ActorBlock(StructBlock):
    actor = blocks.CharBlock(label=_("Actor"), max_length=120)
    text = RichTextBlock(label=_("What they do"))

    class Meta:
        label = _("Actor")
        icon = "user"
        template = "home/blocks/actor.html"
        description = _("Somebody whom the project meets at this step, and what they do.")
        preview_value = {
            "actor": "Le préfet de département",
            "text": "<p>Il reconnaît la Maison.</p>",
        }


class ActorsBlock(blocks.StreamBlock):
    actor = ActorBlock()

    class Meta:
        required = False


class DifficultyBlock(AccordionItemBlock):
    source = blocks.CharBlock(label=_("Source"), required=False, max_length=200)

    class Meta:
        label = _("Difficulty")
        icon = "warning"
        template = "home/blocks/difficulty.html"
        description = _("What often goes wrong at this step, and how others have dealt with it.")
        preview_value = {
            "title": "L’agent est seul",
            "text": "<p>Le réseau départemental aide à le remplacer.</p>",
            "source": "",
        }


class DifficultiesBlock(blocks.StreamBlock):
    difficulty = DifficultyBlock()

    class Meta:
        required = False
