"""Somebody's own history: every registration that is behind them, with its result."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms import registry
from cms.exports import Export
from cms.listings import Listing, narrow

from ..models import Registration
from ..templatetags.learning import session_days
from .forms import HistoryFilters
from .rows import is_ahead, lines, result_of


def history_of(user: Any) -> QuerySet[Registration]:
    """The newest first; nobody else's."""
    past = Registration.objects.filter(user=user).exclude(is_ahead())
    shown = lines(past, "maison__name").prefetch_related("session__dates")
    return shown.order_by("-session__first_starts_at", "-pk")


def listing(user: Any, form: HistoryFilters) -> Listing:
    return narrow(history_of(user), form)


def chosen(user: Any, filters: dict[str, Any]) -> QuerySet[Registration]:
    """The whole of it under the same filters, for the file."""
    rows = history_of(user)
    for facet in HistoryFilters.facets:
        if value := filters.get(facet.name):
            rows = rows.filter(**{facet.path: value})
    return rows


MY_HISTORY = Export(
    code="mes-formations",
    label=_("My training"),
    columns=[
        (_("Module"), lambda row: row.session.module.title),
        (_("Dates"), lambda row: session_days(row.session)),
        (_("Place"), lambda row: row.session.city or row.session.get_mode_display()),
        (_("Half-days due"), lambda row: row.half_days_due),
        (_("Half-days attended"), lambda row: row.half_days_present),
        (_("Result"), result_of),
        (_("Maison"), lambda row: row.maison.name if row.maison else ""),
        (_("Fictitious"), lambda row: row.session.is_fictitious),
    ],
    rows=chosen,
    may_export=lambda user: user.is_authenticated,
    form=HistoryFilters,
)
registry.export_kinds.register(MY_HISTORY.code, MY_HISTORY)
