"""Blocks of prose."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .base import StructBlock, TranslatedBlock

RICH_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link", "footnotes"]


class RichTextBlock(TranslatedBlock, blocks.RichTextBlock):
    """Paragraphs, lists, links and notes; headings are blocks of their own."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        template = "blocks/rich_text.html"
        description = _("Paragraphs, lists, links and footnotes.")
        preview_value = (
            "<p>La Maison tient la liste des trajets et met en relation celles et ceux qui les partagent.</p>"
            "<ul><li>On s’inscrit une fois.</li><li>On appelle quand on veut partir.</li></ul>"
        )


class HeadingBlock(StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=160)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("h2", _("Section")), ("h3", _("Sub-section"))], default="h2"
    )

    class Meta:
        label = _("Heading")
        icon = "title"
        template = "blocks/heading.html"
        form_classname = "struct-block heading-block"
        description = _("Opens a section; long articles list them in a table of contents.")
        preview_value = {"text": "Comment ça marche", "level": "h2"}


class QuoteBlock(StructBlock):
    text = blocks.TextBlock(label=_("Text"), rows=3)
    author = blocks.CharBlock(label=_("Author"), required=False)
    role = blocks.CharBlock(label=_("Role of the author"), required=False)

    class Meta:
        label = _("Pull quote")
        icon = "openquote"
        template = "blocks/quote.html"
        description = _("One strong sentence, set large, with its author and their role.")
        preview_value = {
            "text": "Le conducteur n’est pas payé en euros : il dépense ses « Y’acas » au village.",
            "author": "La rédaction",
            "role": "",
        }


class ExchangeBlock(StructBlock):
    question = blocks.TextBlock(label=_("Question"), rows=2)
    answer = RichTextBlock(label=_("Answer"))

    class Meta:
        label = _("Question and answer")


class InterviewBlock(StructBlock):
    person = blocks.CharBlock(label=_("Person interviewed"))
    role = blocks.CharBlock(label=_("Role"), required=False)
    introduction = RichTextBlock(label=_("Introduction"), required=False)
    exchanges = blocks.ListBlock(ExchangeBlock(), label=_("Questions and answers"), min_num=1)

    class Meta:
        label = _("Interview")
        icon = "comment"
        template = "blocks/interview.html"
        description = _("Questions and answers with one person.")
        preview_value = {
            "person": "L’agente d’accueil",
            "role": "Maison de Lacaune",
            "introduction": "<p>Elle tient seule la Maison depuis son ouverture.</p>",
            "exchanges": [
                {
                    "question": "Comment assure-t-on seule la gestion d’une Maison ?",
                    "answer": "<p>Elle partage sa semaine entre l’accueil et la recherche de partenaires.</p>",
                }
            ],
        }


class CalloutBlock(StructBlock):
    tone = blocks.ChoiceBlock(
        label=_("Tone"),
        choices=[
            ("info", _("Information")),
            ("warning", _("Warning")),
            ("success", _("Good practice")),
        ],
        default="info",
    )
    title = blocks.CharBlock(label=_("Title"), required=False)
    text = RichTextBlock(label=_("Text"))

    class Meta:
        label = _("Call-out")
        icon = "info-circle"
        template = "blocks/callout.html"
        description = _("Something not to be missed, set apart from the text.")
        preview_value = {
            "tone": "info",
            "title": "Bon à savoir",
            "text": "<p>Les agents ne remplacent pas les conseillers des opérateurs.</p>",
        }


class AccordionItemBlock(StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = RichTextBlock(label=_("Text"))

    class Meta:
        label = _("Section")


class AccordionBlock(StructBlock):
    items = blocks.ListBlock(AccordionItemBlock(), label=_("Sections"), min_num=1)

    class Meta:
        label = _("Accordion")
        icon = "list-ul"
        template = "blocks/accordion.html"
        description = _("Sections that open one by one. Use it for reference, not for the story.")
        preview_value = {
            "items": [
                {
                    "title": "Qui peut s’inscrire ?",
                    "text": "<p>Toute personne, avec une pièce d’identité.</p>",
                },
                {"title": "Combien cela coûte-t-il ?", "text": "<p>Rien pour l’inscription.</p>"},
            ]
        }
