"""Forms of contributions: the member's, and the moderator's."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.roles import role_codes
from accounts.scopes import HOST_MANAGER, OPERATOR_EDITOR, PREFECTURE_REFERENT
from cms.listings import FilterForm, KindField

from .models import ConsultationPage, Contribution
from .models.contributions import MAX_LENGTH

Capacity = Contribution.Capacity
CAPACITY_OF = {
    "manager": Capacity.MANAGER,
    "agent": Capacity.AGENT,
    HOST_MANAGER: Capacity.HOST,
    OPERATOR_EDITOR: Capacity.OPERATOR,
    PREFECTURE_REFERENT: Capacity.STATE,
}

# What a moderator may read: all that was sent and not taken back.
MODERATED = [
    (state.value, state.label)
    for state in (
        Contribution.State.SUBMITTED,
        Contribution.State.PUBLISHED,
        Contribution.State.REFUSED,
    )
]


class ContributionForm(forms.ModelForm):
    """`complete=False`: a draft may lack its text."""

    scenario_key = forms.TypedChoiceField(
        label=_("Scenario that you speak of"),
        required=False,
        coerce=uuid.UUID,
        empty_value=None,
    )
    # Made with the form, so that a form sent twice makes one draft.
    identifier = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Contribution
        fields = ["title", "scenario_key", "text", "capacity", "signed"]
        widgets = {"text": forms.Textarea(attrs={"rows": 10, "maxlength": MAX_LENGTH})}
        help_texts = {
            "title": _("Your idea in one sentence."),
            "text": _("Plain text, 5,000 characters at most. Name nobody: speak of facts."),
        }

    def __init__(
        self, *args: Any, page: ConsultationPage, complete: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = complete
        scenarios = [(str(row.translation_key), row.title) for row in page.scenarios.all()]
        if scenarios:
            choices = [("", _("None in particular")), *scenarios]
            self.fields["scenario_key"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["scenario_key"]

    def data_to_save(self) -> dict[str, Any]:
        return {"scenario_key": None, **self.cleaned_data}


def first_values(user: Any) -> dict[str, Any]:
    """What the form of a new contribution proposes."""
    held = role_codes(user)
    capacity = next((CAPACITY_OF[role] for role in CAPACITY_OF if role in held), Capacity.OTHER)
    return {"identifier": uuid.uuid4(), "capacity": capacity}


class DecisionForm(forms.Form):
    """What a moderator decides. A refusal says why."""

    ACCEPT, REFUSE = "accept", "refuse"

    decision = forms.ChoiceField(choices=[(ACCEPT, _("Publish")), (REFUSE, _("Do not publish"))])
    reason = forms.CharField(
        label=_("Reason, told to the author"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == self.REFUSE and not (data.get("reason") or "").strip():
            self.add_error("reason", _("Say why: the author is told."))
        return data


class ModerationFilters(FilterForm):
    """What may be asked of the moderators' list; without a state, what waits."""

    state = KindField(MODERATED, label=_("State"))


class OwnContributions(FilterForm):
    """What may be asked of one's own list: a page of it."""
