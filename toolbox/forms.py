"""What may be asked of the toolbox, and the admin's form."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import holders
from cms.models import Theme
from cms.page_forms import PageForm
from maisons.models import Operator

from .models.families import Family

# Whose work the articles are.
IN_CHARGE = ("editor", "chief-editor", "national-team")


class ShelfForm(forms.Form):
    """The parameters of the toolbox. A wrong one is left out and said."""

    q = forms.CharField(
        label=_("Words to find"),
        required=False,
        max_length=80,
        error_messages={"null_characters_not_allowed": _("The search takes words only.")},
    )
    famille = forms.ChoiceField(
        label=_("Family"), required=False, choices=[("", _("All families")), *Family.choices]
    )
    operateur = forms.ChoiceField(label=_("Operator"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    page = forms.IntegerField(
        label=_("Page"),
        required=False,
        min_value=1,
        max_value=1_000,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("This page of the list does not exist.")
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        operators = [(o.code, str(o)) for o in Operator.objects.filter(active=True)]
        themes = [(theme.code, theme.label) for theme in Theme.objects.all()]
        self._offer("operateur", _("All operators"), operators)
        self._offer("theme", _("All themes"), themes)
        unknown = _("There is no such choice: take one of the list.")
        for name in ("famille", "operateur", "theme"):
            self.fields[name].error_messages["invalid_choice"] = unknown

    def _offer(self, name: str, everything: Any, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", everything), *choices]

    def value(self, name: str, default: Any = "") -> Any:
        """The cleaned value, or the default when it was missing or wrong."""
        return self.cleaned_data.get(name) or default

    @property
    def asked(self) -> dict[str, str]:
        """The filters in force, without the page."""
        names = ("q", "famille", "operateur", "theme")
        return {name: value for name in names if (value := self.value(name))}

    @property
    def is_narrowed(self) -> bool:
        return bool(self.asked)

    def query(self, **changes: str) -> str:
        """The filters in force as a query string, some of them changed."""
        return urlencode(
            {name: value for name, value in {**self.asked, **changes}.items() if value}
        )


class FollowForm(forms.Form):
    """Follow an article, or stop."""

    suivre = forms.TypedChoiceField(
        choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1"
    )


class ArticleForm(PageForm):
    """The editor of an article: in charge is whoever may edit, the author unless told."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("in_charge")
        if field is None:
            return
        team = Q(pk__in=[person.pk for role in IN_CHARGE for person in holders(role)])
        current = Q(pk=self.instance.in_charge_id)
        field.queryset = get_user_model().objects.filter(team | current)  # type: ignore[attr-defined]
        if not self.instance.pk and self.for_user and not self.initial.get("in_charge"):
            self.initial["in_charge"] = self.for_user.pk

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("archived") and not (data.get("archive_note") or "").strip():
            self.add_error(
                "archive_note", _("Say why: what replaced it, or since when it is past.")
            )
        return data
