"""What people fill in to discuss and to moderate."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.listings import FilterForm, KindField
from cms.timecodes import TimecodeFormField

from ..models.threads import LONGEST
from .queries import HELD, HIDDEN, REPORTED

LATEST_SECOND = 100_000
STATES = ((HELD, _("To read")), (REPORTED, _("Reported")), (HIDDEN, _("Hidden")))


class MessageForm(forms.Form):
    """A message. `submission` names the form: sent twice, it is one message."""

    text = forms.CharField(
        label=_("Your message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )
    moment = TimecodeFormField(
        label=_("At"),
        help_text=_("A moment of the recording, like 1:05; nothing for the whole."),
        required=False,
        widget=forms.TextInput(attrs={"size": "8", "maxlength": "8", "autocomplete": "off"}),
    )
    is_question = forms.BooleanField(label=_("It is a question"), required=False)
    answers = forms.UUIDField(widget=forms.HiddenInput, required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_moments: bool = False, **kwargs: Any) -> None:
        kwargs["initial"] = {"submission": uuid.uuid4()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if not has_moments:
            del self.fields["moment"], self.fields["is_question"]

    def clean_moment(self) -> int | None:
        moment: int | None = self.cleaned_data["moment"]
        if moment is not None and moment > LATEST_SECOND:
            raise forms.ValidationError(_("No recording is that long."))
        return moment


class TextForm(forms.Form):
    """A correction of one's message."""

    text = forms.CharField(
        label=_("Your message"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )


class HideForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is hidden"),
        help_text=_("The author reads it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReportForm(forms.Form):
    reason = forms.CharField(
        label=_("What is wrong with it"),
        help_text=_("Read by the moderators alone."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PageForm(FilterForm):
    """The page of a discussion, and the message that one answers."""

    reponse = forms.UUIDField(label=_("Message answered"), required=False)


class ModerationFilters(FilterForm):
    etat = KindField(STATES, label=_("State"))
