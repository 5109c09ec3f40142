"""The figures of the network's online learning, in few queries.

Enrolments are counted path by path in the database and added up here. What is counted is what
`network.LISTS` lists (held by tests/learning/overview/test_network.py).
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from maisons.models import HostOrganisation

from ..models import Enrolment, LearningPathPage
from ..steering.figures import Line, month_bounds
from ..steering.forms import NONE
from ..steering.network import Filters, period
from . import network
from .forms import titled

# The columns of a breakdown, each a list of `network.LISTS`.
COLUMNS = ("inscriptions", "en-cours", "termines", "quittes", "retard")
# By month "late" says nothing: it is about today.
BY_MONTH = COLUMNS[:-1]
COUNTED = tuple(slug for slug, kind in network.LISTS.items() if kind.counted)
NEW = ("nouveaux", "nouveaux-inscrits", "nouveaux-termines", "nouveaux-sans")


@dataclass(frozen=True)
class PathLine:
    """A path as figures name it: module is (slug, title, order) of the module that it goes with."""

    pk: int
    uuid: str
    title: str
    module: tuple[str, str, int] | None


@dataclass
class Figures:
    """Everything of one page. counts: {slug of the list: how many}; seconds: learning time."""

    counts: Counter[str]
    seconds: int
    by_path: dict[int, Counter[str]]
    start: dt.datetime
    end: dt.datetime | None
    at: dt.datetime
    paths: list[PathLine] = field(default_factory=list)


def _counts(filters: Filters) -> dict[str, Count]:
    kinds = network.LISTS
    return {
        # A keyword may not hold a hyphen.
        slug.replace("-", "_"): Count("pk", filter=kinds[slug].counted(filters))  # type: ignore[misc]
        for slug in COUNTED
    }


def _counter(row: dict[str, Any]) -> Counter[str]:
    return Counter({slug: row[slug.replace("-", "_")] for slug in COUNTED})


def figures(filters: Filters, now: dt.datetime | None = None) -> Figures:
    """In five queries: enrolments by path, people who completed, new agents, paths and modules."""
    now = now or timezone.now()
    spent = Sum("seconds", filter=network.made(filters))
    grouped = network.scope(filters).order_by().values("path_id")
    by_path, counts, seconds = {}, Counter[str](), 0
    for row in grouped.annotate(**_counts(filters), spent=spent):
        by_path[row["path_id"]] = _counter(row)
        counts.update(by_path[row["path_id"]])
        seconds += row["spent"] or 0
    done = network.scope(filters).filter(network.completed(filters))
    counts["agents"] = done.aggregate(n=Count("user", distinct=True))["n"]
    counts.update(_new(filters))
    return Figures(counts, seconds, by_path, *period(filters, now), now, _paths())


def _new(filters: Filters) -> dict[str, int]:
    """How many new agents, and how far they are."""
    from ..paths.kinds import EnrolmentState

    people = network.new_agents(filters).annotate(
        enrolled=network.on_a_path(filters),
        completed=network.on_a_path(filters, state=EnrolmentState.COMPLETED),
    )
    row = people.aggregate(
        n=Count("pk"),
        enrolled_n=Count("pk", filter=Q(enrolled=True)),
        completed_n=Count("pk", filter=Q(completed=True)),
    )
    return {
        "nouveaux": row["n"],
        "nouveaux-inscrits": row["enrolled_n"],
        "nouveaux-termines": row["completed_n"],
        "nouveaux-sans": row["n"] - row["enrolled_n"],
    }


def _paths() -> list[PathLine]:
    pages = LearningPathPage.objects.filter(locale__language_code="fr", module__isnull=False)
    modules = {
        key: (slug, title, order)
        for key, slug, title, order in pages.values_list(
            "translation_key", "module__slug", "module__title", "module__order"
        )
    }
    return [
        PathLine(pk, str(uuid), title, modules.get(uuid))
        for pk, uuid, title in titled().values_list("pk", "uuid", "title")
    ]


# -- Broken down ----------------------------------------------------------------------------------


def broken_down(found: Figures, filters: Filters, axis: str) -> list[Line]:
    """The figures by one axis of `forms.AXES`, in the order in which one reads it."""
    if axis == "mois":
        return months(found, filters)
    if axis in ("departement", "porteur"):
        return _by_maison(filters, axis)
    return _by_module(found) if axis == "module" else _by_path(found)


def _by_path(found: Figures) -> list[Line]:
    return [
        Line(path.title, {"parcours": path.uuid}, found.by_path[path.pk])
        for path in found.paths
        if path.pk in found.by_path
    ]


def _by_module(found: Figures) -> list[Line]:
    lines: dict[str, tuple[Any, Line]] = {}
    for path in found.paths:
        if path.pk not in found.by_path:
            continue
        slug, title, order = path.module or ("", _("Without a module in person"), 10_000)
        # Paths without a module have no list of their own together: each is a line.
        if not slug:
            slug, title = path.uuid, f"{path.title} ({title})"
        chosen = {"module": slug} if path.module else {"parcours": path.uuid}
        _rank, line = lines.setdefault(slug, ((order, title), Line(title, chosen)))
        line.counts.update(found.by_path[path.pk])
    return [line for _rank, line in sorted(lines.values(), key=lambda pair: pair[0])]


def _by_maison(filters: Filters, axis: str) -> list[Line]:
    """By what is known of the Maison on whose behalf people enrolled."""
    path = {
        "departement": "maison__commune__department",
        "porteur": "maison__host_organisation__kind",
    }[axis]
    values = [path, "maison__commune__department__name"] if axis == "departement" else [path]
    rows = network.scope(filters).order_by(F(path).asc(nulls_last=True)).values(*values)
    kinds = dict(HostOrganisation.Kind.choices)
    lines = []
    for row in rows.annotate(**_counts(filters)):
        code = row[path]
        if axis == "departement":
            name = row["maison__commune__department__name"]
            label = f"{name} ({code})" if code else _("Without a Maison")
            chosen = {"departement": code} if code else {"maison": NONE}
        else:
            label = capfirst(str(kinds.get(code, code))) if code else _("Not known")
            chosen = {"porteur": code or NONE}
        line = Line(label, chosen, _counter(row))
        if any(line.counts[slug] for slug in COLUMNS):
            lines.append(line)
    return lines


# -- Month by month -------------------------------------------------------------------------------


def months(found: Figures, filters: Filters) -> list[Line]:
    """Each month of the period, to this one at most: two queries. What was completed, by the day on
    which it was; the rest by the day of enrolment."""
    starts = _months(found)
    ends = [_midnight(_next(day)) for day in starts]
    by_enrolment = ("inscriptions", "en-cours", "quittes")
    counts = [Counter[str]() for _ in starts]
    for name, slugs in (("created_at", by_enrolment), ("completed_at", ("termines",))):
        for number, row in _by_month(filters, name, ends, slugs):
            counts[number].update(row)
    return [
        Line(capfirst(date_format(day, "F Y")), _chosen(day, found), row)
        for day, row in zip(starts, counts, strict=True)
    ]


def _by_month(
    filters: Filters, name: str, ends: list[dt.datetime], slugs: Iterable[str]
) -> Iterable[tuple[int, dict[str, int]]]:
    """(number of the month, counts). The database compares with the ends of the months: on SQLite
    `TruncMonth` asks Python for each row."""
    if not ends:
        return []
    month = _month_before(name, ends)
    rows: QuerySet[Enrolment, Any] = (
        network.scope(filters)
        .filter(network.within(name, filters), **{f"{name}__lt": ends[-1]})
        .order_by()
        .annotate(month=month)
        .values("month")
    )
    counts = _counts(filters)
    asked = {slug: slug.replace("-", "_") for slug in slugs}
    found = rows.annotate(**{key: counts[key] for key in asked.values()})
    return [(row["month"], {slug: row[key] for slug, key in asked.items()}) for row in found]


def _month_before(name: str, ends: list[dt.datetime], first: int = 0) -> Case | Value:
    """The number of the first of the `ends` after this moment, found by halves: five or six comparisons a
    row for three years, where one after the other they are eighteen."""
    if len(ends) == 1:
        return Value(first, output_field=IntegerField())
    half = len(ends) // 2
    return Case(
        When(**{f"{name}__lt": ends[half - 1]}, then=_month_before(name, ends[:half], first)),
        default=_month_before(name, ends[half:], first + half),
        output_field=IntegerField(),
    )


def _months(found: Figures) -> list[dt.date]:
    today = timezone.localtime(found.at).date()
    last = timezone.localtime(found.end).date() - dt.timedelta(days=1) if found.end else today
    day = timezone.localtime(found.start).date().replace(day=1)
    days = []
    while day <= min(last, today):
        days.append(day)
        day = _next(day)
    return days


def _next(day: dt.date) -> dt.date:
    return (day + dt.timedelta(days=32)).replace(day=1)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), timezone.get_current_timezone())


def _chosen(day: dt.date, found: Figures) -> dict[str, str]:
    """The part of the month that lies in the period."""
    first, last = month_bounds(day)
    first = max(first, timezone.localtime(found.start).date())
    if found.end:
        last = min(last, timezone.localtime(found.end).date() - dt.timedelta(days=1))
    return {"du": first.isoformat(), "au": last.isoformat()}


def by_department(filters: Filters) -> dict[str, int]:
    """{code: different people who completed a path on behalf of a Maison of the department}."""
    path = "maison__commune__department"
    done = network.scope(filters).filter(network.completed(filters), maison__isnull=False)
    rows = done.order_by(path).values_list(path).annotate(n=Count("user", distinct=True))
    return dict(rows)
