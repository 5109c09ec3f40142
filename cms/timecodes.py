"""Moments of a recording, written as minutes and seconds: 1:05 or 1:02:05."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

TIMECODE = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)", re.ASCII)
WRONG = _("Write minutes and seconds, like 1:05, or hours too, like 1:02:05.")


def parse(text: str) -> int:
    """Seconds. Raises ValueError when it is no moment."""
    match = TIMECODE.fullmatch(text.strip())
    if match is None or (match[1] and int(match[2]) > 59):
        raise ValueError(text)
    return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])


def write(seconds: int) -> str:
    """ "1:05"; with hours from one hour on."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def webvtt(seconds: float) -> str:
    """ "00:01:05.000", as WebVTT writes it."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, rest = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}.{thousandths:03}"


class TimecodeFormField(forms.CharField):
    def prepare_value(self, value: Any) -> Any:
        return write(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            return parse(text)
        except ValueError:
            raise ValidationError(WRONG) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class TimecodeField(models.PositiveIntegerField):
    """Seconds in the database, minutes and seconds in forms."""

    def formfield(self, **kwargs: Any) -> Any:
        kwargs.pop("min_value", None)
        return models.Field.formfield(self, form_class=TimecodeFormField, **kwargs)
