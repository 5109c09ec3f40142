"""What the screens of closing ask."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.listings import CodeField, Facet, FilterForm, YearField
from cms.models import Department
from maisons.models import Operator


class CloseForm(forms.Form):
    """Closing in spite of a missing signature owes a reason."""

    reason = forms.CharField(
        label=_("Why close in spite of this"),
        help_text=_("Kept with the record of the session."),
        max_length=255,
        required=False,
    )


class ReissueForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=255)


class PageForm(forms.Form):
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)

    def number(self) -> int:
        return (self.is_valid() and self.cleaned_data["page"]) or 1


class EvidenceFilters(FilterForm):
    """Evidence of training: by operator, department, year."""

    operateur = CodeField(Operator.objects.all(), label=_("Operator"))
    departement = CodeField(Department.objects.defer("outline"), label=_("Department"))
    annee = YearField()
    facets = (
        Facet("operateur", "operator", _("All operators"), ("code", "name", "short_name")),
        Facet("departement", "maison__commune__department", _("All departments"), ("code", "name")),
        Facet("annee", "date__year", _("All years")),
    )
