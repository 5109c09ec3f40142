"""Blocks of the home page: what an editor arranges there, besides the blocks of any page.

A block whose Meta says `full_width` draws its own frame; the others stand in the page's column.
"""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from bulletin.queries import latest_issue
from cms import registry
from cms.blocks import BodyStreamBlock, LinkBlock, StructBlock, samples
from cms.blocks.data import AgendaItemBlock
from cms.blocks.links import ShownPageBlock
from cms.blocks.media import VideoBlock
from cms.blocks.text import RichTextBlock
from cms.queries import cards_for


class HeroBlock(StructBlock):
    """The opening of the home page: what this is, and the search of a Maison."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False)
    links = blocks.ListBlock(LinkBlock(), label=_("Links under the search"), max_num=4, default=[])

    class Meta:
        label = _("Opening with search")
        icon = "search"
        template = "home/blocks/hero.html"
        full_width = True
        description = _("The heading of the home page, the search of a Maison and the map.")
        preview_value = {
            "heading": "Une Maison près de chez vous",
            "text": "Emploi, retraite, santé, famille : un agent vous reçoit et vous accompagne.",
            "links": [],
        }


class LatestIssueBlock(StructBlock):
    """The newest issue of the Bulletin that the reader may see: one article leads, others follow."""

    lead_section = blocks.ChoiceBlock(
        label=_("Article set large"),
        choices=[("zoom", _("The first “zoom”")), ("first", _("The first article"))],
        default="zoom",
    )
    count = blocks.IntegerBlock(
        label=_("Other articles shown"), default=4, min_value=1, max_value=8
    )

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        request = (parent_context or {}).get("request")
        context["issue"] = latest_issue(
            getattr(request, "user", None),
            lead_section=value["lead_section"],
            count=value["count"] or 4,
            language=getattr(request, "LANGUAGE_CODE", "fr"),
        )
        return context

    class Meta:
        label = _("Latest Bulletin")
        icon = "doc-full-inverse"
        template = "home/blocks/latest_issue.html"
        full_width = True
        description = _(
            "The newest issue, by itself: nothing to update when the next one is published."
        )
        preview_value = {"lead_section": "zoom", "count": 4}


class AgendaBlock(StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False)
    events = blocks.ListBlock(AgendaItemBlock(), label=_("Dates"), min_num=1)

    class Meta:
        label = _("Agenda")
        icon = "date"
        template = "home/blocks/agenda.html"
        full_width = True
        description = _("Dates of the network, in the order given.")
        preview_value = {
            "title": "Agenda",
            "text": "Rencontres, formations, ateliers du réseau.",
            "events": [
                {
                    "title": "Assises nationales de la médiation numérique",
                    "start": dt.date(2016, 11, 23),
                    "end": dt.date(2016, 11, 25),
                    "place": "Mende (Lozère)",
                    "text": "",
                }
            ],
        }


class PointBlock(StructBlock):
    icon = blocks.ChoiceBlock(
        label=_("Icon"),
        choices=[
            ("house", _("House")),
            ("users", _("People")),
            ("monitor", _("Screen")),
            ("building-2", _("Operators")),
            ("map-pin", _("Place")),
            ("shield-check", _("Rights")),
        ],
        default="house",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=60)
    text = blocks.TextBlock(label=_("Text"), rows=2, max_length=240)

    class Meta:
        label = _("Point")


class GlanceBlock(StructBlock):
    """What a Maison is, in one glance: three or four points, and where to read more."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), rows=3, required=False)
    points = blocks.ListBlock(PointBlock(), label=_("Points"), min_num=2, max_num=4)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), max_num=2, default=[])

    class Meta:
        label = _("In one glance")
        icon = "glasses"
        template = "home/blocks/glance.html"
        full_width = True
        description = _("A few points with their icons, for those who discover the Maisons.")
        preview_value = {
            "title": "Une Maison, c’est quoi ?",
            "text": "Un lieu où l’on vient sans savoir à qui s’adresser.",
            "points": [
                {"icon": "users", "title": "Un agent", "text": "Il écoute et accompagne."},
                {"icon": "building-2", "title": "Plusieurs services", "text": "Au même endroit."},
            ],
            "links": [],
        }


