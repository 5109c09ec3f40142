"""What is asked of the people of a cohort, and what a trainer enters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.listings import FilterForm, KindField, say

from ..models import FollowRules
from ..paths.kinds import EnrolmentState
from ..writing.forms import MessageForm
from .kinds import Progress, Shown

NO_SUCH_UNIT = _("This unit does not exist.")


class PeopleFilters(FilterForm):
    """Which people of a cohort."""

    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    repere = KindField(Shown.choices, label=_("What is said of them"))
    etat = KindField(
        [(s.value, s.label) for s in (EnrolmentState.ACTIVE, EnrolmentState.COMPLETED)],
        label=_("State"),
    )
    etape = forms.UUIDField(
        label=_("Unit of the path"), required=False, error_messages={"invalid": NO_SUCH_UNIT}
    )
    stade = KindField(Progress.choices, label=_("How far in the unit"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["q"], _("Write at most a hundred characters."))


class RulesForm(forms.ModelForm):
    """When to say what of whom."""

    class Meta:
        model = FollowRules
        fields = (
            "stuck",
            "stuck_days",
            "stuck_attempts",
            "inactive",
            "inactive_days",
            "late",
            "late_days",
            "failing",
            "failing_when",
        )

    # Kinds and their fields, as the page groups them.
    GROUPS = (
        ("stuck", ("stuck_days", "stuck_attempts")),
        ("inactive", ("inactive_days",)),
        ("late", ("late_days",)),
        ("failing", ("failing_when",)),
    )

    def groups(self) -> list[dict[str, Any]]:
        return [
            {"kind": kind, "on": self[kind], "fields": [self[name] for name in names]}
            for kind, names in self.GROUPS
        ]


class MuteForm(forms.Form):
    """For how long, and why."""

    days = forms.IntegerField(
        label=_("Days"), min_value=1, max_value=180, initial=14, help_text=_("From 1 to 180.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "The team of trainers reads it, and so does the person who asks for their data."
        ),
        max_length=255,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["days"], _("Write a number of days between 1 and 180."))


class CohortMessageForm(MessageForm):
    """A message to those ticked, else to all of a list narrowed by these filters."""

    filters = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)


class QuizForm(FilterForm):
    """Which quiz of the path."""

    etape = KindField([], label=_("Quiz"))

    def __init__(self, *args: Any, quizzes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["etape"].choices = [("", ""), *quizzes]  # type: ignore[attr-defined]
