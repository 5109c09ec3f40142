"""What a manager sees of their team: modules, dates and results, while a membership lasts.

All that a person learnt is shown, wherever it was: a manager who receives somebody must know what
they know. Adjustments, expectations, evaluations and files are never read here. What is not a result
(awaiting approval, cancelled late) is shown to the managers of the Maison chosen at registration alone.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import User
from accounts.names import holds, named
from cms.listings import page_and_total
from maisons.models import Maison, Membership
from maisons.roles import reach_of

from ..kinds import IN_PLAY, ModuleKind, Outcome, RegistrationState, SessionState
from ..models import Registration, TrainingModulePage
from ..rules import steers
from .forms import TeamFilters
from .newcomers import has_no_past, new_since, not_yet_trained
from .rows import is_ahead, lines

PER_PAGE = 15
OF_CELL = (
    *("uuid", "user_id", "state", "outcome"),
    *("session__module_id", "session__first_starts_at", "session__last_ends_at"),
    "session__commune__department__time_zone",
)
SHOWN = 5
# The better of two rows of one module is what its cell shows.
ORDER = ("done", "partly", "coming", "waiting", "pending", "absent")
# What a cell says where it has no mark.
WORDS = {
    "partly": pgettext_lazy("training", "in part"),
    "coming": pgettext_lazy("training", "planned"),
    "waiting": pgettext_lazy("training", "waits"),
    "pending": gettext_lazy("result to come"),
    "absent": pgettext_lazy("training", "absent"),
}


def has_a_team(user: Any) -> bool:
    """A manager of a Maison, or of a host organisation; the national team has its own screens."""
    if steers(user):
        return False
    reach = reach_of(user)
    return bool(reach.managed or reach.host_organisations)


def maisons_of_team(user: Any) -> QuerySet[Maison]:
    if not has_a_team(user):
        return Maison.objects.none()
    # Five hundred of one host organisation: their texts are not read.
    return Maison.objects.managed_by(user).in_order().only("slug", "name")


def memberships(user: Any, maison: Maison | None = None) -> QuerySet[Membership]:
    """In force now, of the Maisons that this person manages."""
    rows = Membership.objects.in_force().filter(maison__in=maisons_of_team(user).order_by())
    return rows.filter(maison=maison) if maison else rows


def people(user: Any, maison: Maison | None = None) -> QuerySet[User]:
    rows = User.objects.filter(pk__in=memberships(user, maison).values("user"), is_active=True)
    return rows.order_by("last_name", "first_name", "pk")


def called(user: Any, rows: QuerySet[User], asked: str) -> QuerySet[User]:
    """Those of these people whose own name, or that of a Maison of theirs in the team, holds the words."""
    places = [
        pk for pk, name in maisons_of_team(user).values_list("pk", "name") if holds(name, asked)
    ]
    there = memberships(user).filter(maison__in=places).values("user")
    return rows.filter(Q(pk__in=named(rows, asked).values("pk")) | Q(pk__in=there))


def learnt(user: Any, who: Any) -> QuerySet[Registration]:
    """What a manager may see of these people's training. who: ids, or a queryset of users."""
    theirs = Q(maison__in=maisons_of_team(user).order_by())
    shown = ~Q(outcome="") | Q(state=RegistrationState.CONFIRMED) | is_ahead()
    late = theirs & Q(state=RegistrationState.CANCELLED, cancelled_late=True)
    rows = Registration.objects.filter(user__in=who).filter(shown | late)
    return rows.exclude(session__state=SessionState.CANCELLED)


def narrowed(user: Any, filters: dict[str, Any]) -> QuerySet[User]:
    """The people of a team whom the filters ask for: the same for the page and for its exports."""
    rows = people(user, filters.get("maison"))
    if name := filters.get("q"):
        rows = called(user, rows, name)
    if module := filters.get("sans"):
        attended = Registration.objects.filter(
            user=OuterRef("pk"), outcome=Outcome.ATTENDED, session__module=module
        )
        rows = rows.filter(~Exists(attended))
    if filters.get("etat") == "nouveaux":
        rows = not_yet_trained(rows)
    return rows


@dataclass
class Cell:
    """What a person did of a module. kind: one of ORDER, or "none"."""

    module: TrainingModulePage
    kind: str = "none"
    row: Registration | None = None

    @property
    def words(self) -> str:
        return str(WORDS.get(self.kind, ""))

    @cached_property
    def date(self) -> dt.date | None:
        start = self.row.session.first_starts_at if self.row else None
        return start.astimezone(self.row.session.zone).date() if self.row and start else None

    @property
    def day(self) -> str:
        return formats.date_format(self.date, "j N Y") if self.date else ""

    @property
    def iso(self) -> str:
        return self.date.isoformat() if self.date else ""


@dataclass
class Person:
    """One line of the matrix. others: how many trainings beside the national modules."""

    user: User
    held: list[Membership]
    cells: list[Cell]
    others: int = 0

    @property
    def done(self) -> int:
        return sum(cell.kind == "done" for cell in self.cells)

    @property
    def places(self) -> list[str]:
        return list(dict.fromkeys(row.maison.name for row in self.held))


@dataclass
class Team:
    """A page of the matrix, and what awaits the manager.

    Of a team that is wide (`TeamForm.is_wide`), neither who is expected nor how many are new: five names
    of three hundred say nothing, and to find them takes as long as all the rest. new is then None.
    """

    form: TeamFilters
    page: Page
    total: int
    modules: list[TrainingModulePage]
    people: list[Person]
    several: bool
    to_approve: list[Registration] = field(default_factory=list)
    coming: list[Registration] = field(default_factory=list)
    new: int | None = 0


