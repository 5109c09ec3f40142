"""Registrations as lists of training show them: read without the texts of pages and sessions."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from ..kinds import IN_PLAY, RegistrationState, SessionState
from ..models import Registration

# What a line shows of a session: a page has dozens of columns and its texts.
OF_SESSION = (
    *("uuid", "kind", "mode", "state", "venue", "first_starts_at", "last_ends_at", "is_fictitious"),
    *("module__title", "module__slug", "module__half_days"),
    *("commune__name", "commune__department__code", "commune__department__name"),
    "commune__department__time_zone",
)
OF_ROW = (
    *("uuid", "state", "remote", "queued_at", "offer_expires_at", "cancelled_late", "outcome"),
    *("half_days_due", "half_days_present", "created_at", "user_id", "maison_id"),
)


def lines(rows: QuerySet[Registration], *more: str) -> QuerySet[Registration]:
    """With their session, module and place, in one query. more: other columns, by their paths."""
    related = {path.rpartition("__")[0] for path in more} - {""}
    return rows.select_related("session__module", "session__commune__department", *related).only(
        *OF_ROW, *(f"session__{name}" for name in OF_SESSION), *more
    )


def is_ahead(now: Any = None, session: str = "session__") -> Q:
    """Registrations in play for a session that has not ended."""
    ends = f"{session}last_ends_at"
    return (
        Q(state__in=IN_PLAY)
        & Q(**{f"{session}state": SessionState.OPEN})
        & (Q(**{f"{ends}__gt": now or timezone.now()}) | Q(**{f"{ends}__isnull": True}))
    )


def result_of(row: Registration) -> str:
    """What came of a registration, in words: attendance first, else how it ended."""
    if row.outcome:
        return str(row.get_outcome_display())
    if row.session.state == SessionState.CANCELLED:
        return _("Session cancelled")
    if row.state == RegistrationState.CANCELLED and row.cancelled_late:
        return _("Cancelled late")
    if row.state == RegistrationState.CONFIRMED and row.session.has_ended():
        return _("Result to come")
    if row.state == RegistrationState.CONFIRMED:
        return str(row.get_state_display())
    if row.state in IN_PLAY:
        return _("No place")
    return str(row.get_state_display())
