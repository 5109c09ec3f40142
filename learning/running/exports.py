"""The list of those who come, as a file. Neither adjustments nor addresses leave the screens."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import registry
from cms.exports import Export

from ..kinds import RegistrationState
from ..models import Registration, Session


class ParticipantsForm(forms.Form):
    session = forms.UUIDField(label=gettext_lazy("Session"))
    etat = forms.ChoiceField(
        label=gettext_lazy("State"), choices=[("", ""), *RegistrationState.choices], required=False
    )


def rows(user: Any, filters: dict[str, Any]) -> QuerySet[Registration]:
    """Those of one session that this person runs."""
    from .queries import people

    session = Session.objects.run_by(user).filter(uuid=filters["session"]).first()
    if session is None:
        return Registration.objects.none()
    found = people(session)
    return found.filter(state=filters["etat"]) if filters.get("etat") else found


def may_export(user: Any) -> bool:
    return bool(user.is_authenticated and Session.objects.run_by(user).exists())


def _department(row: Registration) -> str:
    return row.maison.commune.department.name if row.maison else ""


PARTICIPANTS = Export(
    code="learning-participants",
    label=gettext_lazy("People of a session"),
    columns=[
        (gettext_lazy("Last name"), lambda row: row.user.last_name),
        (gettext_lazy("First name"), lambda row: row.user.first_name),
        (gettext_lazy("Maison"), lambda row: row.maison.name if row.maison else ""),
        (gettext_lazy("Department"), _department),
        (gettext_lazy("State"), lambda row: row.get_state_display()),
        (
            gettext_lazy("Takes part"),
            lambda row: _("remotely") if row.remote else _("in person"),
        ),
        (gettext_lazy("What they expect"), lambda row: row.expectations),
        (gettext_lazy("Registered on"), lambda row: row.created_at),
        (gettext_lazy("Result"), lambda row: row.get_outcome_display()),
    ],
    rows=rows,
    may_export=may_export,
    form=ParticipantsForm,
)
registry.export_kinds.register(PARTICIPANTS.code, PARTICIPANTS)
