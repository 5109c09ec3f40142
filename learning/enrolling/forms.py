"""What is entered to enrol people and to make a cohort."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from cms.listings import CodeField, Facet, FilterForm, KindField, say
from cms.models import Department
from cms.text import plain
from maisons.models import HostOrganisation, Maison, Membership

from ..models import Cohort, EnrolmentImport, ReminderPlan
from ..paths.kinds import EnrolmentState
from ..running.session_forms import UuidsField, trainers_for
from ..writing.forms import ChosenField
from . import rules
from .cohort_rules import Condition, condition_of
from .queries import offered

MOST_MAISONS = 60


def date_field(label: Any, help_text: Any = "", **kwargs: Any) -> forms.DateField:
    kwargs.setdefault("required", False)
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget, **kwargs)


def coming(due_on: dt.date | None) -> dt.date | None:
    """A due date that is not past. Raises ValidationError."""
    if due_on is not None and due_on < timezone.localdate():
        raise ValidationError(_("The due date is past."))
    return due_on


@dataclass(frozen=True)
class Group:
    """Fields that belong together, with what is said of them all."""

    title: Any
    names: tuple[str, ...]
    note: Any = ""


class Grouped:
    """A form whose fields are shown in groups; one of which no field is left is left out."""

    fields: dict[str, forms.Field]
    groups: tuple[Group, ...]

    @property
    def grouped(self) -> list[dict[str, Any]]:
        found = []
        for group in self.groups:
            if fields := [self[name] for name in group.names if name in self.fields]:  # type: ignore[index]
                found.append({"title": group.title, "note": group.note, "fields": fields})
        return found


class TeamFilters(FilterForm):
    """The team: by Maison, by name; `personne` ticks people and `parcours` paths beforehand."""

    maison = CodeField(Maison.objects.all(), code="slug", label=gettext_lazy("Maison"))
    q = forms.CharField(label=gettext_lazy("Name"), max_length=100, required=False)
    facets = (Facet("maison", "maison", gettext_lazy("All Maisons"), ("slug", "name")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["q"], gettext_lazy("Write at most a hundred letters."))


class MemberFilters(FilterForm):
    """The members of a cohort: by state, by name."""

    etat = KindField(EnrolmentState.choices, label=gettext_lazy("State"))
    q = forms.CharField(label=gettext_lazy("Name"), max_length=100, required=False)
    facets = (Facet("etat", "state", gettext_lazy("All states")),)


class TeamForm(forms.Form):
    """Whom of the team (memberships, by uuid), in which paths, until when."""

    chosen = ChosenField()
    paths = ChosenField()
    due_on = date_field(
        gettext_lazy("To complete by"), gettext_lazy("For those who are not enrolled yet.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].error_messages["required"] = gettext_lazy("Choose somebody.")
        self.fields["paths"].error_messages["required"] = gettext_lazy("Choose a path.")

    def clean_due_on(self) -> dt.date | None:
        return coming(self.cleaned_data["due_on"])


class FileForm(forms.Form):
    """A file of people, for one path or one cohort."""

    path = forms.ChoiceField(label=gettext_lazy("Path"))
    due_on = date_field(
        gettext_lazy("To complete by"),
        gettext_lazy("For the lines that give no date of their own."),
    )
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy(
            "One person a line. The first line names the columns: “e-mail”, or “name” and “Maison”;"
            " “to complete by” if you wish. 2,000 lines at most."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )

    def __init__(self, *args: Any, cohort: Cohort | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if cohort is not None:
            del self.fields["path"]
            return
        self.offered = {str(each.uuid): each for each in offered()}
        choices = [(uuid, each.title) for uuid, each in self.offered.items()]
        self.fields["path"].choices = choices  # type: ignore[attr-defined]

    def clean_due_on(self) -> dt.date | None:
        return coming(self.cleaned_data["due_on"])


class WriteForm(forms.Form):
    partly = forms.BooleanField(
        label=gettext_lazy("Enrol the others, leave out the lines that are rejected"),
        required=False,
    )

    def __init__(self, *args: Any, batch: EnrolmentImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not batch.rows.filter(verdict=batch.rows.model.Verdict.REJECTED).exists():
            del self.fields["partly"]


class CohortForm(Grouped, forms.Form):
    """A cohort and its rule. What the rule would do is shown before anything is saved."""

    path = forms.ChoiceField(label=gettext_lazy("Path"))
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("As members and trainers will know it."),
        max_length=120,
    )
    due_on = date_field(gettext_lazy("To complete by"))
    due_days = forms.IntegerField(
        label=gettext_lazy("Or within so many days of entering"),
        min_value=1,
        max_value=730,
        required=False,
    )
    trainers = UuidsField(
        User.objects.none(),
        label=gettext_lazy("Trainers"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[("", gettext_lazy("Agents and managers")), *Membership.Role.choices],
        required=False,
    )
    departments = forms.ModelMultipleChoiceField(
        Department.objects.order_by("code"),
        label=gettext_lazy("Departments"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "many-choices"}),
        required=False,
    )
    maisons = forms.CharField(
        label=gettext_lazy("Maisons"),
        help_text=gettext_lazy("One name a line, added to the departments."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=6_000,
        required=False,
    )
    host_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of host organisation"),
        choices=[("", gettext_lazy("All kinds")), *HostOrganisation.Kind.choices],
        required=False,
    )
    joined_from = date_field(gettext_lazy("Arrived from"))
    joined_until = date_field(gettext_lazy("Arrived until"))

    groups = (
        Group(gettext_lazy("What"), ("path", "name")),
        Group(gettext_lazy("Until when"), ("due_on", "due_days")),
        Group(
            gettext_lazy("Who follows it"),
            ("trainers",),
            gettext_lazy("They alone, with the national team, follow these people."),
        ),
        Group(
            gettext_lazy("Who enters by itself"),
            ("role", "host_kind", "departments", "maisons", "joined_from", "joined_until"),
            gettext_lazy(
                "Leave it empty when you choose people yourself. Every condition that you set must"
                " hold."
            ),
        ),
    )

    def __init__(self, *args: Any, user: Any, cohort: Cohort | None = None, **kwargs: Any) -> None:
        self.user, self.cohort = user, cohort
        super().__init__(*args, initial=initial_of(cohort), **kwargs)
        self.offered = {str(each.uuid): each for each in offered()}
        if cohort is not None:
            del self.fields["path"]
        else:
            choices = [(uuid, each.title) for uuid, each in self.offered.items()]
            self.fields["path"].choices = choices  # type: ignore[attr-defined]
        trainers: Any = self.fields["trainers"]
        trainers.queryset = trainers_for(cohort)  # type: ignore[arg-type]
        reach = rules.reach(user)
        if reach is not None:
            departments: Any = self.fields["departments"]
            departments.queryset = departments.queryset.filter(pk__in=reach)

    def clean_maisons(self) -> list[Maison]:
        """The Maisons named, one a line. Raises ValidationError with those that are not found."""
        lines = [line.strip() for line in self.cleaned_data["maisons"].splitlines()]
        wanted = [line for line in lines if line]
        if len(wanted) > MOST_MAISONS:
            raise ValidationError(
                ngettext("At most %(n)d Maison.", "At most %(n)d Maisons.", MOST_MAISONS)
                % {"n": MOST_MAISONS}
            )
        return find_maisons(wanted, rules.reach(self.user)) if wanted else []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("due_on") and data.get("due_days"):
            self.add_error("due_days", _("Give a date or a number of days, not both."))
        first, last = data.get("joined_from"), data.get("joined_until")
        if first and last and last < first:
            self.add_error("joined_until", _("This is before the first day."))
        limited = rules.reach(self.user) is not None
        if limited and self.condition and not (data.get("departments") or data.get("maisons")):
            self.add_error("departments", _("Choose among the departments that you look after."))
        return data

    @property
    def condition(self) -> Condition:
        """The rule that was entered; empty when nobody enters by itself."""
        data = self.cleaned_data
        return Condition(
            data.get("role", ""),
            tuple(data.get("departments") or ()),
            tuple(data.get("maisons") or ()),
            data.get("host_kind", ""),
            data.get("joined_from"),
            data.get("joined_until"),
        )


def find_maisons(wanted: list[str], reach: set[str] | None) -> list[Maison]:
    """The Maisons of these names or slugs. Raises ValidationError for each that is not one of them."""
    rows = Maison.objects.exclude(status=Maison.Status.CLOSED)
    if reach is not None:
        rows = rows.filter(commune__department__in=reach)
    by_name: dict[str, list[int]] = {}
    for pk, slug, name in rows.values_list("pk", "slug", "name"):
        for key in {slug, plain(name)}:
            by_name.setdefault(key, []).append(pk)
    found: list[int] = []
    errors = []
    for text in wanted:
        pks = by_name.get(text) or by_name.get(plain(text)) or []
        if len(pks) == 1:
            found += pks
        elif pks:
            errors.append(_("Several Maisons are called “%(name)s”.") % {"name": text})
        else:
            errors.append(_("No Maison is called “%(name)s”.") % {"name": text})
    if errors:
        raise ValidationError(errors)
    return list(Maison.objects.filter(pk__in=found).order_by("name", "pk"))


def initial_of(cohort: Cohort | None) -> dict[str, Any]:
    if cohort is None:
        return {}
    held: dict[str, Any] = {
        "name": cohort.name,
        "due_on": cohort.due_on,
        "due_days": cohort.due_days,
        "trainers": [trainer.uuid for trainer in cohort.trainers.all()],
    }
    rule = getattr(cohort, "rule", None)
    if rule is not None:
        asked = condition_of(rule)
        held |= {
            "role": asked.role,
            "departments": list(asked.departments),
            "maisons": "\n".join(maison.name for maison in asked.maisons),
            "host_kind": asked.host_kind,
            "joined_from": asked.joined_from,
            "joined_until": asked.joined_until,
        }
    return held


class PlanForm(Grouped, forms.ModelForm):
    """When people are reminded; `own` says whether a cohort has rules of its own."""

    own = forms.BooleanField(
        label=gettext_lazy("Reminders of its own, instead of those for all"), required=False
    )

    class Meta:
        model = ReminderPlan
        fields = ("first_before", "second_before", "on_the_day", "after", "inactive", "expiry")

    groups = (
        Group(gettext_lazy("For this cohort"), ("own",)),
        Group(
            gettext_lazy("Around the due date"),
            ("first_before", "second_before", "after", "on_the_day"),
            gettext_lazy("In days. 0: no such reminder."),
        ),
        Group(
            gettext_lazy("Otherwise"),
            ("inactive", "expiry"),
            gettext_lazy("In days. 0: no such reminder."),
        ),
    )

    def __init__(self, *args: Any, cohort: Cohort | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if cohort is None:
            del self.fields["own"]
        # Said once for each group.
        for field in self.fields.values():
            field.help_text = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, second = data.get("first_before") or 0, data.get("second_before") or 0
        if second and second >= first:
            self.add_error("second_before", _("The first reminder comes before the second."))
        return data


class TermsForm(forms.Form):
    """Other terms for one person: in the whole path, or in one of its units."""

    unit = forms.ChoiceField(label=gettext_lazy("For"), required=False)
    due_on = date_field(gettext_lazy("To complete by"))
    attempts = forms.IntegerField(
        label=gettext_lazy("Attempts allowed at each quiz"),
        min_value=1,
        max_value=100,
        required=False,
    )
    extra_minutes = forms.IntegerField(
        label=gettext_lazy("More time at each quiz (minutes)"),
        min_value=1,
        max_value=600,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy(
            "The person reads it, and those who follow them: no word about their health."
        ),
        max_length=255,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        units: list[tuple[str, str]],
        grants: Mapping[str, tuple[str, ...]],
        **kwargs: Any,
    ) -> None:
        """grants: what the type of each unit lets grant, besides a date."""
        super().__init__(*args, **kwargs)
        self.grants = grants
        choices = [("", _("The whole path")), *units]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unit = data.get("unit")
        asked = [self.grants.get(unit, ())] if unit else list(self.grants.values())
        for name, text in (
            (
                "attempts",
                _("No attempts are counted there: only quizzes and assignments have some."),
            ),
            ("extra_minutes", _("No time is counted there: only quizzes have a limit.")),
        ):
            if data.get(name) and not any(name in held for held in asked):
                self.add_error(name, text)
        return data

    def clean_due_on(self) -> dt.date | None:
        return coming(self.cleaned_data["due_on"])
