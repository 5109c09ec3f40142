"""The figures of the network's training and what they are made of, in few queries.

Registrations are counted session by session in the database, and added up here by module, city or
month: what is counted is what `network.LISTS` lists (held by tests/learning/test_steering_figures.py).
"""

import calendar
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from maisons.models import HostOrganisation

from ..kinds import Outcome, RegistrationState, SessionState
from ..models import Registration, Session
from . import network
from .forms import NONE
from .network import CONFIRMED, Filters

# The columns of a breakdown, each a list of `network.LISTS`.
COLUMNS = ("sessions", "inscriptions", "suivies", "absences", "annulations")
BY_MAISON = {"departement", "porteur"}
COUNTS = {
    "inscriptions": Count("pk", filter=CONFIRMED),
    "suivies": Count("pk", filter=CONFIRMED & Q(outcome=Outcome.ATTENDED)),
    "partielles": Count("pk", filter=CONFIRMED & Q(outcome=Outcome.PARTLY)),
    "absences": Count("pk", filter=CONFIRMED & Q(outcome=Outcome.ABSENT)),
    "annulations": Count("pk", filter=Q(state=RegistrationState.CANCELLED, cancelled_late=True)),
    "attente": Count("pk", filter=Q(state=RegistrationState.WAITING)),
}


NOBODY = dict.fromkeys(COUNTS, 0)


@dataclass
class Line:
    """One line of a breakdown. chosen: the filters that lead from a list to its part of it."""

    label: str
    chosen: dict[str, str]
    counts: Counter[str] = field(default_factory=Counter)


@dataclass
class Figures:
    """Everything of one page. counts: {slug of the list: how many}."""

    counts: Counter[str]
    sessions: list[dict[str, Any]]
    start: dt.datetime
    end: dt.datetime | None

    @property
    def results(self) -> int:
        """Confirmed registrations whose attendance is known."""
        return self.counts["suivies"] + self.counts["partielles"] + self.counts["absences"]

    @property
    def absence_rate(self) -> float | None:
        return 100 * self.counts["absences"] / self.results if self.results else None


def figures(filters: Filters, now: dt.datetime | None = None) -> Figures:
    """In four queries: sessions, their registrations, people trained, newcomers."""
    now = now or timezone.now()
    sessions = list(_sessions(filters))
    grouped = network.registrations(filters).order_by().values_list("session_id")
    read = grouped.annotate(**COUNTS).values_list("session_id", *COUNTS)
    by_session = {pk: dict(zip(COUNTS, numbers, strict=True)) for pk, *numbers in read}
    counts: Counter[str] = Counter()
    chosen = bool(network.of_maisons(filters))
    zone = timezone.get_current_timezone()
    for session in sessions:
        session["start"] = session["first_starts_at"].astimezone(zone)
        session["counts"] = _of(session, by_session.get(session["pk"]), chosen, now)
        _add(counts, session["counts"])
    counts["agents"] = (
        network.registrations(filters)
        .filter(CONFIRMED, outcome=Outcome.ATTENDED)
        .aggregate(n=Count("user", distinct=True))["n"]
    )
    counts["nouveaux"] = network.newcomers(filters).count()
    return Figures(counts, sessions, *network.period(filters, now))


def _sessions(filters: Filters) -> QuerySet[Session, dict[str, Any]]:
    return (
        Session.objects.filter(network.of_sessions(filters))
        .order_by("first_starts_at", "pk")
        .values(
            *("pk", "uuid", "state", "first_starts_at", "last_ends_at"),
            *("module_id", "module__slug", "module__title", "module__order"),
            *("commune_id", "commune__name", "commune__department_id"),
        )
    )


def _of(
    session: dict[str, Any], held: dict[str, int] | None, chosen: bool, now: dt.datetime
) -> dict[str, int]:
    """What one session adds to each figure. held: counts of its registrations, when it has any;
    chosen: a choice of Maisons was made."""
    counts = held or {**NOBODY}
    ahead = session["state"] == SessionState.OPEN and session["first_starts_at"] > now
    if not ahead:
        counts["attente"] = 0
    ended = session["last_ends_at"] is not None and session["last_ends_at"] <= now
    counts["sessions"] = int(ended and bool(not chosen or counts["inscriptions"]))
    return counts


def _add(total: Counter[str], counts: dict[str, int]) -> None:
    """Counter.update, quicker for the thousands of small ones of this page."""
    for slug, number in counts.items():
        if number:
            total[slug] += number


# -- Broken down ----------------------------------------------------------------------------------


