"""Making and changing a session, duplicating it, calling it off."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import has_role, holders
from accounts.scopes import TRAINER
from cms.models import Commune
from cms.places import normalise_place_name

from .. import rules
from ..forms import MODULES
from ..kinds import ModuleKind, SessionState
from ..models import Session, TrainingModulePage
from ..models.sessions import PARIS
from ..places import find_near

MOST_PLACES = 1000
LAST_MINUTE = dt.time(23, 59)


class UuidsField(forms.ModelMultipleChoiceField):
    """Several rows named by their uuid."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset, to_field_name="uuid", **kwargs)
        self.error_messages["invalid_pk_value"] = gettext_lazy("This choice does not exist.")
        self.error_messages["invalid_choice"] = gettext_lazy("This choice does not exist.")


def modules_for(user: Any) -> QuerySet[TrainingModulePage]:
    """Modules of which this person may make sessions: an operator's editors those of theirs."""
    found = MODULES.visible_to(user)  # type: ignore[attr-defined]
    if rules.steers(user):
        return found
    mine = Q(operator__code__in=rules.operators_of(user))
    if has_role(user, TRAINER):
        mine |= Q(kind=ModuleKind.NATIONAL)
    return found.filter(mine)


def trainers_for(session: Session | None) -> QuerySet[User]:
    """People who hold the role of trainer, and those already named."""
    wanted = Q(pk__in=holders(TRAINER).values("pk"))
    if session is not None:
        wanted |= Q(pk__in=session.trainers.values("pk"))
    return User.objects.filter(wanted).order_by("last_name", "first_name", "pk")


