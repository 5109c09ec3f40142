"""What may be asked of the list of initiatives: filters, order, page. French parameter names."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import State

ORDERS = {
    "recent": _("Most recent first"),
    "titre": _("By title"),
    "debut": _("By year of start"),
    "reprises": _("Most taken up first"),
}
# Facets in the order in which they are shown: parameter → label.
FACETS = {
    "theme": _("Theme"),
    "public": _("Public"),
    "departement": _("Department"),
    "etat": _("State"),
    "operateur": _("Operator"),
    "periode": _("Running in"),
}


class ListingForm(forms.Form):
    """Choices are those that the list holds: anything else is wrong, is said, and is left out."""

    theme = forms.CharField(label=FACETS["theme"], required=False, max_length=40)
    public = forms.CharField(label=FACETS["public"], required=False, max_length=40)
    departement = forms.CharField(label=FACETS["departement"], required=False, max_length=3)
    etat = forms.ChoiceField(
        label=FACETS["etat"], required=False, choices=[("", ""), *State.choices]
    )
    operateur = forms.CharField(label=FACETS["operateur"], required=False, max_length=40)
    periode = forms.IntegerField(
        label=FACETS["periode"], required=False, min_value=1980, max_value=2100
    )
    tri = forms.ChoiceField(label=_("Order"), required=False, choices=[("", ""), *ORDERS.items()])
    page = forms.IntegerField(label=_("Page"), required=False, min_value=1, max_value=10_000)

    def clean_departement(self) -> str:
        return str(self.cleaned_data["departement"]).strip().upper()


@dataclass(frozen=True)
class Asked:
    """A list that somebody asked for. `chosen`: facet → code, without what was wrong."""

    chosen: dict[str, str]
    order: str = "recent"
    page: int = 1

    @classmethod
    def of(cls, form: forms.Form) -> "Asked":
        form.is_valid()
        data: dict[str, Any] = form.cleaned_data
        return cls(
            {name: str(data[name]) for name in FACETS if data.get(name)},
            data.get("tri") or "recent",
            data.get("page") or 1,
        )

    def query(self, **changes: str) -> str:
        """The parameters of this list with some changed (empty: taken out), from its first page."""
        kept = {**self.chosen, "tri": "" if self.order == "recent" else self.order, **changes}
        return urlencode({name: value for name, value in kept.items() if value})