class GuidedTourBlock(VideoBlock):
    """A short recording beside a few words: the visit of a Maison."""

    text = blocks.TextBlock(label=_("Text"), rows=3, required=False)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), max_num=2, default=[])

    def get_preview_value(self):
        return self.to_python(
            {
                "video": samples.recording(),
                "title": "Visite guidée",
                "caption": "",
                "text": "Deux minutes pour pousser la porte.",
                "links": [],
            }
        )

    class Meta:
        label = _("Guided tour")
        icon = "media"
        template = "home/blocks/guided_tour.html"
        full_width = True
        description = _("A short video with its captions and transcript, beside a few words.")


class LeadStoryBlock(StructBlock):
    """One page set large. It stays away when the reader may not see it."""

    page = ShownPageBlock(label=_("Page"))
    kicker = blocks.CharBlock(label=_("Words above the title"), required=False, max_length=60)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["request"] = request = (parent_context or {}).get("request")
        page = value.get("page")
        context["story"] = next(iter(cards_for([page], request)), None) if page else None
        return context

    def get_preview_value(self):
        page = next(iter(samples.pages(1)), None)
        return self.to_python({"page": page, "kicker": "À la une"})

    class Meta:
        label = _("Lead story")
        icon = "pick"
        template = "home/blocks/lead_story.html"
        full_width = True
        description = _("One page of the site, set large with its picture.")


def section_choices() -> list[tuple[str, Any]]:
    """The sections that apps propose (`cms.registry.home_sections`)."""
    return [(key, section.label) for key, section in registry.home_sections.items()]


class SectionBlock(StructBlock):
    """What is newest in a part of the site, by itself; away while there is nothing to show."""

    section = blocks.ChoiceBlock(label=_("Part of the site"), choices=section_choices)
    title = blocks.CharBlock(
        label=_("Title"), required=False, help_text=_("Empty: the name of that part.")
    )
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=8)
    band = blocks.BooleanBlock(label=_("On a coloured band"), required=False)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        context["request"] = request = (parent_context or {}).get("request")
        provider = registry.home_sections.get(value.get("section") or "")
        shown = provider.context(request, value.get("count") or 3) if provider else None
        context["title"] = value.get("title") or ""
        context["section_template"] = provider.template if shown is not None else ""
        return context | (shown or {})

    class Meta:
        label = _("Section of the site")
        icon = "grid"
        template = "home/blocks/section.html"
        full_width = True
        description = _(
            "The newest of a part of the site (news, agenda, videos…): nothing to update."
        )
        preview_value = {"section": "news", "title": "", "count": 3, "band": False}


class BandBlock(StructBlock):
    """A few sentences on a coloured band, with where to go: an announcement, an invitation."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = RichTextBlock(label=_("Text"))
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), max_num=3, default=[])
    tone = blocks.ChoiceBlock(
        label=_("Tone"), choices=[("quiet", _("Quiet")), ("deep", _("Strong"))], default="quiet"
    )

    class Meta:
        label = _("Band of text")
        icon = "form"
        template = "home/blocks/band.html"
        full_width = True
        description = _("A title and a few sentences that stand out, with one to three links.")
        preview_value = {
            "title": "Vous êtes un acteur local ?",
            "text": "<p>Le parcours pour créer une Maison, pas à pas.</p>",
            "links": [],
            "tone": "deep",
        }


class HomeStreamBlock(BodyStreamBlock):
    hero = HeroBlock(group=_("Home page"))
    glance = GlanceBlock(group=_("Home page"))
    guided_tour = GuidedTourBlock(group=_("Home page"))
    lead_story = LeadStoryBlock(group=_("Home page"))
    latest_issue = LatestIssueBlock(group=_("Home page"))
    section = SectionBlock(group=_("Home page"))
    band = BandBlock(group=_("Home page"))
    agenda = AgendaBlock(group=_("Home page"))

    class Meta:
        required = False
        template = "home/blocks/stream.html"