class SessionForm(forms.ModelForm):
    """A session but for its dates (`date_forms`). It is written by `editing.save`, never here."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    module = forms.ModelChoiceField(
        MODULES, to_field_name="slug", label=gettext_lazy("Module"), empty_label=None
    )
    commune_name = forms.CharField(
        label=gettext_lazy("Commune"),
        help_text=gettext_lazy("Its name or its postcode."),
        max_length=100,
        required=False,
    )
    commune_code = forms.ChoiceField(
        label=gettext_lazy("Which commune of this name"), widget=forms.RadioSelect, required=False
    )
    until = forms.DateField(
        label=gettext_lazy("Registration until"),
        help_text=gettext_lazy("The end of that day. Empty: until the session starts."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    trainers = UuidsField(
        User.objects.none(),
        label=gettext_lazy("Trainers"),
        help_text=gettext_lazy("They see who comes, and what adjustments are needed."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Session
        fields = (
            *("kind", "mode", "capacity", "minimum", "needs_approval", "free_cancellation_days"),
            *("venue", "address", "access", "meeting_url", "costs", "note"),
        )
        widgets = {
            "mode": forms.RadioSelect,
            "access": forms.Textarea(attrs={"rows": 3}),
            "costs": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    groups = (
        ("quoi", gettext_lazy("What"), ("module", "kind", "mode")),
        (
            "ou",
            gettext_lazy("Where"),
            ("commune_name", "commune_code", "venue", "address", "access", "meeting_url"),
        ),
        (
            "combien",
            gettext_lazy("For how many"),
            ("capacity", "minimum", "until", "needs_approval", "free_cancellation_days"),
        ),
        ("qui", gettext_lazy("With whom"), ("trainers",)),
        ("dire", gettext_lazy("What to know"), ("costs", "note")),
    )

    def __init__(
        self, *args: Any, user: Any, session: Session | None = None, **kwargs: Any
    ) -> None:
        self.user, self.session, self.found = user, session, None
        super().__init__(*args, initial=initial_of(session, user), **kwargs)
        module: Any = self.fields["module"]
        held = Q(pk=session.module_id) if session else Q(pk__in=[])
        if session is not None and session.state != SessionState.DRAFT:
            # People registered for this module.
            module.queryset, module.disabled = TrainingModulePage.objects.filter(held), True
        else:
            module.queryset = TrainingModulePage.objects.filter(
                held | Q(pk__in=modules_for(user).order_by().values("pk"))
            ).order_by("title")
        self.fields["trainers"].queryset = trainers_for(session)  # type: ignore[attr-defined]
        self.fields["meeting_url"].assume_scheme = "https"  # type: ignore[attr-defined]
        for name, least, most in (("capacity", 1, MOST_PLACES), ("minimum", 0, MOST_PLACES)):
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label,
                help_text=self.fields[name].help_text,
                min_value=least,
                max_value=most,
            )
        self.fields["free_cancellation_days"].widget.attrs["max"] = 60
        self._offer_communes()

    def _offer_communes(self) -> None:
        """The communes between which a name leaves the choice; none when it says which."""
        name = self._said("commune_name")
        code: Any = self.fields["commune_code"]
        near = find_near(name) if name else None
        candidates = [near.commune, *near.others] if near and near.commune else []
        kept = self.session.commune if self.session else None
        if kept is not None and normalise_place_name(name) == normalise_place_name(kept.name):
            candidates = [kept, *[other for other in candidates if other.pk != kept.pk]]
        self.candidates: list[Commune] = candidates
        code.choices = [
            (commune.code, f"{commune.name} ({commune.department.name})") for commune in candidates
        ]
        if len(candidates) < 2:
            code.widget = forms.HiddenInput()

    def _said(self, name: str) -> str:
        if self.is_bound:
            return str(self.data.get(name) or "").strip()
        return str(self.initial.get(name) or "")

    def clean_commune_code(self) -> str:
        return str(self.cleaned_data.get("commune_code") or "")

    def clean_until(self) -> dt.date | None:
        until: dt.date | None = self.cleaned_data["until"]
        far = timezone.localdate() + dt.timedelta(days=365 * 3)
        if until and not dt.date(2015, 1, 1) <= until <= far:
            raise ValidationError(_("Choose a day within the next three years."))
        return until

    def clean_free_cancellation_days(self) -> int:
        days: int = self.cleaned_data["free_cancellation_days"]
        if days > 60:
            raise ValidationError(_("At most 60 days."))
        return days

    def clean_meeting_url(self) -> str:
        url: str = self.cleaned_data["meeting_url"]
        if url and not url.startswith(("https://", "http://")):
            raise ValidationError(_("Write a web address, which begins with https://."))
        return url

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.found = self._commune(data)
        least, most = data.get("minimum"), data.get("capacity")
        if least is not None and most is not None and least > most:
            self.add_error(
                "minimum", _("The smallest number cannot be above the number of places.")
            )
        if not self._stays_mine(data):
            self.add_error(
                "trainers",
                _("Name yourself among the trainers: else this session would no longer be yours."),
            )
        return data

    def _commune(self, data: dict[str, Any]) -> Commune | None:
        name, chosen = data.get("commune_name"), data.get("commune_code")
        if not name:
            return None
        if not self.candidates:
            self.add_error("commune_name", _("No commune has this name or this postcode."))
            return None
        if chosen:
            return next(commune for commune in self.candidates if commune.code == chosen)
        kept = self.session.commune if self.session else None
        if kept is not None and kept.pk == self.candidates[0].pk:
            return kept
        if len(self.candidates) > 1 and not _says_which(name, self.candidates):
            self.add_error("commune_code", _("Several communes match: say which."))
            return None
        return self.candidates[0]

    def _stays_mine(self, data: dict[str, Any]) -> bool:
        user, module = self.user, data.get("module")
        if rules.steers(user) or "trainers" in self.errors or module is None:
            return True
        if any(trainer.pk == user.pk for trainer in data.get("trainers") or ()):
            return True
        if module.operator and module.operator.code in rules.operators_of(user):
            return True
        return self.found is not None and self.found.department_id in rules.steers_departments(user)

    @property
    def zone(self) -> ZoneInfo:
        """The clock on which hours are read: that of the place, else that of Paris."""
        return self.found.department.zone if self.found else PARIS

    def grouped(self) -> list[dict[str, Any]]:
        """The fields by section, for the template."""
        return [
            {"id": code, "title": title, "fields": [self[name] for name in names]}
            for code, title, names in self.groups
        ]

    def _post_clean(self) -> None:
        """Nothing is written to the session here: `editing.save` does it, under its lock."""


def _says_which(name: str, candidates: list[Commune]) -> bool:
    """Whether only one of them has exactly this name."""
    key = normalise_place_name(name)
    return [commune.normalised_name for commune in candidates].count(key) == 1


def initial_of(session: Session | None, user: Any) -> dict[str, Any]:
    """What the form shows before anything is entered."""
    if session is None:
        mine = [user.uuid] if has_role(user, TRAINER) and not rules.steers(user) else []
        return {"trainers": mine, "version": 0, "mode": "in-person"}
    fields = {name: getattr(session, name) for name in SessionForm.Meta.fields}
    deadline = session.deadline.astimezone(session.zone).date() if session.deadline else None
    return fields | {
        "version": session.version,
        "module": session.module.slug,
        "commune_name": session.city,
        "commune_code": session.commune.code if session.commune else "",
        "until": deadline,
        "trainers": [trainer.uuid for trainer in session.trainers.all()],
    }


class DuplicateForm(forms.Form):
    """When the copy takes place: its first day, the others follow at the same distance."""

    first_day = forms.DateField(
        label=gettext_lazy("First day of the new session"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_first_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["first_day"]
        today = timezone.localdate()
        if not today < day <= today + dt.timedelta(days=365 * 3):
            raise ValidationError(_("Choose a day to come, within the next three years."))
        return day


class CancelForm(forms.Form):
    """Why the session is called off: everybody told reads it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Everybody who is told reads it."),
        max_length=255,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
