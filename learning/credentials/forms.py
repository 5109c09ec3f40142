"""What the screens of attestations ask."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.listings import FilterForm, KindField, YearField
from cms.uploads import check_size

from . import verification

MAX_CHECKED = 5 * 1024 * 1024
VALID, REVOKED, EXPIRED, FAILED = "valides", "revoquees", "perimees", "en-echec"
STATES = [
    (VALID, _("Valid")),
    (REVOKED, _("Revoked")),
    (EXPIRED, _("Run out")),
    (FAILED, _("File that could not be made")),
]


class CodeForm(forms.Form):
    code = forms.RegexField(
        r"^\s*[0-9A-Za-z\s‐‑‒–—-]{8,48}\s*$",
        label=_("Code or number"),
        help_text=_(
            "The code under the square, like K7QX-M3PD-9RTA-HJ4W; of a session, the number at the"
            " top, like 2026-AP-000123-K7QXM."
        ),
        max_length=48,
        error_messages={
            "invalid": _("Write it as it stands on the document: letters, figures, dashes.")
        },
    )

    def clean_code(self) -> str:
        return verification.normal(str(self.cleaned_data["code"]))


class FileForm(forms.Form):
    """A file to compare with the one that was issued; it is not kept."""

    fichier = forms.FileField(
        label=_("File received"), help_text=_("The PDF, or the badge (.jwt or .svg), 5 MB at most.")
    )

    def clean_fichier(self) -> Any:
        file = self.cleaned_data["fichier"]
        check_size(file, MAX_CHECKED)
        return file


class PageForm(forms.Form):
    page = forms.IntegerField(min_value=1, max_value=100_000, required=False)

    def number(self) -> int:
        return (self.is_valid() and self.cleaned_data["page"]) or 1


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Its holder reads it. The public page does not show it."),
        max_length=255,
    )
    replace = forms.BooleanField(
        label=_("Issue another one, under a new number, that says what is true now"),
        required=False,
    )


class CertificateFilters(FilterForm):
    """Attestations of paths: of which path, in which state, of which year, whose."""

    parcours = forms.ChoiceField(label=_("Path"), required=False)
    etat = KindField(STATES, label=_("State"))
    annee = YearField()
    q = forms.CharField(label=_("Name or number"), max_length=60, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        path: Any = self.fields["parcours"]
        path.choices = self._paths
        path.error_messages["invalid_choice"] = _("This choice does not exist.")
        self.fields["etat"].choices = [("", _("All")), *STATES]  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["class"] = "input"
        self.fields["annee"].widget.attrs["class"] = "input"

    def _paths(self) -> list[tuple[str, Any]]:
        return [("", _("All paths")), *self._titles]

    @cached_property
    def _titles(self) -> list[tuple[str, str]]:
        from .queries import paths_with_certificates

        return paths_with_certificates()

    @property
    def fields_shown(self) -> list[forms.BoundField]:
        return [self[name] for name in ("parcours", "etat", "annee", "q")]
