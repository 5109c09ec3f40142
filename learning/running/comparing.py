"""Two people changed one session: what each wrote, side by side."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ..models import Session
from .date_forms import DateRows
from .session_forms import SessionForm, initial_of


@dataclass(frozen=True)
class Difference:
    """One field: what is saved now, and what this person entered."""

    label: str
    theirs: str
    yours: str


HIDDEN = {"version", "commune_code"}


def differences(stored: Session, form: SessionForm, rows: DateRows) -> list[Difference]:
    """Where the session as it is saved differs from what was entered."""
    theirs = SessionForm(user=form.user, session=stored)
    found = []
    initial = initial_of(stored, form.user)
    for name, field in theirs.fields.items():
        if name in HIDDEN or field.disabled:
            continue
        entered = form[name].data
        if field.has_changed(initial.get(name), entered):
            found.append(
                Difference(
                    str(field.label),
                    _words(field, initial.get(name)),
                    _words(field, entered),
                )
            )
    if _dates_of(stored) != (entered_dates := _entered(rows)):
        found.append(Difference(_("Dates"), _lines(_dates_of(stored)), _lines(entered_dates)))
    return found


def _words(field: Any, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if hasattr(field, "queryset"):
        values = value if isinstance(value, list | tuple) else [value]
        rows = field.queryset.filter(**{f"{field.to_field_name}__in": [v for v in values if v]})
        return ", ".join(str(row) for row in rows) or _("none")
    if choices := getattr(field, "choices", None):
        return str(dict(choices).get(value, value))
    if hasattr(value, "strftime"):
        return str(value.isoformat())
    if value == "on":
        return _("yes")
    return str(value) if value not in (None, "", False) else _("none")


def _dates_of(session: Session) -> list[str]:
    return sorted(
        f"{date.local_start:%Y-%m-%d %H:%M}–{date.local_end:%H:%M}"
        for date in session.current_dates
    )


def _entered(rows: DateRows) -> list[str]:
    found = []
    for row in rows.forms:
        if row.is_valid() and row.cleaned_data.get("day"):
            data = row.cleaned_data
            found.append(f"{data['day']:%Y-%m-%d} {data['starts']:%H:%M}–{data['ends']:%H:%M}")
    return sorted(found)


def _lines(dates: list[str]) -> str:
    return ", ".join(dates) or _("none")
