"""What is asked of whoever registers or approves others."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.listings import CodeField, Facet, FilterForm, say
from maisons.models import Maison

from ..models import RegistrationImport
from ..writing.forms import ChosenField


class TeamFilters(FilterForm):
    """The team: by Maison, by name; `personne` ticks people beforehand."""

    maison = CodeField(Maison.objects.all(), code="slug", label=_("Maison"))
    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    facets = (Facet("maison", "maison", _("All Maisons"), ("slug", "name")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["q"], _("Write at most a hundred letters."))


class TeamForm(forms.Form):
    """Whom of the team: memberships, named by their uuid."""

    chosen = ChosenField()
    remote = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].error_messages["required"] = _("Choose somebody.")


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_(
            "One person a line. The first line names the columns: “e-mail”, or “name” and “Maison”."
            " 300 lines at most."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )


class WriteForm(forms.Form):
    partly = forms.BooleanField(
        label=_("Register the others, leave out the lines that are rejected"), required=False
    )

    def __init__(self, *args: Any, batch: RegistrationImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rejected = batch.rows.model.Verdict.REJECTED
        if not batch.rows.filter(verdict=rejected).exists():
            del self.fields["partly"]


class DecisionForm(forms.Form):
    """Which registrations, and why when they are refused."""

    chosen = ChosenField()
    reason = forms.CharField(
        label=_("Reason, when you refuse"),
        help_text=_("The person will read it."),
        max_length=255,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    refuse = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].error_messages["required"] = _("Choose somebody.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("refuse") and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Say why: the person will read it."))
        return data
