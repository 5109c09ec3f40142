"""What a sheet is made of beside its texts. Held by the page's row: a draft has its own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from cms.blocks import StructBlock


class ActorBlock(StructBlock):
    """Somebody who takes part: an organisation, never a person's name."""

    name = blocks.CharBlock(label=_("Organisation"), max_length=160)
    role = blocks.CharBlock(label=_("What it does in the project"), max_length=200, required=False)

    class Meta:
        label = _("Actor involved")
        icon = "group"


class BearerBlock(StructBlock):
    """A body that carries the project and is not a Maison of the network."""

    name = blocks.CharBlock(label=_("Organisation"), max_length=200)
    url = blocks.URLBlock(label=_("Website"), required=False)

    class Meta:
        label = _("Other bearer")
        icon = "group"


class FundingBlock(StructBlock):
    """Who pays, and how much when it is known."""

    name = blocks.CharBlock(label=_("Who pays"), max_length=160)
    amount = blocks.IntegerBlock(label=_("Amount in euros"), min_value=1, required=False)

    class Meta:
        label = _("Funding")
        icon = "pick"


class SheetContactBlock(StructBlock):
    """Who answers questions about the project: an address of the organisation, not of a person."""

    organisation = blocks.CharBlock(label=_("Organisation"), max_length=160)
    role = blocks.CharBlock(
        label=_("Service or position"),
        max_length=120,
        required=False,
        help_text=_("No person’s name."),
    )
    email = blocks.EmailBlock(
        label=_("E-mail"), required=False, help_text=_("That of the organisation.")
    )
    phone = blocks.CharBlock(label=_("Phone"), max_length=40, required=False)
    url = blocks.URLBlock(label=_("Website"), required=False)

    def clean(self, value: Any) -> Any:
        result = super().clean(value)
        if not any(result.get(key) for key in ("email", "phone", "url")):
            raise blocks.StructBlockValidationError(
                block_errors={"phone": ValidationError(_("Give at least one way to get in touch."))}
            )
        return result

    class Meta:
        label = _("Contact")
        icon = "mail"


class SourceBlock(StructBlock):
    """Where the facts of the sheet come from, and of when they are."""

    title = blocks.CharBlock(label=_("Source"), max_length=200)
    date = blocks.DateBlock(label=_("Date of the source"), required=False)
    url = blocks.URLBlock(label=_("Address"), required=False)

    class Meta:
        label = _("Source")
        icon = "openquote"


class SheetFileBlock(StructBlock):
    document = DocumentChooserBlock(label=_("Document"))

    class Meta:
        label = _("File")
        icon = "doc-full"
