"""Blocks of the home page: what an editor arranges there, besides the blocks of any page."""

import datetime as dt

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from bulletin.queries import latest_issue
from cms.blocks import BodyStreamBlock, LinkBlock, StructBlock
from cms.blocks.data import AgendaItemBlock


class HeroBlock(StructBlock):
    """The opening of the home page: what this is, and the search of a Maison."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), rows=2, required=False)
    links = blocks.ListBlock(LinkBlock(), label=_("Links under the search"), max_num=4, default=[])

    class Meta:
        label = _("Opening with search")
        icon = "search"
        template = "home/blocks/hero.html"
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


class HomeStreamBlock(BodyStreamBlock):
    hero = HeroBlock(group=_("Home page"))
    latest_issue = LatestIssueBlock(group=_("Home page"))
    agenda = AgendaBlock(group=_("Home page"))

    class Meta:
        required = False
        template = "home/blocks/stream.html"
