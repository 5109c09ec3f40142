"""What a manager sees of their team online: who is on which path, what is due, what is done.

While a membership lasts, and no longer: people are those of `learning.steering.team`. How far somebody is
and by when; never answers, notes or scores.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from cms.listings import page_of
from maisons.models import Membership

from ..models import Enrolment
from ..paths.kinds import EnrolmentState
from ..steering.team import called, memberships, people
from .forms import TeamPathsFilters
from .network import OF_ROW, with_path
from .words import SOON, Standing, day_of, standing

PER_PAGE = 15
SHOWN = 6
# The figures of the page, each the number of people of its list (`forms.STANDING`).
FIGURES = ("retard", "bientot", "en-cours", "termine", "sans")
ACTIVE = Q(state=EnrolmentState.ACTIVE)


def conditions(today: dt.date, path: Any = None) -> dict[str, Any]:
    """{standing: the condition on a person}, on one path or on any."""
    rows = Enrolment.objects.in_force().filter(user=OuterRef("pk"))
    if path is not None:
        rows = rows.filter(path=path)
    return {
        "": Exists(rows),
        "retard": Exists(rows.filter(ACTIVE, due_on__lt=today)),
        "bientot": Exists(rows.filter(ACTIVE, due_on__range=(today, today + SOON))),
        "en-cours": Exists(rows.filter(ACTIVE)),
        "termine": Exists(rows.filter(state=EnrolmentState.COMPLETED)),
        "sans": ~Exists(rows),
    }


def narrowed(user: Any, filters: dict[str, Any]) -> QuerySet[User]:
    """The people of a team whom the filters ask for: the same for the page and for its files."""
    rows = people(user, filters.get("maison"))
    if name := filters.get("q"):
        rows = called(user, rows, name)
    path, state = filters.get("parcours"), filters.get("etat") or ""
    if path or state:
        rows = rows.filter(conditions(timezone.localdate(), path)[state])
    return rows


def enrolments(user: Any, who: Any) -> QuerySet[Enrolment]:
    """The last round of these people on each path. who: ids, or a queryset of users."""
    rows = Enrolment.objects.visible_to(user).in_force().filter(user__in=who)
    return with_path(rows.only(*OF_ROW, "user_id"))


@dataclass
class Line:
    """One path of one person."""

    row: Enrolment
    standing: Standing

    @property
    def title(self) -> str:
        return str(self.row.title)  # type: ignore[attr-defined]

    @property
    def completed_on(self) -> dt.date | None:
        return day_of(self.row.completed_at)


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
    """In seven queries, whatever the number of Maisons."""
    form.is_valid()
    today = timezone.localdate()
    page = page_of(form, narrowed(user, form.cleaned_data), PER_PAGE)
    return Team(
        form=form,
        page=page,
        total=page.paginator.count,
        people=_with_paths(user, list(page.object_list), today),
        several=form.several,
        figures=_figures(user, form, today),
        due=_due(user, form, today),
    )


def _with_paths(user: Any, shown: list[User], today: dt.date) -> list[Person]:
    """These people with their Maisons and their paths: two queries whatever their number."""
    ids = [person.pk for person in shown]
    held, lines = defaultdict(list), defaultdict(list)
    for membership in (
        memberships(user).filter(user__in=ids).select_related("maison").order_by("starts_at")
    ):
        held[membership.user_id].append(membership)
    for row in enrolments(user, ids).order_by("state", "due_on", "-last_at", "pk"):
        lines[row.user_id].append(Line(row, standing(row, today)))
    return [Person(person, held[person.pk], lines[person.pk]) for person in shown]


def _figures(user: Any, form: TeamPathsFilters, today: dt.date) -> dict[str, int]:
    """How many people stand where, of the Maison and the path asked for."""
    where = conditions(today, form.value("parcours"))
    counts = people(user, form.value("maison")).order_by()
    row = counts.aggregate(
        **{code.replace("-", "_"): Count("pk", filter=where[code]) for code in FIGURES}
    )
    return {code: row[code.replace("-", "_")] for code in FIGURES}


def _due(user: Any, form: TeamPathsFilters, today: dt.date) -> list[Line]:
    """What is late or due within a month, the longest awaited first."""
    who = people(user, form.value("maison")).order_by().values("pk")
    rows = Enrolment.objects.in_force().filter(ACTIVE, user__in=who, due_on__lte=today + SOON)
    if path := form.value("parcours"):
        rows = rows.filter(path=path)
    named_too = (
        "user__first_name",
        "user__last_name",
        "user__email",
        "user__erased_at",
        "user__uuid",
    )
    rows = with_path(rows.select_related("user").only(*OF_ROW, *named_too))
    return [Line(row, standing(row, today)) for row in rows.order_by("due_on", "pk")[:SHOWN]]


def paths_of(user: Any, person: User) -> list[Line]:
    """Everything online of one member of the team, earlier rounds included."""
    rows = Enrolment.objects.visible_to(user).filter(user=person)
    shown = with_path(rows.only(*OF_ROW)).order_by("-created_at", "-pk")
    today = timezone.localdate()
    return [Line(row, standing(row, today)) for row in shown]
