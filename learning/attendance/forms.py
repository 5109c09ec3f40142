"""What may be asked of attendance, and what is entered."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import HalfDay
from .codes import LONG, tidy

STATES = {"present": True, "absent": False, "unknown": None}


class CodeForm(forms.Form):
    """The code that the screen at the door shows, typed by hand."""

    code = forms.CharField(
        label=gettext_lazy("The code on the screen"),
        help_text=gettext_lazy("Six letters and digits. It changes every twenty seconds."),
        max_length=2 * LONG,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-field",
            }
        ),
    )

    def clean_code(self) -> str:
        return tidy(self.cleaned_data["code"])


class HalfDayForm(forms.Form):
    """Which half-day of a session is asked for; none of them: the one that is at hand."""

    demi_journee = forms.UUIDField(required=False)

    def __init__(self, *args: Any, half_days: list[HalfDay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.half_days = half_days

    def chosen(self) -> HalfDay | None:
        asked = self.cleaned_data.get("demi_journee") if self.is_valid() else None
        return next((h for h in self.half_days if h.uuid == asked), None)


class EntryForm(forms.Form):
    """One tap on the trainer's screen, without JavaScript: "<registration>:<state>"."""

    half_day = forms.UUIDField()
    entry = forms.RegexField(rf"^[0-9a-f-]{{36}}:({'|'.join(STATES)})$", required=False)
    rest = forms.BooleanField(required=False)

    def read(self) -> tuple[uuid.UUID, bool | None] | None:
        """Whose registration and which state; None when the form asks for all who are left."""
        person, _colon, state = self.cleaned_data["entry"].partition(":")
        try:
            return (uuid.UUID(person), STATES[state]) if person else None
        except ValueError:
            return None


class CorrectionForm(forms.Form):
    """A correction, with its reason, which the trace keeps."""

    present = forms.TypedChoiceField(
        label=gettext_lazy("What is true"),
        choices=[("1", gettext_lazy("Present")), ("0", gettext_lazy("Absent"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for the correction"),
        help_text=gettext_lazy("It stays in the trace, with your name and the hour."),
        max_length=255,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


# -- What a screen without network sends later ----------------------------------------------------

MOST_BYTES, MOST_ENTRIES, OLDEST = 64 * 1024, 100, dt.timedelta(days=365)


class BadBatch(ValueError):
    """What was sent cannot be read; the message says why."""


@dataclass(frozen=True)
class Entry:
    """One tap: `ago` is how long before it was sent, by the clock of the device."""

    id: uuid.UUID
    half_day: uuid.UUID
    registration: uuid.UUID
    present: bool | None
    ago: dt.timedelta


@dataclass(frozen=True)
class Batch:
    user: str
    entries: list[Entry]


def read_batch(body: bytes) -> Batch:
    """Read {"user", "now", "entries": [{"id", "half_day", "registration", "present", "at"}]}.

    Times are milliseconds of the device; only what passed between them counts, so that a wrong clock
    changes nothing. Raises BadBatch.
    """
    if len(body) > MOST_BYTES:
        raise BadBatch(_("Too much at once: send it in parts."))
    try:
        data = json.loads(body)
        entries = data["entries"]
        if not isinstance(entries, list) or not isinstance(data["user"], str):
            raise TypeError
        if len(entries) > MOST_ENTRIES:
            raise BadBatch(_("Too much at once: send it in parts."))
        now = _milliseconds(data["now"])
        return Batch(data["user"], [_entry(one, now) for one in entries])
    except BadBatch:
        raise
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
    ) as error:
        raise BadBatch(_("This cannot be read as entries of attendance.")) from error


def _milliseconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    return value


def _entry(one: Any, now: float) -> Entry:
    present = one["present"]
    if present is not None and not isinstance(present, bool):
        raise TypeError
    ago = dt.timedelta(milliseconds=now - _milliseconds(one["at"]))
    return Entry(
        id=uuid.UUID(one["id"]),
        half_day=uuid.UUID(one["half_day"]),
        registration=uuid.UUID(one["registration"]),
        present=present,
        ago=min(max(ago, dt.timedelta()), OLDEST),
    )
