"""The questions of a template as an editor writes them; `versions` makes rows of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks import StructBlock

from .kinds import QuestionTheme

MOST_CHOICES = 8


class QuestionBlock(StructBlock):
    """What every question has."""

    text = blocks.CharBlock(label=_("Question"), max_length=300)
    help = blocks.CharBlock(label=_("Hint"), max_length=300, required=False)
    theme = blocks.ChoiceBlock(label=_("Theme"), choices=QuestionTheme.choices)
    required = blocks.BooleanBlock(label=_("An answer is required"), required=False, default=True)


class ScaleBlock(QuestionBlock):
    low = blocks.CharBlock(label=_("What 1 means"), max_length=60, default="Pas du tout")
    high = blocks.CharBlock(label=_("What 5 means"), max_length=60, default="Tout à fait")

    class Meta:
        label = _("Scale from 1 to 5")
        icon = "order"


class RecommendBlock(QuestionBlock):
    class Meta:
        label = _("Recommendation from 0 to 10")
        icon = "pick"


class TextBlock(QuestionBlock):
    required = blocks.BooleanBlock(label=_("An answer is required"), required=False)

    class Meta:
        label = _("Free text")
        icon = "pilcrow"


class SingleBlock(QuestionBlock):
    choices = blocks.ListBlock(
        blocks.CharBlock(max_length=200), label=_("Choices"), min_num=2, max_num=MOST_CHOICES
    )

    class Meta:
        label = _("One choice")
        icon = "radio-empty"


class MultipleBlock(SingleBlock):
    class Meta:
        label = _("Several choices")
        icon = "tick-inverse"


class KnowledgeChoiceBlock(StructBlock):
    label = blocks.CharBlock(label=_("Answer"), max_length=200)
    is_right = blocks.BooleanBlock(label=_("It is right"), required=False)

    class Meta:
        label = _("Answer")
        icon = "tick"
        form_layout = ["label", "is_right"]


class KnowledgeBlock(QuestionBlock):
    """Asked before the session and after it. The right answers never leave the server before."""

    theme = blocks.ChoiceBlock(
        label=_("Theme"), choices=QuestionTheme.choices, default=QuestionTheme.KNOWLEDGE
    )
    choices = blocks.ListBlock(
        KnowledgeChoiceBlock(), label=_("Answers"), min_num=2, max_num=MOST_CHOICES
    )
    explanation = blocks.TextBlock(
        label=_("Why"), max_length=800, help_text=_("Read after the session, with what was right.")
    )

    class Meta:
        label = _("Knowledge")
        icon = "help"

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not any(choice["is_right"] for choice in value["choices"]):
            raise StructBlockValidationError(
                non_block_errors=[ValidationError(_("Say which answer is right."))]
            )
        return value


class QuestionsBlock(blocks.StreamBlock):
    """The questions in their order: moved, copied and taken off as any block."""

    scale = ScaleBlock()
    recommend = RecommendBlock()
    single = SingleBlock()
    multiple = MultipleBlock()
    text = TextBlock()
    knowledge = KnowledgeBlock()
