"""What somebody thinks of a unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .kinds import Reason

MOST_WORDS = 1_000


class RatingForm(forms.Form):
    useful = forms.TypedChoiceField(
        label=_("Was this unit useful to you?"),
        choices=[("yes", _("Yes, useful")), ("no", _("No, not useful"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reasons = forms.MultipleChoiceField(
        label=_("Why was it not?"),
        choices=Reason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("In your words"),
        max_length=MOST_WORDS,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        if asked.get("useful"):
            asked["reasons"] = []
        return asked