def broken_down(found: Figures, filters: Filters, axis: str) -> list[Line]:
    """The figures by one axis of `forms.AXES`, in the order in which one reads it."""
    if axis in BY_MAISON:
        return _by_maison(filters, axis)
    key, name, rank = SESSION_AXES[axis]
    chosen = bool(network.of_maisons(filters))
    groups: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for session in found.sessions:
        groups[key(session)].append(session)
    lines = []
    for code in sorted(groups, key=lambda code: rank(groups[code][0])):
        first = groups[code][0]
        line = Line(name(first), {axis: str(code)})
        if axis == "mois":
            line.chosen = _month(first, found)
        for session in groups[code]:
            _add(line.counts, session["counts"])
        lines.append(line)
    return [line for line in lines if not chosen or any(line.counts[c] for c in COLUMNS)]


def _start(session: dict[str, Any]) -> dt.datetime:
    start: dt.datetime = session["start"]
    return start


def _city(session: dict[str, Any]) -> str:
    if session["commune_id"] is None:
        return _("Remotely")
    return f"{session['commune__name']} ({session['commune__department_id']})"


def _session(session: dict[str, Any]) -> str:
    place = session["commune__name"] or _("Remotely")
    return f"{session['module__title']}, {place}, {date_format(_start(session), 'j F Y')}"


def _month_name(session: dict[str, Any]) -> str:
    return capfirst(date_format(_start(session), "F Y"))


def _month(session: dict[str, Any], found: Figures) -> dict[str, str]:
    """The part of the month that lies in the period."""
    day = _start(session).date()
    first, last = month_bounds(day)
    return _within(first, last, found)


def month_bounds(day: dt.date) -> tuple[dt.date, dt.date]:
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _within(first: dt.date, last: dt.date, found: Figures) -> dict[str, str]:
    first = max(first, timezone.localtime(found.start).date())
    if found.end:
        last = min(last, timezone.localtime(found.end).date() - dt.timedelta(days=1))
    return {"du": first.isoformat(), "au": last.isoformat()}


Session_ = dict[str, Any]
SESSION_AXES: dict[
    str, tuple[Callable[[Session_], Any], Callable[[Session_], str], Callable[[Session_], Any]]
] = {
    "module": (
        lambda s: s["module__slug"],
        lambda s: str(s["module__title"]),
        lambda s: (s["module__order"], s["module__title"]),
    ),
    "session": (
        lambda s: s["uuid"],
        _session,
        lambda s: (-s["first_starts_at"].timestamp(), s["pk"]),
    ),
    "ville": (
        lambda s: s["commune_id"] or NONE,
        _city,
        lambda s: (s["commune_id"] is None, s["commune__name"] or ""),
    ),
    "mois": (
        lambda s: _start(s).strftime("%Y-%m"),
        _month_name,
        lambda s: s["first_starts_at"],
    ),
}


def _by_maison(filters: Filters, axis: str) -> list[Line]:
    """By what is known of the Maison on whose behalf people registered."""
    path = {
        "departement": "maison__commune__department",
        "porteur": "maison__host_organisation__kind",
    }[axis]
    values = [path, "maison__commune__department__name"] if axis == "departement" else [path]
    ended = Q(session__last_ends_at__lte=timezone.now())
    rows = (
        network.registrations(filters)
        .order_by(F(path).asc(nulls_last=True))
        .values(*values)
        .annotate(**COUNTS, sessions=Count("session", filter=CONFIRMED & ended, distinct=True))
    )
    kinds = dict(HostOrganisation.Kind.choices)
    lines = []
    for row in rows:
        code = row.pop(path)
        if axis == "departement":
            name = row.pop("maison__commune__department__name")
            label = f"{name} ({code})" if code else _("Without a Maison")
            chosen = {"departement": code} if code else {"maison": NONE}
        else:
            label = capfirst(str(kinds.get(code, code))) if code else _("Not known")
            chosen = {"porteur": code or NONE}
        lines.append(Line(label, chosen, Counter(row)))
    return lines


# -- Months and departments -----------------------------------------------------------------------


@dataclass
class MonthFigure:
    month: dt.date
    attended: int
    chosen: dict[str, str]


def by_month(found: Figures, now: dt.datetime | None = None) -> list[MonthFigure]:
    """Trainings attended, month after month, those without any included; to this month at most."""
    counts: Counter[dt.date] = Counter()
    for session in found.sessions:
        month = _start(session).date().replace(day=1)
        counts[month] += session["counts"]["suivies"]
    today = timezone.localtime(now).date()
    last = timezone.localtime(found.end).date() - dt.timedelta(days=1) if found.end else today
    return [
        MonthFigure(month, counts[month], _within(*month_bounds(month), found))
        for month in _months(timezone.localtime(found.start).date(), min(last, today))
    ]


def _months(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + dt.timedelta(days=32)).replace(day=1)


def trained_by_department(filters: Filters) -> dict[str, int]:
    """{code: different people trained on behalf of a Maison of the department}."""
    rows: QuerySet[Registration] = network.attended(filters).filter(maison__isnull=False)
    path = "maison__commune__department"
    return dict(rows.order_by(path).values_list(path).annotate(n=Count("user", distinct=True)))
