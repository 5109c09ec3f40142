"""A question as a trainer writes it, one block for each kind; `writing` makes content of it and back."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup, StructBlockValidationError

from cms.blocks import StructBlock
from cms.blocks.text import RichTextBlock

from .content import MOST_PARTS, InvalidContent, Kind, Short, from_json

# What bold and lists cannot say belongs in a unit to read. Links would open the chooser of pages.
PROSE = ["bold", "italic", "ol", "ul", "image"]
WORDS = ["bold", "italic", "image"]


def prose(label: Any, **kwargs: Any) -> RichTextBlock:
    return RichTextBlock(label=label, features=PROSE, **kwargs)


def words(label: Any, **kwargs: Any) -> RichTextBlock:
    return RichTextBlock(label=label, features=WORDS, **kwargs)


def why(label: Any = "", **kwargs: Any) -> RichTextBlock:
    kwargs.setdefault("help_text", _("Told to whoever gave this answer."))
    return words(label or _("Why"), required=False, **kwargs)


def share(**kwargs: Any) -> blocks.FloatBlock:
    """A share of the points, in per cent."""
    return blocks.FloatBlock(
        label=_("Share of the points, in %"), required=False, max_value=100, **kwargs
    )


def rows(child: blocks.Block, label: Any, least: int = 2, **kwargs: Any) -> blocks.ListBlock:
    """The parts of a question, one below the other."""
    most = kwargs.pop("max_num", MOST_PARTS)
    return blocks.ListBlock(child, label=label, min_num=least, max_num=most, **kwargs)


def whole(help_text: Any) -> blocks.BooleanBlock:
    return blocks.BooleanBlock(label=_("All or nothing"), required=False, help_text=help_text)


class QuestionBlock(StructBlock):
    """What every question has."""

    kind: ClassVar[Kind]

    text = prose(_("Question"))
    feedback = prose(
        _("Explanation"),
        required=False,
        help_text=_("Why, in two sentences: everybody reads it once they have answered."),
    )
    grade = blocks.FloatBlock(label=_("Points"), default=1, min_value=0.1, max_value=100)
    when_right = words(_("Told when all is right"), required=False)
    when_partial = words(_("Told when it is partly right"), required=False)
    when_wrong = words(_("Told when it is wrong"), required=False)

    def clean(self, value: Any) -> Any:
        from .writing import as_json

        value = super().clean(value)
        try:
            from_json(as_json(self.kind, value))
        except InvalidContent as error:
            raise StructBlockValidationError(
                non_block_errors=[ValidationError(text) for text in error.messages]
            ) from error
        return value


def layout(*own: str) -> BlockGroup:
    """What is always filled in first; points and what is told besides are folded away."""
    return BlockGroup(
        children=["text", *own, "feedback"],
        settings=["grade", "when_right", "when_partial", "when_wrong"],
    )


class ChoiceBlock(StructBlock):
    text = words(_("Answer"))
    is_right = blocks.BooleanBlock(label=_("It is right"), required=False)
    why = why()
    share = share(
        min_value=-100,
        help_text=_("Leave empty: a right answer brings the points, a wrong one none."),
    )

    class Meta:
        label = _("Answer")
        icon = "tick"
        form_layout = BlockGroup(children=["text", "is_right", "why"], settings=["share"])


class SingleBlock(QuestionBlock):
    kind = Kind.SINGLE
    choices = rows(ChoiceBlock(), _("Answers"))

    class Meta:
        label = _("One answer")
        icon = "radio-full"
        description = _("Several answers are proposed, one is chosen.")
        form_layout = layout("choices")


class MultipleChoiceBlock(ChoiceBlock):
    share = share(
        min_value=-100,
        help_text=_(
            "Leave empty: right answers share the points, and a wrong one takes off as much as a"
            " right one brings."
        ),
    )


class MultipleBlock(QuestionBlock):
    kind = Kind.MULTIPLE
    choices = rows(MultipleChoiceBlock(), _("Answers"))
    whole = whole(_("Only the exact choice brings the points."))

    class Meta:
        label = _("Several answers")
        icon = "tick-inverse"
        description = _("Every right answer is to be ticked, and no other.")
        form_layout = layout("choices", "whole")


class TrueFalseBlock(QuestionBlock):
    kind = Kind.TRUE_FALSE
    answer = blocks.ChoiceBlock(
        label=_("The right answer"),
        choices=[("true", _("True")), ("false", _("False"))],
        widget=None,
    )
    feedback_true = why(_("Told to whoever says “true”"), help_text="")
    feedback_false = why(_("Told to whoever says “false”"), help_text="")

    class Meta:
        label = _("True or false")
        icon = "check"
        description = _("A statement, to accept or to refuse.")
        form_layout = layout("answer", "feedback_true", "feedback_false")


class PairBlock(StructBlock):
    text = words(_("What is shown"))
    answer = blocks.CharBlock(label=_("What goes with it"), max_length=200)
    why = why()

    class Meta:
        label = _("Pair")
        icon = "link"


class MatchingBlock(QuestionBlock):
    kind = Kind.MATCHING
    pairs = rows(PairBlock(), _("Pairs"))
    extra = rows(
        blocks.CharBlock(max_length=200),
        _("Misleading answers"),
        least=0,
        help_text=_("They go with nothing."),
        default=[],
    )

    class Meta:
        label = _("Matching")
        icon = "link"
        description = _("To each thing what goes with it, from one list.")
        form_layout = layout("pairs", "extra")


class ItemBlock(StructBlock):
    text = words(_("Item"))
    why = why()

    class Meta:
        label = _("Item")
        icon = "order"


class OrderingBlock(QuestionBlock):
    kind = Kind.ORDERING
    items = rows(
        ItemBlock(),
        _("Items, in the right order"),
        help_text=_("They are always shown in another order."),
    )
    whole = whole(_("Otherwise each item at its place brings its share."))

    class Meta:
        label = _("Putting in order")
        icon = "order"
        description = _("Steps, to put in the right order.")
        form_layout = layout("items", "whole")


class ExpectedBlock(StructBlock):
    """An answer that is compared with what people write: what it brings, and why."""

    share = share(
        default=100, min_value=0, help_text=_("100: right; 0: a wrong answer to explain.")
    )
    why = why()


class ShortAnswerBlock(ExpectedBlock):
    pattern = blocks.CharBlock(
        label=_("Answer"),
        max_length=Short.MOST,
        help_text=_("A star stands for anything: *carte vitale*"),
    )

    class Meta:
        label = _("Answer")
        icon = "pilcrow"
        form_layout = BlockGroup(children=["pattern", "share", "why"])


class ShortBlock(QuestionBlock):
    kind = Kind.SHORT
    answers = rows(
        ShortAnswerBlock(),
        _("Answers expected"),
        least=1,
        help_text=_("The first one that fits counts."),
    )
    case = blocks.BooleanBlock(label=_("Capitals count"), required=False)
    accents = blocks.BooleanBlock(label=_("Accents count"), required=False)

    class Meta:
        label = _("Short answer")
        icon = "edit"
        description = _("A few words to write; variants are accepted.")
        form_layout = layout("answers", "case", "accents")


class NumericAnswerBlock(ExpectedBlock):
    value = blocks.CharBlock(
        label=_("Number"),
        required=False,
        max_length=40,
        help_text=_("Leave empty for “any other number”, to explain what is wrong."),
    )
    tolerance = blocks.CharBlock(
        label=_("More or less"), required=False, max_length=40, default="0"
    )

    class Meta:
        label = _("Number")
        icon = "order"
        form_layout = BlockGroup(children=["value", "tolerance", "share", "why"])


class NumericUnitBlock(StructBlock):
    name = blocks.CharBlock(label=_("Unit"), max_length=30)
    factor = blocks.CharBlock(
        label=_("How many make one of the first"),
        max_length=40,
        default="1",
        help_text=_("For kilometres, then metres: 1, then 1000."),
    )

    class Meta:
        label = _("Unit")
        icon = "order"


class NumericBlock(QuestionBlock):
    kind = Kind.NUMERIC
    answers = rows(NumericAnswerBlock(), _("Numbers expected"), least=1)
    units = rows(
        NumericUnitBlock(),
        _("Units"),
        least=0,
        max_num=10,
        default=[],
        help_text=_("The first is shown beside the field; the others are converted."),
    )

    class Meta:
        label = _("Number")
        icon = "order"
        description = _("A number to write, with a tolerance and a unit.")
        form_layout = layout("answers", "units")


class QuestionBodyBlock(blocks.StreamBlock):
    """What a question is: exactly one of these."""

    single = SingleBlock()
    multiple = MultipleBlock()
    true_false = TrueFalseBlock()
    matching = MatchingBlock()
    ordering = OrderingBlock()
    short = ShortBlock()
    numeric = NumericBlock()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"min_num": 1, "max_num": 1, **kwargs})
