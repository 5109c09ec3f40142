"""The dates of a session as they are entered: rows that are added and taken off without script."""

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Session
from ..services.sessions import Slot
from .clock import on_the_clock

MOST = 20
YEARS_AHEAD = 3


class DateForm(forms.Form):
    """One date. Left empty, it is no date."""

    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    starts = forms.TimeField(
        label=gettext_lazy("From"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=gettext_lazy("To"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_permitted=True, use_required_attribute=False, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Fill in the day and both hours.")

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        today = timezone.localdate()
        if not dt.date(2015, 1, 1) <= day <= today + dt.timedelta(days=365 * YEARS_AHEAD):
            raise ValidationError(_("Choose a day within the next three years."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("The session ends after it starts, on the same day."))
        return data

    def slot(self, zone: ZoneInfo) -> Slot | None:
        """Both moments, on the clock of the place; None with the error on its field."""
        moments = []
        for name in ("starts", "ends"):
            try:
                moments.append(
                    on_the_clock(self.cleaned_data["day"], self.cleaned_data[name], zone)
                )
            except ValidationError as error:
                self.add_error(name, error)
        return None if self.errors else Slot(*moments)


class DateRows:
    """All the dates of the form: `forms` to show, `slots` once they are valid."""

    def __init__(self, data: Mapping[str, Any] | None, session: Session | None) -> None:
        self.data, self.session = data, session
        self.slots: list[Slot] = []
        if data is None:
            self.forms = [DateForm(prefix=f"date-{n}", initial=row) for n, row in self._stored()]
        else:
            self.forms = [DateForm(data, prefix=f"date-{n}") for n in range(_count(data))]

    def _stored(self) -> list[tuple[int, dict[str, Any]]]:
        dates = self.session.current_dates if self.session else []
        rows = [
            {
                "day": date.local_start.date(),
                "starts": date.local_start.time(),
                "ends": date.local_end.time(),
            }
            for date in dates
        ]
        return list(enumerate(rows or [{"starts": dt.time(9, 30), "ends": dt.time(16, 30)}]))

    @property
    def count(self) -> int:
        return len(self.forms)

    @property
    def has_errors(self) -> bool:
        return any(form.errors for form in self.forms)

    def read(self, zone: ZoneInfo) -> bool:
        """Make the slots, on this clock. False when a row is wrong; its errors are on it."""
        for form in self.forms:
            if _is_empty(form):
                continue
            if form.is_valid() and (slot := form.slot(zone)):
                if self._is_new(slot) and slot.starts_at <= timezone.now():
                    form.add_error("day", _("This date is past."))
                self.slots.append(slot)
        self._refuse_overlaps()
        return not self.has_errors

    def _is_new(self, slot: Slot) -> bool:
        held = self.session.current_dates if self.session else []
        return all(
            (date.starts_at, date.ends_at) != (slot.starts_at, slot.ends_at) for date in held
        )

    def _refuse_overlaps(self) -> None:
        valid = [form for form in self.forms if not _is_empty(form) and not form.errors]
        ordered = sorted(zip(self.slots, valid, strict=False), key=lambda pair: pair[0].starts_at)
        for (one, _form), (other, form) in itertools.pairwise(ordered):
            if other.starts_at < one.ends_at:
                form.add_error("day", _("Two dates overlap."))


def _is_empty(form: DateForm) -> bool:
    """Neither a day: the hours are proposed by the form."""
    return not (form.data.get(form.add_prefix("day")) or "").strip()


def _count(data: Mapping[str, Any]) -> int:
    text = str(data.get("dates") or "1")
    return min(max(int(text), 1), MOST) if text.isascii() and text.isdigit() else 1


def with_one_more(data: Any) -> Any:
    """The same form with one more date, at the hours of the one before."""
    data = data.copy()
    number = min(_count(data) + 1, MOST)
    data["dates"] = str(number)
    last = f"date-{number - 1}"
    for name in ("starts", "ends"):
        data.setdefault(f"{last}-{name}", data.get(f"date-{number - 2}-{name}", ""))
    return data


def without(data: Any, row: str) -> Any:
    """The same form without that row; a wrong number changes nothing."""
    data = data.copy()
    count = _count(data)
    if not (row.isascii() and row.isdigit() and int(row) < count):
        return data
    for number in range(int(row), count):
        for name in ("day", "starts", "ends"):
            data[f"date-{number}-{name}"] = data.get(f"date-{number + 1}-{name}", "")
    data["dates"] = str(max(count - 1, 1))
    return data
