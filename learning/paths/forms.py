"""What a page of a unit sends."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from cms.json_body import read_object

from .record import Report

MOST_PLACE = 2_000
MOST_BYTES = 20_000


class ReportForm(forms.Form):
    """A report of a page, as JSON. Times are told as seconds before the moment of sending, so that a
    clock that is wrong does not matter."""

    event = forms.UUIDField()
    from_ago = forms.FloatField(min_value=0, max_value=86_400, required=False)
    to_ago = forms.FloatField(min_value=0, max_value=86_400, required=False)
    played = forms.JSONField(required=False)
    speed = forms.FloatField(min_value=0.25, max_value=2, required=False)
    place = forms.JSONField(required=False)
    seen = forms.BooleanField(required=False)

    def clean_played(self) -> tuple[tuple[float, float], ...]:
        value = self.cleaned_data.get("played") or []
        try:
            spans = tuple((float(a), float(b)) for a, b in value)
        except (TypeError, ValueError) as error:
            raise ValidationError(_("Spans are pairs of seconds.")) from error
        if any(a != a or b != b for a, b in spans):
            raise ValidationError(_("Spans are pairs of seconds."))
        return spans

    def clean_place(self) -> dict[str, Any] | None:
        value = self.cleaned_data.get("place")
        if value in (None, ""):
            return None
        if not isinstance(value, dict) or len(str(value)) > MOST_PLACE:
            raise ValidationError(_("The place to resume is too long."))
        return value

    def report(self, now: dt.datetime) -> Report:
        asked = self.cleaned_data
        active = None
        if asked.get("from_ago") is not None and asked.get("to_ago") is not None:
            start, end = (now - dt.timedelta(seconds=asked[n]) for n in ("from_ago", "to_ago"))
            active = (start, end)
        return Report(
            on_page=True,
            active=active,
            played=asked["played"],
            speed=asked.get("speed") or 1.0,
            place=asked["place"],
        )


@dataclass(frozen=True)
class Sent:
    """A report as it arrived: what it says, and the identifier by which it counts once."""

    event: uuid.UUID
    report: Report


def read_report(request: HttpRequest, now: dt.datetime) -> tuple[Sent | None, HttpResponse]:
    """The JSON that a page reports, or None with the answer that refuses it."""
    if len(request.body) > MOST_BYTES:
        return None, JsonResponse({"error": _("This report is too long.")}, status=413)
    try:
        sent = read_object(request.body)
    except ValueError:
        return None, JsonResponse({"error": _("This cannot be read as a report.")}, status=400)
    form = ReportForm(_flat(sent))
    if not form.is_valid():
        return None, JsonResponse({"error": form.errors.get_json_data()}, status=400)
    return Sent(form.cleaned_data["event"], form.report(now)), HttpResponse()


def _flat(sent: dict[str, Any]) -> dict[str, Any]:
    """The fields of a form hold text: lists and objects as JSON."""
    return {
        str(name): json.dumps(value) if isinstance(value, dict | list) else value
        for name, value in sent.items()
    }


class MinutesForm(forms.Form):
    """How long somebody has before the next visitor."""

    minutes = forms.TypedChoiceField(
        label=_("I have"),
        choices=[("5", _("5 minutes")), ("10", _("10 minutes")), ("20", _("20 minutes"))],
        coerce=int,
        required=False,
        empty_value=10,
    )


def minutes_asked(data: Any) -> tuple[MinutesForm, int | None]:
    """The form, and how many minutes were asked for; None when nothing was."""
    form = MinutesForm(data)
    asked = form.is_valid() and "minutes" in data
    return form, form.cleaned_data["minutes"] if asked else None
