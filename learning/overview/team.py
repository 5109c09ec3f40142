"""What a manager sees of their team online: who is on which path, what is due, what is done.

While a membership lasts, and no longer: people are those of `learning.steering.team`. How far somebody is
and by when; never answers, notes or scores.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page
from django.db.models import Case, Count, Exists, Max, OuterRef, Q, QuerySet, Sum, When
from django.utils import timezone

from accounts.models import User
from cms.listings import page_and_total
from cms.request_scope import remember
from maisons.models import Membership

from ..models import Enrolment
from ..paths.dated import ALWAYS, Dates, of_each
from ..paths.dues import UnitDue
from ..paths.kinds import EnrolmentState
from ..steering.team import called, memberships, people
from .forms import TeamPathsFilters
from .network import OF_ROW, with_path
from .words import SOON, Standing, day_of, first_due, said_of_units, standing

PER_PAGE = 15
SHOWN = 6
ACTIVE = Q(state=EnrolmentState.ACTIVE)


Dues = dict[int, list[UnitDue]]


def _going_on(user: Any) -> QuerySet[Enrolment]:
    who = people(user).order_by().values("pk")
    return Enrolment.objects.in_force().filter(ACTIVE, user__in=who)


def dates_of(user: Any) -> Dates:
    """The dates of the units of a team: once a request."""
    found: Dates = remember(("learning.team_dates", user.pk), lambda: Dates(_going_on(user)))
    return found


def units_due(user: Any) -> Dues:
    """The units that the people of a team are to do by a date, by enrolment: for files, of everybody."""
    return of_each(_going_on(user))


def standings(today: dt.date, dates: Dates) -> dict[str, Q]:
    """{standing: the condition on what somebody follows}. dates: of single units."""
    late = Q(due_on__lt=today) | dates.due(ALWAYS, today - dt.timedelta(days=1))
    soon = Q(due_on__range=(today, today + SOON)) | dates.due(today, today + SOON)
    return {
        "retard": ACTIVE & late,
        "bientot": ACTIVE & soon,
        "en-cours": ACTIVE,
        "termine": Q(state=EnrolmentState.COMPLETED),
    }


def stands(code: str, today: dt.date, dates: Dates, path: Any = None) -> Exists:
    """The condition on a person who stands so, on one path or on any; "": who follows one."""
    rows = Enrolment.objects.in_force().filter(user=OuterRef("pk"))
    if path is not None:
        rows = rows.filter(path=path)
    if code == "sans":
        return ~Exists(rows)
    return Exists(rows.filter(standings(today, dates)[code]) if code else rows)


def narrowed(user: Any, filters: dict[str, Any]) -> QuerySet[User]:
    """The people of a team whom the filters ask for: the same for the page and for its files."""
    rows = people(user, filters.get("maison"))
    if name := filters.get("q"):
        rows = called(user, rows, name)
    path, state = filters.get("parcours"), filters.get("etat") or ""
    if path or state:
        rows = rows.filter(stands(state, timezone.localdate(), dates_of(user), path))
    return rows


def enrolments(user: Any, who: Any) -> QuerySet[Enrolment]:
    """The last round of these people on each path. who: ids, or a queryset of users."""
    rows = Enrolment.objects.visible_to(user).in_force().filter(user__in=who)
    return with_path(rows.only(*OF_ROW, "user_id", "version_id"))


@dataclass
class Line:
    """One path of one person."""

    row: Enrolment
    standing: Standing
    # Which units are late, or due soon, in words; the first date that is not kept.
    units_said: list[str] = field(default_factory=list)
    first_due: dt.date | None = None
    # Whether the reader may grant other terms.
    may_grant: bool = False

    @property
    def title(self) -> str:
        return str(self.row.title)  # type: ignore[attr-defined]

    @property
    def completed_on(self) -> dt.date | None:
        return day_of(self.row.completed_at)

    @property
    def late_since(self) -> dt.date | None:
        """The day after the first date that is not kept."""
        return self.first_due + dt.timedelta(days=1) if self.first_due else None


def line_of(row: Enrolment, today: dt.date, dues: Dues, reader: Any = None) -> Line:
    is_active = row.state == EnrolmentState.ACTIVE
    said = dues.get(row.pk, []) if is_active else []
    return Line(
        row,
        standing(row, today, said),
        said_of_units(said, today),
        first_due(row, said),
        may_grant=is_active and reader is not None and row.user_id != reader.pk,
    )


@dataclass
class Person:
    user: User
    held: list[Membership]
    lines: list[Line]

    @property
    def places(self) -> list[str]:
        return list(dict.fromkeys(row.maison.name for row in self.held))


@dataclass
class Team:
    """A page of people with their paths; figures: {standing: how many people}; due: what comes first."""

    form: TeamPathsFilters
    page: Page
    total: int
    people: list[Person]
    several: bool
    figures: dict[str, int]
    due: list[Line] = field(default_factory=list)


def team(user: Any, form: TeamPathsFilters) -> Team:
    """In thirteen queries at most, whatever the number of Maisons and people: seven for the dates of units."""
    form.is_valid()
    today = timezone.localdate()
    page = page_and_total(form, narrowed(user, form.cleaned_data), PER_PAGE)
    shown = list(page.object_list)
    theirs = enrolments(user, [person.pk for person in shown])
    rows = list(theirs.order_by("state", "due_on", "-last_at", "pk"))
    first = list(_first_due(user, form, today))
    # Of both lists at once.
    dues = dates_of(user).of({row.pk: row for row in (*rows, *first)}.values())
    return Team(
        form=form,
        page=page,
        total=page.paginator.count,
        people=_with_paths(user, shown, [line_of(row, today, dues, user) for row in rows]),
        several=form.several,
        figures=_figures(user, form, today, _in_all(user, form, page)),
        due=_in_order_of_dates([line_of(row, today, dues) for row in first], today),
    )


def _in_all(user: Any, form: TeamPathsFilters, page: Page) -> int:
    """How many people are in the Maison asked for: those of the page, unless it is narrowed further."""
    if any(form.value(name) for name in ("q", "parcours", "etat")):
        return people(user, form.value("maison")).count()
    return page.paginator.count


def _with_paths(user: Any, shown: list[User], found: list[Line]) -> list[Person]:
    """These people with their Maisons and their paths: one query whatever their number."""
    held, lines = defaultdict(list), defaultdict(list)
    theirs = memberships(user).filter(user__in=[person.pk for person in shown])
    for membership in theirs.select_related("maison").order_by("starts_at"):
        held[membership.user_id].append(membership)
    for line in found:
        lines[line.row.user_id].append(line)
    return [Person(person, held[person.pk], lines[person.pk]) for person in shown]


def _figures(user: Any, form: TeamPathsFilters, today: dt.date, in_all: int) -> dict[str, int]:
    """How many people stand where, of the Maison and the path asked for; in_all: how many there are.

    Read from what they follow: to ask each person in turn takes twice as long.
    """
    theirs = Enrolment.objects.in_force().filter(
        user__in=people(user, form.value("maison")).order_by().values("pk")
    )
    if path := form.value("parcours"):
        theirs = theirs.filter(path=path)
    held = standings(today, dates_of(user))
    # Each counts once, however many paths of theirs stand so.
    one_each = theirs.order_by().values("user")
    one_each = one_each.annotate(
        **{_name(code): Max(Case(When(so, then=1), default=0)) for code, so in held.items()}
    )
    found = one_each.aggregate(
        people=Count("user"), **{f"in_{_name(code)}": Sum(_name(code)) for code in held}
    )
    counts = {code: found[f"in_{_name(code)}"] or 0 for code in held}
    return {**counts, "sans": in_all - found["people"]}


def _name(code: str) -> str:
    """A standing as the name of a column."""
    return code.replace("-", "_")


def _first_due(user: Any, form: TeamPathsFilters, today: dt.date) -> QuerySet[Enrolment]:
    """What is late or due within a month: the first few by each date, of a path and of each unit."""
    who = people(user, form.value("maison")).order_by().values("pk")
    rows = Enrolment.objects.in_force().filter(ACTIVE, user__in=who)
    if path := form.value("parcours"):
        rows = rows.filter(path=path)
    last = today + SOON
    of_path = rows.filter(due_on__lte=last).order_by("due_on", "pk").values("pk")[:SHOWN]
    of_units = rows.filter(dates_of(user).first(rows, last, SHOWN)).order_by().values("pk")
    # The team is asked once for each, not again for the few that are found.
    found = Enrolment.objects.filter(Q(pk__in=of_path) | Q(pk__in=of_units))
    named_too = (
        "user__first_name",
        "user__last_name",
        "user__email",
        "user__erased_at",
        "user__uuid",
    )
    return with_path(found.select_related("user").only(*OF_ROW, "version_id", *named_too))


def _in_order_of_dates(found: list[Line], today: dt.date) -> list[Line]:
    """The longest awaited first; without what is due later than a month from now."""
    near = [line for line in found if line.first_due and line.first_due <= today + SOON]
    return sorted(near, key=lambda line: (line.first_due, line.row.pk))[:SHOWN]


def paths_of(user: Any, person: User) -> list[Line]:
    """Everything online of one member of the team, earlier rounds included."""
    rows = Enrolment.objects.visible_to(user).filter(user=person)
    shown = with_path(rows.only(*OF_ROW, "user_id")).order_by("-created_at", "-pk")
    today = timezone.localdate()
    dues = of_each(rows.in_force().filter(ACTIVE))
    return [line_of(row, today, dues, user) for row in shown]
