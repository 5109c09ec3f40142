"""What may be asked of the search."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .sources import is_kind

MAX_LENGTH = 200
MAX_PAGE = 1_000


class SearchForm(forms.Form):
    """Every parameter of `/recherche/`; a wrong one is said, and the others are still used."""

    q = forms.CharField(
        label=_("Words to find"),
        max_length=MAX_LENGTH,
        required=False,
        error_messages={
            "max_length": _("The search takes at most %(limit_value)d characters."),
            "null_characters_not_allowed": _("The search takes words only."),
        },
    )
    kind = forms.SlugField(
        label=_("Kind of result"),
        required=False,
        error_messages={"invalid": _("This kind of result does not exist.")},
    )
    page = forms.IntegerField(
        label=_("Page"),
        min_value=1,
        max_value=MAX_PAGE,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("This page of results does not exist.")
        ),
    )

    def clean_kind(self) -> str:
        kind = self.cleaned_data["kind"]
        if kind and not is_kind(kind):
            raise forms.ValidationError(self.fields["kind"].error_messages["invalid"])
        return kind


class SuggestForm(forms.Form):
    """What is being typed: two characters at least. `lang` is the language of the page."""

    q = forms.CharField(min_length=2, max_length=MAX_LENGTH)
    lang = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
