"""The columns of the network's lists: the same on the page and in files."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..kinds import SessionKind
from ..templatetags.learning import session_days
from .rows import result_of


@dataclass(frozen=True)
class Column:
    """value: of a row; url: where its cell leads on the page, or ""; note: said below it there; number: set to the right."""

    header: str | Promise
    value: Callable[[Any], Any]
    url: Callable[[Any], str] | None = None
    number: bool = False
    page: bool = True  # else in files alone
    note: Callable[[Any], str] | None = None

    def cell(self, row: Any) -> Any:
        """As `components/table.html` takes it."""
        value = self.value(row)
        text: Any = (_("yes") if value else "") if isinstance(value, bool) else str(value)
        if isinstance(value, dt.date):
            said = date_format(value, "SHORT_DATE_FORMAT")
            text = format_html('<time datetime="{}">{}</time>', text, said)
        if self.url and text and (url := self.url(row)):
            text = format_html('<a href="{}">{}</a>', url, text)
        text = text or "–"
        if self.note and (said := self.note(row)):
            text = format_html('{} <small class="item__meta">{}</small>', text, said)
        return {"value": text, "number": self.number}


def _department(maison: Any) -> str:
    return str(maison.commune.department) if maison else ""


def _place(session: Any) -> str:
    return session.city or str(session.get_mode_display())


def _names(user: Any) -> str:
    return ", ".join(dict.fromkeys(row.maison.name for row in user.held))


def _departments(user: Any) -> str:
    return ", ".join(dict.fromkeys(_department(row.maison) for row in user.held))


def _since(user: Any) -> Any:
    return timezone.localtime(user.held[0].starts_at).date() if user.held else ""


COLUMNS: dict[str, list[Column]] = {
    "registration": [
        Column(
            _("Person"),
            lambda row: str(row.user),
            lambda row: str(row.get_absolute_url()),
        ),
        Column(_("Maison"), lambda row: row.maison.name if row.maison else ""),
        Column(_("Department"), lambda row: _department(row.maison), page=False),
        Column(_("Module"), lambda row: row.session.module.title),
        Column(_("Dates"), lambda row: session_days(row.session)),
        Column(_("Place"), lambda row: _place(row.session)),
        Column(_("Pilot session"), lambda row: row.session.kind == SessionKind.PILOT, page=False),
        Column(_("State"), lambda row: str(row.get_state_display()), page=False),
        Column(_("Result"), result_of),
        Column(_("Half-days attended"), lambda row: row.half_days_present, number=True),
        Column(_("Half-days due"), lambda row: row.half_days_due, number=True),
        Column(_("Fictitious"), lambda row: row.session.is_fictitious, page=False),
    ],
    "session": [
        Column(
            _("Module"),
            lambda row: row.module.title,
            lambda row: reverse("learning:run-session", args=[row.uuid]),
        ),
        Column(_("Dates"), session_days),
        Column(_("Place"), _place),
        Column(_("Department"), lambda row: str(row.commune.department) if row.commune else ""),
        Column(_("Pilot session"), lambda row: row.kind == SessionKind.PILOT),
        Column(_("State"), lambda row: str(row.get_state_display())),
        Column(_("Registered"), lambda row: row.registered, number=True),
        Column(_("Attended"), lambda row: row.attended, number=True),
        Column(_("Absent"), lambda row: row.absent, number=True),
        Column(_("Fictitious"), lambda row: row.is_fictitious, page=False),
    ],
    "person": [
        Column(_("Person"), str),
        Column(_("Maisons"), _names),
        Column(_("Department"), _departments),
        Column(_("Member since"), _since),
    ],
}
