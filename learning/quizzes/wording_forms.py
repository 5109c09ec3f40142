"""The form by which a question is worded in another language: a field for each of its texts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _
from wagtail.admin.rich_text import get_rich_text_editor_widget

from . import texts, wording
from .blocks import PROSE
from .content import Content, InvalidContent

SEPARATOR = "--"


def field_name(place: str) -> str:
    return place.replace(".", SEPARATOR)


def place_of(name: str) -> str:
    return name.replace(SEPARATOR, ".")


class WordingForm(forms.Form):
    """said: what is written already, {place: HTML}. `texts()` is what `wording.write` takes."""

    def __init__(self, content: Content, said: dict[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = content
        self.french = texts.texts_of(content)
        for place in self.french:
            field = self._field(place)
            field.label = _label(place)
            field.initial = _initial(place, said.get(place, ""))
            self.fields[field_name(place)] = field

    def _field(self, place: str) -> forms.CharField:
        if _is_plain(place):
            return forms.CharField(max_length=200)
        editor = get_rich_text_editor_widget("default", features=PROSE)
        # Without it the editor has no name: its label is that of the hidden field.
        editor.options["ariaLabelledBy"] = f"id_{field_name(place)}-label"
        return forms.CharField(max_length=20_000, widget=editor)

    def rows(self) -> list[tuple[str, forms.BoundField]]:
        """(the French text, the field) of each text."""
        return [(self.french[place_of(field.name)], field) for field in self]

    def texts(self) -> dict[str, str]:
        return {
            place: escape(text) if _is_plain(place) else text
            for name, text in self.cleaned_data.items()
            for place in [place_of(name)]
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            try:
                wording.checked(self.content, self.texts())
            except InvalidContent as error:
                raise ValidationError(error.messages) from error
        return data


def _is_plain(place: str) -> bool:
    """What stands in a list to choose from has no markup."""
    return place.startswith("options.")


def _initial(place: str, text: str) -> str:
    return strip_tags(text) if _is_plain(place) else text


def _label(place: str) -> str:
    kinds = {
        "text": _("Question"),
        "feedback": _("Explanation"),
        "when_right": _("Told when all is right"),
        "when_partial": _("Told when it is partly right"),
        "when_wrong": _("Told when it is wrong"),
        "feedback_true": _("Told to whoever says “true”"),
        "feedback_false": _("Told to whoever says “false”"),
    }
    if place in kinds:
        return kinds[place]
    return _("Why") if place.endswith(".feedback") else _("Answer")
