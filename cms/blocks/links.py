"""Blocks that lead elsewhere."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from . import samples
from .base import StructBlock


def require_one_target(value: dict[str, Any]) -> None:
    """A link has a page or an address, not both and not neither."""
    if bool(value.get("page")) == bool(value.get("url")):
        raise blocks.StructBlockValidationError(
            block_errors={
                "url": ValidationError(_("Choose a page or give an address, one of the two."))
            }
        )


class LinkValue(blocks.StructValue):
    """A struct that has `page` or `url`; `href` is whichever is set."""

    @property
    def href(self) -> str:
        page = self.get("page")
        return (page.url or "") if page else (self.get("url") or "")

    @property
    def text(self) -> str:
        """The label in the language shown."""
        english = (get_language() or "fr").startswith("en")
        return (self.get("label_en") if english else "") or self.get("label") or ""


class LinkBlock(StructBlock):
    """An entry of a menu: French and English labels, a page or an address."""

    label = blocks.CharBlock(label=_("Label (French)"), max_length=60)
    label_en = blocks.CharBlock(label=_("Label (English)"), max_length=60, required=False)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.CharBlock(
        label=_("Address"), required=False, help_text=_("/recherche/ or https://…")
    )

    def clean(self, value):
        result = super().clean(value)
        require_one_target(result)
        url = result.get("url") or ""
        if url and not url.startswith(("/", "https://", "http://")):
            raise blocks.StructBlockValidationError(
                block_errors={"url": ValidationError(_("An address starts with / or https://."))}
            )
        return result

    class Meta:
        label = _("Link")
        icon = "link"
        value_class = LinkValue


class LinkGroupBlock(StructBlock):
    """Links under one word, which opens and closes in the menu."""

    label = blocks.CharBlock(label=_("Label (French)"), max_length=60)
    label_en = blocks.CharBlock(label=_("Label (English)"), max_length=60, required=False)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"), min_num=2, max_num=12)

    class Meta:
        label = _("Group of links")
        icon = "list-ul"


class LinkStreamBlock(blocks.StreamBlock):
    link = LinkBlock()
    group = LinkGroupBlock()

    class Meta:
        required = False


class CallToActionBlock(StructBlock):
    title = blocks.CharBlock(label=_("Title"), required=False)
    text = blocks.TextBlock(label=_("Text"), required=False, rows=2)
    label = blocks.CharBlock(label=_("Label of the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Address"), required=False)

    def clean(self, value):
        result = super().clean(value)
        require_one_target(result)
        return result

    class Meta:
        label = _("Call to action")
        icon = "arrow-right"
        template = "blocks/cta.html"
        value_class = LinkValue
        description = _("One button that says what the reader can do next.")
        preview_value = {
            "title": "Votre commune voudrait faire de même ?",
            "text": "La fiche de l’initiative dit ce qui peut être repris.",
            "label": "Lire la fiche",
            "url": "https://example.org/",
        }


class ShownPageBlock(blocks.PageChooserBlock):
    """A page that is shown with its picture: read at once with what its card needs."""

    def bulk_to_python(self, values):
        from ..models import BasePage

        shown = BasePage.objects.select_related("locale", "listing_image")
        found = shown.in_bulk({value for value in values if value})
        return [found.get(value) for value in values]


class CardsBlock(StructBlock):
    """Cards from pages. Loaded in one query; drafts and what the reader may not see are dropped."""

    title = blocks.CharBlock(label=_("Title"), required=False)
    pages = blocks.ListBlock(ShownPageBlock(), label=_("Pages"), min_num=1, max_num=12)
    layout = blocks.ChoiceBlock(
        label=_("Layout"), choices=[("list", _("List")), ("cards", _("Cards"))], default="list"
    )

    def get_context(self, value, parent_context=None):
        from ..queries import cards_for

        context = super().get_context(value, parent_context=parent_context)
        # Named even when absent: a template would otherwise pass an empty text on.
        context["request"] = request = (parent_context or {}).get("request")
        context["cards"] = cards_for([page for page in value["pages"] if page], request)
        return context

    def get_preview_value(self):
        return self.to_python(
            {"title": "Sur le même thème", "pages": samples.pages(3), "layout": "list"}
        )

    class Meta:
        label = _("Pages")
        icon = "doc-full"
        template = "blocks/cards.html"
        description = _("Leads to other pages of the site, with their picture and summary.")


class EmbedBlock(StructBlock):
    """One page of the site, shown within the text as that page's type shows itself.

    A page says how with `embed_template` and `get_embed_context`: the page that embeds it need not
    know its app. A draft, or what the reader may not see, leaves no trace.
    """

    page = ShownPageBlock(label=_("Page"))

    def get_context(self, value, parent_context=None):
        from ..queries import cards_for

        context = super().get_context(value, parent_context=parent_context)
        context["request"] = request = (parent_context or {}).get("request")
        found = cards_for([value["page"]], request) if value.get("page") else []
        page = found[0].specific if found else None
        context["embed"] = page and (page.embed_template, page.get_embed_context(request))
        return context

    def get_preview_value(self):
        return self.to_python({"page": next(iter(samples.pages(1)), None)})

    class Meta:
        label = _("Page shown in full")
        icon = "doc-full"
        template = "blocks/embed.html"
        description = _("The essentials of another page of the site, instead of repeating it.")


class ContactBlock(StructBlock):
    name = blocks.CharBlock(label=_("Name"), required=False)
    role = blocks.CharBlock(label=_("Role"), required=False)
    organisation = blocks.CharBlock(label=_("Organisation"), required=False)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    phone = blocks.CharBlock(label=_("Phone"), required=False)
    url = blocks.URLBlock(label=_("Website"), required=False)
    address = blocks.TextBlock(label=_("Address"), required=False, rows=2)

    def clean(self, value):
        result = super().clean(value)
        if not any(result.get(key) for key in ("email", "phone", "url", "address")):
            raise blocks.StructBlockValidationError(
                non_block_errors=[_("Give at least one way to get in touch.")]
            )
        return result

    class Meta:
        label = _("Contact")
        icon = "mail"
        template = "blocks/contact.html"
        description = _("Who to contact, with an address that is not a person’s own.")
        preview_value = {
            "organisation": "Maison de services au public d’Ayen",
            "phone": "05 55 25 76 12",
        }
