"""The content of a quiz unit: which questions, and on what terms."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks import InnerStreamBlock, StructBlock
from cms.blocks.text import RichTextBlock

from .kinds import ShowWhen


class PoolBlock(StructBlock):
    theme = SnippetChooserBlock("learning.BankTheme", label=_("Theme"))
    count = blocks.IntegerBlock(label=_("How many questions"), min_value=1, max_value=50, default=3)

    class Meta:
        label = _("Drawn at random")
        icon = "rotate"
        description = _("So many questions of a theme, others for each attempt.")


class AskedBlock(InnerStreamBlock):
    """What is asked, in order."""

    question = SnippetChooserBlock("learning.Question", label=_("A question"), icon="help")
    pool = PoolBlock()


class QuizUnitBlock(StructBlock):
    introduction = RichTextBlock(label=_("Introduction"), required=False)
    asked = AskedBlock(label=_("Questions"), min_num=1, max_num=60)
    shuffle_questions = blocks.BooleanBlock(
        label=_("Questions in another order each time"), required=False, default=True
    )
    shuffle_choices = blocks.BooleanBlock(
        label=_("Answers in another order each time"), required=False, default=True
    )
    attempts = blocks.IntegerBlock(
        label=_("Attempts"),
        min_value=0,
        max_value=50,
        default=0,
        help_text=_("0: as many as one likes."),
    )
    minutes = blocks.IntegerBlock(
        label=_("Time limit, in minutes"),
        min_value=0,
        max_value=240,
        default=0,
        help_text=_("0: none. An agent is often interrupted: limit time only where it matters."),
    )
    feedback = blocks.ChoiceBlock(
        label=_("Explanations are shown"), choices=ShowWhen.choices, default=ShowWhen.EACH
    )
    answers = blocks.ChoiceBlock(
        label=_("Right answers are shown"), choices=ShowWhen.choices, default=ShowWhen.END
    )

    def get_preview_value(self) -> Any:
        said = "<p>Six questions, dont une sur votre dernier cas.</p>"
        return self.normalize({"introduction": said, "asked": []})

    class Meta:
        label = _("Quiz")
        icon = "help"
        template = "learning/quizzes/unit.html"
        description = _("Questions of the bank, chosen or drawn at random, graded by the server.")
