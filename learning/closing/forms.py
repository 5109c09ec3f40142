"""What the screens of closing ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.listings import CodeField, Facet, FilterForm, YearField
from cms.models import Department
from cms.uploads import check_size
from maisons.models import Operator

MAX_CHECKED = 5 * 1024 * 1024


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


class NumberForm(forms.Form):
    numero = forms.RegexField(
        r"^\s*[0-9A-Za-z -]{8,40}\s*$",
        label=_("Number of the certificate"),
        help_text=_("It stands at the top of the document, like 2026-AP-000123-K7QXM."),
        max_length=40,
        error_messages={
            "invalid": _("Write the number as it stands on the document: letters, figures, dashes.")
        },
    )

    def clean_numero(self) -> str:
        return str(self.cleaned_data["numero"]).strip().upper().replace(" ", "-")


class FileForm(forms.Form):
    """A file to compare with the one that was issued; it is not kept."""

    fichier = forms.FileField(label=_("File received (PDF)"))

    def clean_fichier(self) -> Any:
        file = self.cleaned_data["fichier"]
        check_size(file, MAX_CHECKED)
        return file


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
