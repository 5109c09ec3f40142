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

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise, lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms.models import Commune
from maisons.models import HostOrganisation, Maison

from ..kinds import Outcome, RegistrationState, SessionState
from ..models import Session, TrainingModulePage
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
MAISONS_NAMED = 500


@dataclass
class Line:
    """One line of a breakdown. chosen: the filters that lead from a list to its part of it."""

    label: str | Promise
    chosen: dict[str, str]
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class SessionLine:
    """One session of the period and what it adds to each figure."""

    pk: int
    start: dt.datetime
    module: int
    city: str | None
    counts: dict[str, int]


@dataclass
class Figures:
    """Everything of one page. counts: {slug of the list: how many}; trained: (person, Maison) of each
    training wholly attended, once."""

    counts: Counter[str]
    sessions: list[SessionLine]
    trained: list[tuple[int, int | None]]
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
    sessions = _sessions(filters, now)
    counts: Counter[str] = Counter()
    for session in sessions:
        _add(counts, session.counts)
    trained = list(network.attended(filters).order_by().values_list("user", "maison").distinct())
    counts["agents"] = len({person for person, _maison in trained})
    counts["nouveaux"] = network.newcomers(filters).count()
    return Figures(counts, sessions, trained, *network.period(filters, now))


def _sessions(filters: Filters, now: dt.datetime) -> list[SessionLine]:
    """Read without the names of modules and cities, which are few: thousands of rows are read here."""
    grouped = network.registrations(filters).order_by().values_list("session_id")
    read = grouped.annotate(**COUNTS).values_list("session_id", *COUNTS)
    held = {pk: dict(zip(COUNTS, numbers, strict=True)) for pk, *numbers in read}
    chosen = bool(network.of_maisons(filters))
    ended = ExpressionWrapper(Q(last_ends_at__isnull=False, last_ends_at__lte=now), BooleanField())
    rows = (
        Session.objects.filter(network.of_sessions(filters))
        .annotate(ended=ended)
        .order_by("first_starts_at", "pk")
        .values_list("pk", "first_starts_at", "module_id", "commune_id", "state", "ended")
    )
    zone = timezone.get_current_timezone()
    lines = []
    for pk, start, module, city, state, has_ended in rows:
        if start is None:  # `of_sessions` leaves out those without a date.
            continue
        counts = held.get(pk) or {**NOBODY}
        if state != SessionState.OPEN or start <= now:
            counts["attente"] = 0
        counts["sessions"] = int(has_ended and bool(not chosen or counts["inscriptions"]))
        lines.append(SessionLine(pk, start.astimezone(zone), module, city, counts))
    return lines


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
    chosen = bool(network.of_maisons(filters))
    lines = AXES_OF_SESSIONS[axis](found)
    return [line for line in lines if not chosen or any(line.counts[c] for c in COLUMNS)]


def _summed(sessions: Iterable[SessionLine], key: Callable[[SessionLine], Any]) -> dict[Any, Any]:
    """{key: counts of its sessions}, in the order in which keys come."""
    sums: dict[Any, Counter[str]] = defaultdict(Counter)
    for session in sessions:
        _add(sums[key(session)], session.counts)
    return sums


def _by_module(found: Figures) -> list[Line]:
    sums = _summed(found.sessions, lambda session: session.module)
    rows = TrainingModulePage.objects.filter(pk__in=sums).order_by("order", "title")
    return [
        Line(title, {"module": slug}, sums[pk])
        for pk, slug, title in rows.values_list("pk", "slug", "title")
    ]


def _by_city(found: Figures) -> list[Line]:
    sums = _summed(found.sessions, lambda session: session.city)
    rows = Commune.objects.filter(pk__in=[code for code in sums if code]).order_by("name", "pk")
    lines = [
        Line(f"{name} ({department})", {"ville": code}, sums[code])
        for code, name, department in rows.values_list("pk", "name", "department_id")
    ]
    remote = [Line(_("Remotely"), {"ville": NONE}, sums[None])] if None in sums else []
    return [*lines, *remote]


def _by_session(found: Figures) -> list[Line]:
    """The last first. Two thousand have a name each, made for those of the page alone."""
    columns = ("pk", "uuid", "module__title", "commune__name")
    rows = Session.objects.filter(pk__in=[session.pk for session in found.sessions])
    names = {pk: rest for pk, *rest in rows.values_list(*columns)}
    lines = []
    for session in sorted(found.sessions, key=lambda s: (-s.start.timestamp(), s.pk)):
        uuid, module, city = names[session.pk]
        name = _named(module, city, session.start)
        lines.append(Line(name, {"session": str(uuid)}, Counter(session.counts)))
    return lines


def _name(module: str, city: str | None, start: dt.datetime) -> str:
    place = city or _("Remotely")
    return f"{module}, {place}, {date_format(start, 'j F Y')}"


_named = lazy(_name, str)


def _by_month(found: Figures) -> list[Line]:
    sums = _summed(found.sessions, lambda session: (session.start.year, session.start.month))
    lines = []
    for (year, month), counts in sums.items():
        first = dt.date(year, month, 1)
        chosen = _within(*month_bounds(first), found)
        lines.append(Line(capfirst(date_format(first, "F Y")), chosen, counts))
    return lines


AXES_OF_SESSIONS: dict[str, Callable[[Figures], list[Line]]] = {
    "module": _by_module,
    "session": _by_session,
    "ville": _by_city,
    "mois": _by_month,
}


def month_bounds(day: dt.date) -> tuple[dt.date, dt.date]:
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _within(first: dt.date, last: dt.date, found: Figures) -> dict[str, str]:
    """The part of the month that lies in the period."""
    first = max(first, timezone.localtime(found.start).date())
    if found.end:
        last = min(last, timezone.localtime(found.end).date() - dt.timedelta(days=1))
    return {"du": first.isoformat(), "au": last.isoformat()}


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
    counts: Counter[tuple[int, int]] = Counter()
    for session in found.sessions:
        counts[session.start.year, session.start.month] += session.counts["suivies"]
    today = timezone.localtime(now).date()
    last = timezone.localtime(found.end).date() - dt.timedelta(days=1) if found.end else today
    return [
        MonthFigure(month, counts[month.year, month.month], _within(*month_bounds(month), found))
        for month in _months(timezone.localtime(found.start).date(), min(last, today))
    ]


def _months(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = (month + dt.timedelta(days=32)).replace(day=1)


def trained_by_department(found: Figures) -> dict[str, int]:
    """{code: different people trained on behalf of a Maison of the department}."""
    maisons = {maison for _person, maison in found.trained if maison}
    rows = Maison.objects.values_list("pk", "commune__department")
    # Beyond that, a database reads all of them sooner than those of a list.
    if len(maisons) < MAISONS_NAMED:
        rows = rows.filter(pk__in=maisons)
    department_of = dict(rows)
    people: dict[str, set[int]] = defaultdict(set)
    for person, maison in found.trained:
        if maison:
            people[department_of[maison]].add(person)
    return {code: len(people[code]) for code in sorted(people)}
