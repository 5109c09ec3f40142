"""A questionnaire as a form: made of its questions, checked on the server."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models.evaluations import EvaluationQuestion
from .kinds import QuestionType
from .urn import Given

LONGEST_TEXT = 2000
DONT_KNOW = "?"


class Scale(forms.RadioSelect):
    """Radios side by side, with what the ends mean (`templates/learning/evaluations/_question.html`)."""

    is_scale = True

    def __init__(self, low: str = "", high: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.low, self.high = low, high


class AnswerForm(forms.Form):
    """One field for each question, named after its identifier. Anything else that is sent is ignored."""

    def __init__(self, *args: Any, questions: Iterable[EvaluationQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {name_of(question): question for question in questions}
        for name, question in self.questions.items():
            field = _FIELDS[QuestionType(question.type)](question)
            field.label = question.text
            field.required = question.required
            field.help_text = escape(question.help)
            field.error_messages["required"] = _required(question)
            self.fields[name] = field

    def given(self) -> list[Given]:
        """What was answered. Call it when the form is valid."""
        return [
            _given(question, self.cleaned_data[name]) for name, question in self.questions.items()
        ]

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        """[(the title of the questionnaire, its fields)], where an evaluation asks several."""
        found: dict[int, tuple[str, list[forms.BoundField]]] = {}
        for name, question in self.questions.items():
            key = question.version_id or 0
            if key not in found:
                found[key] = (question.version.template.title if key else "", [])
            found[key][1].append(self[name])
        return list(found.values())


def name_of(question: EvaluationQuestion) -> str:
    return f"q-{question.uuid if isinstance(question.uuid, str) else question.uuid.hex}"


def _required(question: EvaluationQuestion) -> str:
    if question.type == QuestionType.TEXT:
        return _("Write an answer.")
    if question.type == QuestionType.MULTIPLE:
        return _("Choose at least one answer.")
    return _("Choose an answer.")


def _number(values: range) -> Any:
    def field(question: EvaluationQuestion) -> forms.Field:
        choices = [(str(value), str(value)) for value in values]
        low = question.low or (_("Not at all") if len(values) > 5 else "")
        high = question.high or (_("Certainly") if len(values) > 5 else "")
        return forms.TypedChoiceField(
            choices=choices,
            coerce=int,
            empty_value=None,
            widget=Scale(low=low, high=high),
            error_messages={"invalid_choice": _NOT_PROPOSED},
        )

    return field


def _text(question: EvaluationQuestion) -> forms.Field:
    return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3}))


def _single(question: EvaluationQuestion) -> forms.Field:
    return forms.ChoiceField(
        choices=_choices(question),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _NOT_PROPOSED},
    )


def _multiple(question: EvaluationQuestion) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=_choices(question),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _NOT_PROPOSED},
    )


def _knowledge(question: EvaluationQuestion) -> forms.Field:
    """Nothing in the page says which answer is right; "I do not know" is an answer."""
    several = sum(choice.is_right for choice in question.choices.all()) > 1
    choices = [*_choices(question), (DONT_KNOW, _("I do not know"))]
    kind = forms.MultipleChoiceField if several else forms.ChoiceField
    widget = forms.CheckboxSelectMultiple if several else forms.RadioSelect
    return kind(choices=choices, widget=widget, error_messages={"invalid_choice": _NOT_PROPOSED})


def _choices(question: EvaluationQuestion) -> list[tuple[str, str]]:
    return [(str(choice.order), choice.label) for choice in question.choices.all()]


_NOT_PROPOSED = gettext_lazy("Choose one of the answers proposed.")
_FIELDS = {
    QuestionType.SCALE: _number(range(1, 6)),
    QuestionType.RECOMMEND: _number(range(11)),
    QuestionType.SINGLE: _single,
    QuestionType.MULTIPLE: _multiple,
    QuestionType.TEXT: _text,
    QuestionType.KNOWLEDGE: _knowledge,
}


def _given(question: EvaluationQuestion, value: Any) -> Given:
    if question.type in {QuestionType.SCALE, QuestionType.RECOMMEND}:
        return Given(question, number=value)
    if question.type == QuestionType.TEXT:
        return Given(question, text=value.replace("\x00", ""))
    orders = value if isinstance(value, list) else [value]
    chosen = {choice.pk for choice in question.choices.all() if str(choice.order) in orders}
    return Given(question, choices=sorted(chosen))
