"""What may be asked of training, and what people fill in."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cms.listings import CodeField, Facet, FilterForm, KindField
from cms.models import Department

from .kinds import Level, Mode, ModuleKind, ModuleTheme
from .models import Session, TrainingModulePage

# Sessions belong to the French page of a module, whatever the language in which it is read.
MODULES = TrainingModulePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
# The fields of the first form of a list of sessions: where and when.
SEARCHED = ("pres_de", "commune", "rayon", "du", "au")
DISTANCES = [("30", "30 km"), ("60", "60 km"), ("100", "100 km"), ("200", "200 km")]


class CatalogueFilters(FilterForm):
    theme = KindField(ModuleTheme.choices, label=_("Theme"))
    niveau = KindField(Level.choices, label=_("Level"))
    genre = KindField(ModuleKind.choices, label=_("Kind"))
    facets = (
        Facet("theme", "module_theme", _("All themes")),
        Facet("niveau", "level", _("All levels")),
        Facet("genre", "kind", _("All kinds")),
    )


FIRST_DAY, LAST_DAY = dt.date(2015, 1, 1), dt.date(2099, 12, 31)


class DayField(forms.DateField):
    """A day of a filter: "2027-03-01", within what a calendar can hold."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.error_messages["invalid"] = _("Write a day like 2027-03-01.")

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Choose a day between 2015 and 2099."))
        return day


class SessionFilters(FilterForm):
    """The coming sessions: by module, place, mode, days; nearest first when a place is named."""

    module = CodeField(MODULES, code="slug", label=_("Module"))
    mode = KindField(Mode.choices, label=_("How"))
    departement = CodeField(Department.objects.defer("outline"), label=_("Department"))
    pres_de = forms.CharField(label=_("Near"), max_length=100, required=False)
    commune = forms.RegexField(r"^[0-9AB]{5}$", label=_("Commune"), required=False)
    rayon = KindField(DISTANCES, label=_("Within"))
    du = DayField(label=_("From the"))
    au = DayField(label=_("to the"))
    facets = (
        Facet("module", "module", _("All modules"), ("slug", "title")),
        Facet("mode", "mode", _("In person or remote")),
        Facet("departement", "commune__department", _("All departments"), ("code", "name")),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("du") and data.get("au") and data["au"] < data["du"]:
            self.add_error("au", _("The last day comes before the first."))
        return data

    def kept(self, *shown: str) -> list[tuple[str, str]]:
        """What is asked besides the fields that a form shows: [(name, value)], as hidden fields."""
        names = [name for name in self.fields if name not in {"page", *shown}]
        return [(name, code) for name in names if (code := self.code(name))]

    @property
    def kept_by_search(self) -> list[tuple[str, str]]:
        return self.kept(*SEARCHED)

    @property
    def kept_by_facets(self) -> list[tuple[str, str]]:
        return self.kept(*(facet.name for facet in self.facets))


class RegistrationForm(forms.Form):
    """What a person says when they register. All of it is optional but the Maison."""

    maison = forms.ModelChoiceField(
        queryset=None,
        label=_("On behalf of which Maison"),
        help_text=_("Its managers see that you take part."),
    )
    remote = forms.ChoiceField(
        label=_("How you take part"),
        choices=[("", _("In person")), ("1", _("Remotely"))],
        widget=forms.RadioSelect,
        required=False,
    )
    expectations = forms.CharField(
        label=_("What you expect of this session"),
        help_text=_("The trainers read it while they prepare."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )
    accommodations = forms.CharField(
        label=_("Adjustments that you need"),
        help_text=_(
            "Access, hearing, sight, pace, meals… Read by the trainers of this session alone, erased 30"
            " days after it closes."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )

    def __init__(self, *args: Any, session: Session, maisons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["maison"].queryset = maisons  # type: ignore[attr-defined]
        found = list(maisons[:2])
        if not found:
            del self.fields["maison"]
        elif len(found) == 1:
            self.fields["maison"].initial = found[0]
        if session.mode != Mode.HYBRID:
            del self.fields["remote"]


class ReasonForm(forms.Form):
    """Why: read by whoever is told."""

    reason = forms.CharField(
        label=_("Reason"), max_length=255, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
