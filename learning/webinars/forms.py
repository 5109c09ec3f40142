"""What is asked of, and sent to, the pages of webinars."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.listings import FilterForm, KindField, say
from cms.timecodes import TimecodeFormField

from ..models.webinars import LONGEST_NOTE
from .kinds import Audience

LATEST_SECOND = 100_000
COMING, REPLAYS = "a-venir", "replays"
REGISTERED, LIVE, ABSENT, REPLAY, FOLLOWED = "inscrits", "direct", "absents", "replay", "suivi"


class WebinarFilters(FilterForm):
    """The list of webinars: all, those to come, the replays."""

    voir = KindField(((COMING, _("To come")), (REPLAYS, _("Replays"))), label=_("Webinars"))


class RoomForm(FilterForm):
    """The page of a webinar: which page of the notes, which note is being corrected."""

    notes = forms.IntegerField(label=_("Page"), min_value=1, max_value=100_000, required=False)
    modifier = forms.UUIDField(label=_("Note"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["notes"], _("This page of results does not exist."))


class NoteForm(forms.Form):
    """A note at a moment. `submission` names the form: sent twice, it is one note."""

    moment = TimecodeFormField(
        label=_("At"),
        help_text=_("Minutes and seconds, like 1:05."),
        widget=forms.TextInput(attrs={"size": "8", "maxlength": "8", "autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("Note"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_public = forms.BooleanField(
        label=_("A note of the team: all viewers read it"), required=False
    )
    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, team: bool = False, now: bool = True, **kwargs: Any) -> None:
        first = {"submission": uuid.uuid4(), "moment": 0}
        kwargs["initial"] = first | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if not team:
            del self.fields["is_public"]
        if now:
            # The player writes the moment that plays, until somebody types one.
            self.fields["moment"].widget.attrs["data-now"] = ""

    def clean_moment(self) -> int:
        moment: int = self.cleaned_data["moment"]
        if moment > LATEST_SECOND:
            raise ValidationError(_("No recording is that long."))
        return moment


class LinkForm(forms.Form):
    meeting_url = forms.URLField(
        label=_("Link to the meeting tool"),
        help_text=_(
            "Shown to those registered alone, from a quarter of an hour before until the end."
        ),
        max_length=500,
        required=False,
        assume_scheme="https",
    )

    def clean_meeting_url(self) -> str:
        url: str = self.cleaned_data["meeting_url"]
        if url and not url.startswith("https://"):
            raise ValidationError(_("Give an address that begins with https://."))
        return url


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is called off"),
        help_text=_("Those registered will read it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PeopleFilters(FilterForm):
    """Who is registered, who was there, who saw the replay."""

    WHO = (
        (REGISTERED, _("People registered")),
        (LIVE, _("There live")),
        (ABSENT, _("Registered, not there")),
        (REPLAY, _("Saw the replay")),
        (FOLLOWED, _("Live or replay")),
    )
    q = forms.CharField(label=_("Name"), max_length=80, required=False)
    qui = KindField(WHO, label=_("People"))


class ExportFilters(PeopleFilters):
    """The same for the file: of which webinar."""

    webinaire = forms.UUIDField(label=_("Webinar"))


class AttendanceForm(forms.Form):
    """The team's list: the people of the page, and those of them who were there."""

    shown = forms.CharField(max_length=20_000)
    present = forms.CharField(max_length=20_000, required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(
            {name: " ".join(data.getlist(name)) for name in ("shown", "present")},
        )

    def _identifiers(self, name: str) -> list[uuid.UUID]:
        try:
            return [uuid.UUID(text) for text in self.cleaned_data[name].split()]
        except ValueError as error:
            raise ValidationError(_("The page was out of date: say it again.")) from error

    def clean_shown(self) -> list[uuid.UUID]:
        return self._identifiers("shown")

    def clean_present(self) -> list[uuid.UUID]:
        return self._identifiers("present")


class MessageForm(forms.Form):
    """A message of the team. `token` names the form: sent twice, it is one message."""

    audience = forms.ChoiceField(label=_("To"), choices=Audience.choices)
    subject = forms.CharField(label=_("Subject"), max_length=150)
    text = forms.CharField(
        label=_("Message"), max_length=5000, widget=forms.Textarea(attrs={"rows": 8})
    )
    token = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"token": uuid.uuid4(), "audience": Audience.REGISTERED}
        super().__init__(*args, **kwargs)
