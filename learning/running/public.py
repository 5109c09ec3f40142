"""The coming sessions as a calendar and as a map: what the two pages read."""

import calendar
import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cms.maps import DepartmentMap, build_map, project

from ..forms import FIRST_DAY, LAST_DAY, SessionFilters
from ..models import Session, SessionDate

# Beyond this many a day's cell says how many more there are, with a link to that day's list.
MOST_A_DAY = 4
# Dates read for a month: the network holds some two hundred.
MOST_A_MONTH = 1000


def views_of_sessions(current: str, form: SessionFilters) -> list[dict[str, Any]]:
    """The three views with what is asked, for `components/tabs.html`."""
    query = form.query()
    views = (
        ("list", "learning:sessions", _("List")),
        ("calendar", "learning:sessions-calendar", _("Calendar")),
        ("map", "learning:sessions-map", _("Map")),
    )
    return [
        {
            "label": label,
            "url": f"{reverse(name)}?{query}" if query else reverse(name),
            "current": code == current,
        }
        for code, name, label in views
    ]


class MonthForm(forms.Form):
    """Which month: "2027-03"."""

    mois = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$", label=gettext_lazy("Month"), required=False, strip=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mois"].error_messages["invalid"] = _("Write a month like 2027-03.")

    def clean_mois(self) -> dt.date | None:
        text = self.cleaned_data["mois"]
        if not text:
            return None
        year, month = int(text[:4]), int(text[5:])
        if not FIRST_DAY.year <= year <= LAST_DAY.year:
            raise forms.ValidationError(_("Choose a month between 2015 and 2099."))
        return dt.date(year, month, 1)


@dataclass
class Day:
    """A cell of the calendar. `more`: how many are not shown, all of them behind `url`."""

    date: dt.date
    in_month: bool
    is_today: bool
    dates: list[SessionDate] = field(default_factory=list)
    more: int = 0
    url: str = ""


@dataclass
class Month:
    """A month as weeks of days; `busy`: the days that hold something, for the agenda."""

    first: dt.date
    weeks: list[list[Day]]
    before: str
    after: str
    next_month: dt.date | None = None
    next_url: str = ""

    @property
    def busy(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day.in_month and day.dates]


def month_of(rows: QuerySet[Session], first: dt.date | None, form: SessionFilters) -> Month:
    """The dates of these sessions in a month: that one, else the month of the soonest to come."""
    today = timezone.localdate()
    first = first or _soonest(rows, today) or today.replace(day=1)
    by_day = _by_day(rows, first)
    weeks = [
        [_day(date, first, today, by_day.get(date, []), form) for date in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    month = Month(first, weeks, _address(_shift(first, -1), form), _address(_shift(first, 1), form))
    if not month.busy and (later := _soonest(rows, max(_shift(first, 1) or first, today))):
        month.next_month, month.next_url = later, _address(later, form)
    return month


def _soonest(rows: QuerySet[Session], since: dt.date) -> dt.date | None:
    start = timezone.make_aware(dt.datetime.combine(since, dt.time()))
    dates = SessionDate.objects.filter(session__in=_ids(rows), cancelled_at=None)
    moment = dates.filter(ends_at__gte=start).order_by("starts_at").values_list("starts_at").first()
    return timezone.localdate(moment[0]).replace(day=1) if moment else None


def _ids(rows: QuerySet[Session]) -> Any:
    """Ids alone: counted places are of no use inside another query."""
    return Session.objects.filter(pk__in=rows.order_by().values("pk")).values("pk")


def _by_day(rows: QuerySet[Session], first: dt.date) -> dict[dt.date, list[SessionDate]]:
    """{day on the clock of the place: dates} of a month."""
    start = timezone.make_aware(dt.datetime.combine(first, dt.time()))
    found = SessionDate.objects.filter(
        session__in=_ids(rows),
        cancelled_at=None,
        starts_at__gte=start - dt.timedelta(days=1),
        starts_at__lt=start + dt.timedelta(days=33),
    ).select_related("session__module", "session__commune__department")
    by_day: dict[dt.date, list[SessionDate]] = {}
    for date in found.order_by("starts_at", "pk")[:MOST_A_MONTH]:
        by_day.setdefault(date.local_start.date(), []).append(date)
    return by_day


def _day(
    date: dt.date, first: dt.date, today: dt.date, held: list[SessionDate], form: SessionFilters
) -> Day:
    inside = date.month == first.month and date.year == first.year
    found = Day(date, inside, date == today)
    if inside and held:
        found.dates, found.more = held[:MOST_A_DAY], max(len(held) - MOST_A_DAY, 0)
        asked = [pair for pair in form.kept() if pair[0] not in {"du", "au"}]
        asked += [("du", date.isoformat()), ("au", date.isoformat())]
        found.url = f"{reverse('learning:sessions')}?{urlencode(asked)}"
    return found


def _shift(first: dt.date, months: int) -> dt.date | None:
    """The first day of another month; None outside what the calendar holds."""
    number = first.year * 12 + first.month - 1 + months
    moved = dt.date(number // 12, number % 12 + 1, 1)
    return moved if FIRST_DAY <= moved <= LAST_DAY else None


def _address(first: dt.date | None, form: SessionFilters) -> str:
    if first is None:
        return ""
    return f"?{urlencode([*form.kept(), ('mois', f'{first:%Y-%m}')])}"


# -- The map --------------------------------------------------------------------------------------


def map_of(rows: QuerySet[Session], form: SessionFilters) -> tuple[DepartmentMap, int]:
    """Departments with sessions, each a link to its list, a dot for each commune; how many sessions
    have no place."""
    found = Session.objects.filter(pk__in=_ids(rows)).order_by()
    places = found.values_list(
        "commune__department", "commune__latitude", "commune__longitude"
    ).annotate(n=Count("pk"))
    counts: dict[str, int] = {}
    points, elsewhere = [], 0
    for code, latitude, longitude, number in places:
        if code is None:
            elsewhere += number
            continue
        counts[code] = counts.get(code, 0) + number
        if latitude is not None and (point := project(latitude, longitude, code)):
            points.append(point)
    asked = [pair for pair in form.kept() if pair[0] != "departement"]
    drawing = build_map(
        _("Coming sessions by department"),
        counts,
        links={
            code: f"{reverse('learning:sessions')}?{urlencode([*asked, ('departement', code)])}"
            for code in counts
        },
        labels={
            code: ngettext("%(n)d session", "%(n)d sessions", n) % {"n": n}
            for code, n in counts.items()
        },
        dots=points,
    )
    return drawing, elsewhere
