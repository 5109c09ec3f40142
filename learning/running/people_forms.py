"""What is entered about those who come."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cms.listings import say

from ..models import SessionMessage
from ..writing import forms as writing
from .people import SHORTEST, members


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


class MessageForm(writing.MessageForm):
    """A message to those who come: to all of a kind, or to some chosen one by one."""

    audience = forms.ChoiceField(
        label=_("To whom"), choices=SessionMessage.Audience.choices, widget=forms.HiddenInput
    )
