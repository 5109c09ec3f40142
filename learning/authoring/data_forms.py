"""The plain values of the file of a path, checked as if somebody had typed them."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ..kinds import Level, ModuleTheme
from ..paths.kinds import CompletionRule


def _text(length: int, required: bool = False) -> forms.CharField:
    return forms.CharField(max_length=length, required=required, strip=False)


class DataForm(forms.Form):
    """Values are those of JSON: a list where a text is expected is named, and nothing is guessed."""

    def __init__(self, data: Any) -> None:
        self.wrong: list[str] = []
        plain: dict[str, Any] = {}
        for name in self.base_fields:
            value = data.get(name)
            if value is None or isinstance(value, str | int | float | bool):
                plain[name] = value
            else:
                self.wrong.append(name)
        super().__init__(plain)

    def only(self, names: Collection[str]) -> "DataForm":
        """The same form, asked for these values alone."""
        self.fields = {name: field for name, field in self.fields.items() if name in names}
        return self

    def faults(self) -> list[str]:
        """What is wrong, field by field."""
        said = [_("%(field)s: a plain value was expected.") % {"field": n} for n in self.wrong]
        for name, errors in self.errors.items():
            if name not in self.wrong:
                said += [f"{name} : {error}" for error in errors]
        return said


class _PageData(DataForm):
    title = _text(255, required=True)
    summary = _text(400)


class _ShownPageData(_PageData):
    listing_image_alt = _text(255)
    seo_title = _text(255)
    search_description = _text(2_000)


class PathData(_ShownPageData):
    module_theme = forms.ChoiceField(choices=[("", ""), *ModuleTheme.choices], required=False)
    level = forms.ChoiceField(choices=[("", ""), *Level.choices], required=False)
    audience = _text(5_000)
    opens_on = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    closes_on = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    is_fictitious = forms.BooleanField(required=False)
    source = _text(300)
    source_date = forms.DateField(required=False, input_formats=["%Y-%m-%d"])


class ChapterData(_PageData):
    pass


class UnitData(_ShownPageData):
    act = _text(5_000)
    minutes = forms.IntegerField(min_value=1, max_value=240)
    required = forms.BooleanField(required=False)
    rule = forms.ChoiceField(choices=CompletionRule.choices)
    threshold = forms.IntegerField(min_value=0, max_value=10_000)
    opens_on = forms.DateField(required=False, input_formats=["%Y-%m-%d"])


class FileData(DataForm):
    """What is said of a picture, a document or a recording."""

    title = _text(255, required=True)
    description = _text(255)
    alt_decision = forms.ChoiceField(
        choices=[("", ""), ("described", ""), ("decorative", "")], required=False
    )
    credit = _text(255)
    rights = _text(255)
    duration = forms.FloatField(min_value=0, max_value=86_400, required=False)
    type = forms.ChoiceField(choices=[("", ""), ("audio", ""), ("video", "")], required=False)
    transcript = _text(200_000)
