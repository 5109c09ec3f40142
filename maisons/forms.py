"""What may be asked of the public list, and the admin's forms."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.models import Department

from .hours import parse_week
from .models import Maison, Membership
from .operators import OperatorField
from .services import end_membership, join


class DirectoryForm(forms.Form):
    """The parameters of /maisons/. A wrong one is left out and said."""

    q = forms.CharField(
        label=_("Commune, postcode or name of a Maison"), required=False, max_length=80
    )
    departement = forms.CharField(label=_("Department"), required=False, max_length=3)
    operateur = OperatorField()
    page = forms.IntegerField(label=_("Page"), required=False, min_value=1, max_value=10_000)

    def clean_departement(self) -> str:
        code = self.cleaned_data["departement"].strip().upper()
        if code and not Department.objects.filter(code=code).exists():
            raise forms.ValidationError(
                _("No department has this code: write two or three characters, like 15, 2A or 971.")
            )
        return code

    def value(self, name: str, default: Any) -> Any:
        """The cleaned value, or the default when it was missing or wrong."""
        return self.cleaned_data.get(name) or default


class MaisonForm(WagtailAdminModelForm):
    """The sheet in the admin."""

    class Meta:
        model = Maison
        fields: list[str] = []

    def clean_opening_hours(self) -> str:
        text = self.cleaned_data["opening_hours"].strip()
        if text and parse_week(text) is None:
            raise forms.ValidationError(
                _(
                    "These hours cannot be read. Expected: days, a space, hours; rules separated by"
                    " semicolons, as in Mo-Fr 09:00-12:00,14:00-17:00; Sa 09:00-12:00"
                )
            )
        return text

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (data.get("latitude") is None) != (data.get("longitude") is None):
            self.add_error("longitude", _("Give both latitude and longitude, or neither."))
        return data


class JoinForm(WagtailAdminModelForm):
    """A new membership, through the service that logs it and brings groups up to date."""

    email = forms.EmailField(
        label=_("E-mail address of the account"),
        help_text=_("The person must have an account already."),
    )

    class Meta:
        model = Membership
        fields = ["maison", "role"]

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if not get_user_model().objects.filter(email=email, is_active=True).exists():
            raise forms.ValidationError(_("No active account has this address."))
        return email

    def clean_maison(self) -> Maison:
        maison: Maison = self.cleaned_data["maison"]
        if maison.status == Maison.Status.CLOSED:
            raise forms.ValidationError(_("This Maison is closed: nobody can join it."))
        return maison

    def save(self, commit: bool = True) -> Membership:
        data = self.cleaned_data
        user = get_user_model().objects.get(email=data["email"])
        self.instance = join(user, data["maison"], data["role"], by=self.for_user)
        return self.instance


class EndForm(WagtailAdminModelForm):
    """The only thing that can be done to a membership: end it."""

    end_now = forms.BooleanField(label=_("End this membership now"), required=True)

    class Meta:
        model = Membership
        fields: list[str] = []

    def save(self, commit: bool = True) -> Membership:
        self.instance = end_membership(self.instance, by=self.for_user)
        return self.instance
