"""The themes about which somebody wants paths to be proposed: chosen, exported, erased."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cms import registry

from ..kinds import ModuleTheme
from ..models import FollowedTheme


class ThemesForm(forms.Form):
    themes = forms.MultipleChoiceField(
        label=_("Themes"),
        help_text=_("As many as you like; none is an answer too."),
        choices=ModuleTheme.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def chosen_by(user: Any) -> list[str]:
    """Codes of the themes that a person follows: one query."""
    return list(FollowedTheme.objects.filter(user=user).values_list("theme", flat=True))


@transaction.atomic
def choose(user: Any, themes: Iterable[str]) -> None:
    """Follow these themes and no others; those kept stay since when they were. Twice is once."""
    wanted = set(themes)
    FollowedTheme.objects.filter(user=user).exclude(theme__in=wanted).delete()
    FollowedTheme.objects.bulk_create(
        (FollowedTheme(user=user, theme=theme) for theme in sorted(wanted)), ignore_conflicts=True
    )


class PersonalData:
    retention = {"learning.FollowedTheme": FollowedTheme.personal_data_retention}

    def export(self, user: Any) -> dict[str, Any]:
        rows = FollowedTheme.objects.filter(user=user).order_by("theme")
        return {
            "themes_followed": [
                {"theme": row.get_theme_display(), "since": row.since.isoformat()} for row in rows
            ]
        }

    def erase(self, user: Any) -> None:
        FollowedTheme.objects.filter(user=user).delete()


registry.personal_data.register("learning.interests", PersonalData())
