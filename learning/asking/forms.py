"""What learners and trainers send of a question."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.listings import FilterForm

MOST_LENGTH = 3_000


class KeyedForm(forms.Form):
    """`key` names the form: sent twice, it is once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid.uuid4()})
        super().__init__(*args, **kwargs)


class QuestionForm(KeyedForm):
    text = forms.CharField(
        label=_("Your question"),
        help_text=_(
            "Name no visitor: neither a name, nor a number, nor anything that points at somebody."
        ),
        max_length=MOST_LENGTH,
        widget=forms.Textarea({"rows": 4}),
    )
    may_be_shared = forms.BooleanField(
        label=_("Once answered, my cohort may read it, without my name"), required=False
    )


class AnswerForm(KeyedForm):
    text = forms.CharField(
        label=_("Your answer"), max_length=MOST_LENGTH, widget=forms.Textarea({"rows": 6})
    )
    share = forms.BooleanField(
        label=_(
            "Let the cohort read the question and this answer, without the name of whoever asked"
        ),
        required=False,
    )


class ListForm(FilterForm):
    """The questions of a trainer."""
