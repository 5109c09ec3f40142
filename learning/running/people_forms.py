"""What is entered about those who come."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cms.listings import say

from ..models import SessionMessage
from .people import SHORTEST, members

MOST_CHOSEN = 500


class SearchForm(forms.Form):
    """Whom to register."""

    q = forms.CharField(
        label=_("Name or whole e-mail address"),
        help_text=_("Three letters at least. Only members of the network are found."),
        min_length=SHORTEST,
        max_length=100,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["q"], _("Write at least three letters, at most a hundred."))


class AddForm(forms.Form):
    """The person found, and on whose behalf they come."""

    person = forms.ModelChoiceField(User.objects.none(), to_field_name="uuid")
    maison = forms.SlugField(required=False, max_length=255)
    remote = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = members()  # type: ignore[attr-defined]


class ReasonOwedForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=255,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ChosenField(forms.Field):
    """Identifiers of registrations, from boxes ticked one by one."""

    widget = forms.MultipleHiddenInput

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
    audience = forms.ChoiceField(
        label=_("To whom"), choices=SessionMessage.Audience.choices, widget=forms.HiddenInput
    )
    chosen = ChosenField(required=False)
    subject = forms.CharField(label=_("Subject"), max_length=150)
    text = forms.CharField(
        label=_("Message"), max_length=5000, widget=forms.Textarea(attrs={"rows": 9})
    )
    with_address = forms.BooleanField(
        label=_("Answers come to my e-mail address, which they will see"), required=False
    )
