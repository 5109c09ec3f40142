"""A message and whom it goes to."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_CHOSEN = 500


class ChosenField(forms.Field):
    """Identifiers of people's rows, from boxes ticked one by one."""

    widget = forms.MultipleHiddenInput
    # Read over, the form is hidden whole.
    hidden_widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[uuid.UUID]:
        found = []
        for text in (value or [])[:MOST_CHOSEN]:
            try:
                found.append(uuid.UUID(str(text)))
            except ValueError:
                raise forms.ValidationError(_("This choice does not exist.")) from None
        return found


class MessageForm(forms.Form):
    """A message; `token` makes it once however often it is sent."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    chosen = ChosenField(required=False)
    subject = forms.CharField(label=_("Subject"), max_length=150)
    text = forms.CharField(
        label=_("Message"), max_length=5000, widget=forms.Textarea(attrs={"rows": 9})
    )
    with_address = forms.BooleanField(
        label=_("Answers come to my e-mail address, which they will see"), required=False
    )
