"""The form of a text that saves itself (static/js/autosave.js)."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy

from .drafts import MOST_LENGTH


class DraftForm(forms.Form):
    """The text of a draft. `revision` is that of the text over which it was written; `key` names the
    change, so that sent twice it is one."""

    text = forms.CharField(
        label=gettext_lazy("Your text"),
        max_length=MOST_LENGTH,
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 10, "data-autosave-text": ""}),
    )
    revision = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n").replace("\x00", "")


def draft_form(text: str, revision: int, hint: str = "") -> DraftForm:
    """The form of a text as it is held."""
    form = DraftForm(initial={"text": text, "revision": revision, "key": uuid.uuid4()})
    form.fields["text"].help_text = hint
    return form