def team(user: Any, form: TeamFilters) -> Team:
    form.is_valid()
    page = page_and_total(form, narrowed(user, form.cleaned_data), PER_PAGE)
    modules = national_modules()
    shown = list(page.object_list)
    maison = form.cleaned_data.get("maison")
    to_approve, coming = _next_lines(user, maison, is_wide=form.is_wide)
    return Team(
        form=form,
        page=page,
        total=page.paginator.count,
        modules=modules,
        people=matrix(user, shown, modules),
        several=form.several,
        to_approve=to_approve,
        coming=coming,
        new=None if form.is_wide else new(user, maison),
    )


def national_modules() -> list[TrainingModulePage]:
    rows = TrainingModulePage.objects.filter(
        kind=ModuleKind.NATIONAL, locale__language_code="fr", live=True
    )
    return list(rows.only("title", "slug", "order").order_by("order", "title"))


def matrix(user: Any, shown: list[User], modules: list[TrainingModulePage]) -> list[Person]:
    """These people with their cells: two queries whatever their number."""
    ids = [person.pk for person in shown]
    held = defaultdict(list)
    for row in (
        memberships(user).filter(user__in=ids).select_related("maison").order_by("starts_at")
    ):
        held[row.user_id].append(row)
    rows = defaultdict(list)
    # A cell says a date: neither the texts of the module nor the place but for its time zone.
    theirs = learnt(user, ids).select_related("session__commune__department")
    for registration in theirs.only(*OF_CELL):
        rows[registration.user_id].append(registration)
    return [_person(person, held[person.pk], rows[person.pk], modules) for person in shown]


def _person(
    user: User,
    held: list[Membership],
    rows: list[Registration],
    modules: list[TrainingModulePage],
) -> Person:
    best: dict[int, Cell] = {module.pk: Cell(module) for module in modules}
    others = 0
    for row in rows:
        cell = best.get(row.session.module_id)
        kind = kind_of(row)
        if cell is None:
            others += row.outcome == Outcome.ATTENDED
        elif kind and (cell.row is None or _better(kind, row, cell)):
            cell.kind, cell.row = kind, row
    return Person(user, held, list(best.values()), others)


def _better(kind: str, row: Registration, cell: Cell) -> bool:
    if kind != cell.kind:
        return ORDER.index(kind) < ORDER.index(cell.kind)
    held = cell.row.session.first_starts_at if cell.row else None
    start = row.session.first_starts_at
    return held is None or (start is not None and start > held)


def kind_of(row: Registration, now: dt.datetime | None = None) -> str:
    """What a registration says of a module in one word of ORDER; nothing when it says nothing."""
    if row.outcome:
        return {Outcome.ATTENDED: "done", Outcome.PARTLY: "partly"}.get(row.outcome, "absent")  # type: ignore[call-overload, no-any-return]
    if row.state not in IN_PLAY:
        return ""
    ended = row.session.has_ended(now)
    if row.state == RegistrationState.CONFIRMED:
        return "pending" if ended else "coming"
    return "" if ended else "waiting"


def to_approve(user: Any) -> QuerySet[Registration]:
    """What awaits the approval of this manager, the nearest session first."""
    return Registration.objects.filter(
        state=RegistrationState.REQUESTED,
        maison__in=maisons_of_team(user).order_by(),
        session__state=SessionState.OPEN,
        session__first_starts_at__gt=timezone.now(),
    ).order_by("session__first_starts_at", "pk")


def coming(user: Any, maison: Maison | None = None) -> QuerySet[Registration]:
    """Who of the team is expected where, soonest first."""
    return Registration.objects.filter(
        is_ahead(),
        state=RegistrationState.CONFIRMED,
        user__in=memberships(user, maison).order_by().values("user"),
        user__is_active=True,
    ).order_by("session__first_starts_at", "pk")


def _next_lines(
    user: Any, maison: Maison | None, *, is_wide: bool
) -> tuple[list[Registration], list[Registration]]:
    """The first of those to approve (one more than is shown) and of those expected.

    Which they are is asked before what a line shows of them: eight tables to join for all who are
    expected in the network would be most of the time of the page.
    """
    asked = list(to_approve(user).values_list("pk", flat=True)[: SHOWN + 1])
    expected = []
    if not is_wide:
        expected = list(coming(user, maison).values_list("pk", flat=True)[:SHOWN])
    rows = in_words(Registration.objects.filter(pk__in={*asked, *expected}))
    found = {row.pk: row for row in rows}
    return (
        [found[pk] for pk in asked if pk in found],
        [found[pk] for pk in expected if pk in found],
    )


def in_words(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """With the person, the session and its dates."""
    of_person = ("user__first_name", "user__last_name", "user__email", "user__erased_at")
    return lines(rows, *of_person).prefetch_related("session__dates")


def new(user: Any, maison: Maison | None = None) -> int:
    """How many of the team are new and not yet trained: whoever is new joined the team since then."""
    joined = memberships(user, maison).filter(starts_at__gte=new_since(), user__is_active=True)
    people = joined.filter(has_no_past(person="user")).order_by().values("user")
    return people.aggregate(n=Count("user", distinct=True))["n"]


def new_from() -> dt.date:
    return timezone.localtime(new_since()).date()
