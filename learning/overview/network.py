"""What the whole network learns online: each list, from which its figure is counted.

A figure is the number of rows of its list, and nothing else: `LISTS` is the only place where it is said
what counts. Definitions in words: `docs/paths-overview.md`.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from maisons.models import Membership

from ..models import Enrolment, LearningPathPage
from ..paths import dated
from ..paths.kinds import EnrolmentState
from ..steering.network import Filters, of_maisons, period
from ..steering.newcomers import new_since

ACTIVE = Q(state=EnrolmentState.ACTIVE, superseded=False)
PERSON = ("user__first_name", "user__last_name", "user__email", "user__erased_at", "user__uuid")
PLACE = ("maison__name", "maison__commune__department__name", "maison__commune__department__code")
OF_ROW = (
    *("uuid", "state", "superseded", "created_at", "completed_at", "due_on", "last_at"),
    *("done", "due", "seconds", "round", "path_id"),
)


def of_paths(filters: Filters, path: str = "path") -> Q:
    """Rows of the paths asked for. path: from the row to its path."""
    chosen = Q()
    if found := filters.get("parcours"):
        chosen &= Q(**{path: found})
    if module := filters.get("module"):
        pages = LearningPathPage.objects.filter(module__translation_key=module.translation_key)
        chosen &= Q(**{f"{path}__uuid__in": pages.values("translation_key")})
    return chosen


def scope(filters: Filters) -> QuerySet[Enrolment]:
    """Every enrolment of the paths and Maisons asked for, whenever it was made."""
    return Enrolment.objects.filter(of_paths(filters), of_maisons(filters))


def within(name: str, filters: Filters) -> Q:
    """A moment that lies in the period."""
    start, end = period(filters)
    chosen = Q(**{f"{name}__gte": start})
    return chosen & Q(**{f"{name}__lt": end}) if end else chosen


# -- What counts ----------------------------------------------------------------------------------


def made(filters: Filters) -> Q:
    return within("created_at", filters)


def not_begun(filters: Filters) -> Q:
    return made(filters) & ACTIVE & Q(last_at__isnull=True)


def under_way(filters: Filters) -> Q:
    return made(filters) & ACTIVE & Q(last_at__isnull=False)


def left(filters: Filters) -> Q:
    return made(filters) & Q(state=EnrolmentState.LEFT)


def completed(filters: Filters) -> Q:
    return within("completed_at", filters) & Q(state=EnrolmentState.COMPLETED)


def late(filters: Filters) -> Q:
    """About today: the period does not count."""
    return ACTIVE & dated.late(timezone.localdate())


def through(filters: Filters) -> QuerySet[User]:
    """Different people who completed a path in the period."""
    done = scope(filters).filter(completed(filters))
    return User.objects.filter(pk__in=done.order_by().values("user"))


def new_agents(filters: Filters) -> QuerySet[User]:
    """Members today whose first membership began lately; neither the period nor the path counts."""
    since = new_since(filters.get("mois") or None)
    held = Membership.objects.in_force().filter(starts_at__gte=since)
    if among := of_maisons({**filters, "maison": ""}):
        held = held.filter(among)
    before = Membership.objects.filter(user=OuterRef("pk"), starts_at__lt=since)
    people = User.objects.filter(pk__in=held.order_by().values("user"), is_active=True)
    return people.filter(~Exists(before))


def on_a_path(filters: Filters, **state: Any) -> Exists:
    """Whether somebody is, or was, on one of the paths asked for."""
    rows = Enrolment.objects.filter(of_paths(filters), user=OuterRef("pk"), **state)
    return Exists(rows.exclude(state=EnrolmentState.LEFT))


def new_enrolled(filters: Filters) -> QuerySet[User]:
    return new_agents(filters).filter(on_a_path(filters))


def new_completed(filters: Filters) -> QuerySet[User]:
    return new_agents(filters).filter(on_a_path(filters, state=EnrolmentState.COMPLETED))


def new_missing(filters: Filters) -> QuerySet[User]:
    return new_agents(filters).filter(~on_a_path(filters))


# -- As lists show them ---------------------------------------------------------------------------


def with_path(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """With the French title of the path, in the version that is followed, as `title`."""
    return rows.annotate(title=KeyTextTransform("title", "version__structure"))


class WithDates:
    """Enrolments as a page or a file reads them: each with `units`, those that it is to do by a date.

    Units are read for a slice at once: one query for each, besides those of `dated`.
    """

    def __init__(self, rows: QuerySet[Enrolment]) -> None:
        self.rows = rows

    def count(self) -> int:
        return self.rows.count()

    def __getitem__(self, chosen: slice) -> list[Any]:
        return self._said(list(self.rows[chosen]), dated.of_everybody())

    def iterator(self, chunk_size: int) -> Iterator[Any]:
        dates, rows = dated.of_everybody(), self.rows.iterator(chunk_size)
        while batch := list(itertools.islice(rows, chunk_size)):
            yield from self._said(batch, dates)

    def _said(self, rows: list[Any], dates: dated.Dates) -> list[Any]:
        going_on = [r for r in rows if r.state == EnrolmentState.ACTIVE and not r.superseded]
        found = dates.of(going_on)
        for row in rows:
            row.units = found.get(row.pk, [])
        return rows


def _show_enrolments(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    related = ("user", "maison__commune__department", "cohort")
    shown = rows.select_related(*related)
    shown = shown.only(*OF_ROW, "version_id", "cohort__uuid", *PERSON, *PLACE)
    return with_path(shown)


def _show_people(rows: QuerySet[User]) -> QuerySet[User]:
    held = Membership.objects.in_force().select_related("maison__commune__department")
    return rows.prefetch_related(
        Prefetch("memberships", held.order_by("starts_at"), to_attr="held")
    ).order_by("last_name", "first_name", "pk")


@dataclass(frozen=True)
class ListKind:
    """A list of the network's online learning.

    counted: the condition on enrolments, or people: who is listed. order: of the list.
    """

    slug: str
    title: str | Promise
    label: str | Promise
    definition: str | Promise
    counted: Callable[[Filters], Q] | None = None
    people: Callable[[Filters], QuerySet[User]] | None = None
    order: tuple[Any, ...] = ("-created_at", "pk")

    @property
    def of(self) -> str:
        """Which columns: "enrolment" or "person"."""
        return "person" if self.people else "enrolment"

    def rows(self, filters: Filters) -> QuerySet[Any]:
        if self.people:
            return self.people(filters)
        assert self.counted is not None  # noqa: S101
        return scope(filters).filter(self.counted(filters))

    def show(self, rows: QuerySet[Any]) -> Any:
        """With what a line needs, in the order of the list: what a page cuts and a file goes through."""
        if self.people:
            return _show_people(rows)
        return WithDates(_show_enrolments(rows).order_by(*self.order))


LISTS = {
    kind.slug: kind
    for kind in (
        ListKind(
            "agents",
            _("Agents who completed a path"),
            _("agents completed a path"),
            _("Different people who completed at least one path in the period."),
            people=through,
        ),
        ListKind(
            "inscriptions",
            _("Enrolments"),
            _("enrolments"),
            _("Enrolments made in the period, each round of somebody on a path."),
            made,
        ),
        ListKind(
            "termines",
            _("Paths completed"),
            _("paths completed"),
            _("Enrolments whose last required unit was done in the period."),
            completed,
            order=("-completed_at", "pk"),
        ),
        ListKind(
            "retard",
            _("Late"),
            _("enrolments late"),
            _(
                "In progress, and past a date: of the path, or of one of its units. About today, whatever the period."
            ),
            late,
            order=(F("due_on").asc(nulls_last=True), "pk"),
        ),
        ListKind(
            "a-commencer",
            _("Not begun"),
            _("enrolments not begun"),
            _("Enrolled in the period, and nothing done yet."),
            not_begun,
        ),
        ListKind(
            "en-cours",
            _("In progress"),
            _("enrolments in progress"),
            _("Enrolled in the period, begun, not completed."),
            under_way,
            order=("-last_at", "pk"),
        ),
        ListKind(
            "quittes",
            _("Left"),
            _("enrolments left"),
            _("Enrolled in the period, and the person left the path."),
            left,
        ),
        ListKind(
            "nouveaux",
            _("New agents"),
            _("new agents"),
            _("Members today whose first membership began within the months chosen."),
            people=new_agents,
        ),
        ListKind(
            "nouveaux-inscrits",
            _("New agents enrolled"),
            _("new agents enrolled"),
            _("New agents on at least one of the paths chosen, completed or not."),
            people=new_enrolled,
        ),
        ListKind(
            "nouveaux-termines",
            _("New agents who completed a path"),
            _("new agents completed a path"),
            _("New agents who completed at least one of the paths chosen."),
            people=new_completed,
        ),
        ListKind(
            "nouveaux-sans",
            _("New agents on no path"),
            _("new agents on no path"),
            _("New agents enrolled in none of the paths chosen."),
            people=new_missing,
        ),
    )
}


def as_of(now: dt.datetime | None = None) -> dt.datetime:
    """The moment of the figures: they are counted from the rows when they are read."""
    return timezone.localtime(now)
