"""Forms of the people screens."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from . import services
from .models import User
from .rules import roles_to_give
from .scopes import NATIONAL, ROLES, Scope, ScopeKind


def scopes() -> list[tuple[str, Any]]:
    """Everything a role may be given over, as "kind:code", by kind."""
    groups: list[tuple[str, Any]] = [("", _("The whole country"))]
    for kind, label in ScopeKind.assignable():
        if kind != ScopeKind.NATIONAL and (choices := services.scope_choices(kind)):
            groups.append((label, [(f"{kind}:{code}", name) for code, name in choices.items()]))
    return groups


class ScopedRoleForm(forms.Form):
    """A role and over what."""

    role = forms.ChoiceField(label=_("Role"))
    scope = forms.ChoiceField(
        label=_("Over"),
        choices=scopes,
        required=False,
        help_text=_("A department for a prefecture referent, an operator for its editor…"),
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = [(code, ROLES[code].label) for code in roles_to_give(by)]
        field: Any = self.fields["role"]
        field.choices = given if field.required else [("", _("None for now")), *given]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind, _sep, code = data.get("scope", "").partition(":")
        data["scope"] = Scope(kind, code) if kind else NATIONAL
        if data.get("role"):
            try:
                services.check_role_and_scope(data["role"], data["scope"])
            except ValidationError as error:
                self.add_error("scope", error)
        return data


class GrantForm(ScopedRoleForm):
    starts_on = forms.DateField(
        label=_("From"), required=False, widget=AdminDateInput, help_text=_("Empty: now.")
    )
    ends_on = forms.DateField(
        label=_("Last day"), required=False, widget=AdminDateInput, help_text=_("Empty: no end.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        data["starts_at"] = _midnight(first) if first else None
        data["ends_at"] = _midnight(last + timedelta(days=1)) if last else None
        if data["ends_at"] and data["ends_at"] <= (data["starts_at"] or timezone.now()):
            self.add_error("ends_on", _("The last day comes before the first."))
        return data


class InviteForm(ScopedRoleForm):
    field_order = ["email", "first_name", "last_name", "language", "role", "scope"]
    email = forms.EmailField(label=_("E-mail address"))
    first_name = forms.CharField(label=_("First name"), max_length=150, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=150, required=False)
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)
    role = forms.ChoiceField(label=_("Role"), required=False)

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exists():
            raise ValidationError(
                _("This person has an account already: give them the role there.")
            )
        return email

    def grants(self) -> list[dict[str, Any]]:
        """What the invitation gives, as `Invitation.grants` keeps it."""
        role, scope = self.cleaned_data.get("role"), self.cleaned_data["scope"]
        if not role:
            return []
        return [{"kind": "role", "role": role, "scope_kind": scope.kind, "scope_code": scope.code}]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
