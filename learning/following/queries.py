"""What the trainer's screens of a cohort read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, IntegerField, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.names import named
from cms.listings import Listing, narrow
from maisons.models import Membership

from ..models import Cohort, Enrolment, Flag, UnitProgress
from ..paths import reading, structure
from ..paths.kinds import EnrolmentState
from .kinds import FlagKind, Progress, Shown

PEOPLE_A_PAGE = 40


def told(now: dt.datetime | None = None) -> Q:
    """Flags that a trainer is told of: not those set aside."""
    return Q(muted_until=None) | Q(muted_until__lte=now or timezone.now())


def in_force(cohort: Cohort) -> QuerySet[Enrolment]:
    """Those who follow the path in this cohort, or completed it."""
    return Enrolment.objects.filter(cohort=cohort).in_force()


# -- My cohorts -----------------------------------------------------------------------------------


def _counted(rows: QuerySet[Any], where: str) -> Coalesce:
    """How many of these rows a cohort has, `where` being the way from a row to its cohort."""
    own = rows.filter(**{where: OuterRef("pk")}).order_by().values(where)
    return Coalesce(
        Subquery(own.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField()
    )


def people_told_of() -> QuerySet[Enrolment]:
    """People of whom something is said now, each once."""
    flags = Flag.objects.filter(told()).values("enrolment")
    return Enrolment.objects.in_force().filter(pk__in=flags)


def with_counts(rows: QuerySet[Cohort]) -> QuerySet[Cohort]:
    """Cohorts with `people`, `completed` and `to_help`: of how many something is said."""
    followed = Enrolment.objects.in_force()
    return rows.annotate(
        people=_counted(followed, "cohort"),
        completed=_counted(followed.filter(state=EnrolmentState.COMPLETED), "cohort"),
        to_help=_counted(people_told_of(), "cohort"),
    )


def my_cohorts(user: Any, form: Any) -> Listing:
    """Those that go on first, then by how many wait for the trainer."""
    rows = with_counts(Cohort.objects.visible_to(user)).select_related(
        "path__version", "follow_rules"
    )
    closed = F("archived_at").asc(nulls_first=True)
    return narrow(rows.order_by(closed, "-to_help", "-created_at", "pk"), form)


# -- The funnel -----------------------------------------------------------------------------------


@dataclass
class Stage:
    """A unit of the version in force: how many of the cohort began it, how many did it."""

    outline: structure.UnitOutline
    title: str
    started: int = 0
    done: int = 0

    @property
    def halfway(self) -> int:
        return self.started - self.done


def stages_of(cohort: Cohort) -> list[Stage]:
    """The units of the version in force, without figures."""
    if cohort.path.version is None:
        return []
    return [Stage(unit, unit.title) for unit in structure.read(cohort.path.version).units()]


def funnel(cohort: Cohort) -> list[Stage]:
    """One query for the figures, one for titles in another language."""
    stages = stages_of(cohort)
    rows = UnitProgress.objects.filter(enrolment__in=in_force(cohort)).order_by()
    counts = rows.values_list("unit__uuid").annotate(Count("pk"), Count("completed_at"))
    known = {str(uuid): (started, done) for uuid, started, done in counts}
    titles = reading.titles(stage.outline.uuid for stage in stages)
    for stage in stages:
        stage.title = titles.get(stage.outline.uuid, stage.title)
        stage.started, stage.done = known.get(stage.outline.uuid, (0, 0))
    return stages


def where_they_halt(stages: list[Stage]) -> Stage | None:
    """The unit that most have begun and not done."""
    halted = [stage for stage in stages if stage.halfway]
    return max(halted, key=lambda stage: stage.halfway, default=None)


# -- The people -----------------------------------------------------------------------------------


@dataclass
class Tally:
    """How many people: in all, of whom something is said, by kind; some are counted twice by kind."""

    people: int
    completed: int
    to_help: int
    muted: int
    by_kind: dict[str, int]


def tally(cohort: Cohort) -> Tally:
    """Two queries."""
    rows = in_force(cohort)
    counts = rows.aggregate(
        people=Count("pk"), completed=Count("pk", filter=Q(state=EnrolmentState.COMPLETED))
    )
    flags = Flag.objects.filter(enrolment__in=rows)
    now = timezone.now()
    said = flags.aggregate(
        to_help=Count("enrolment", distinct=True, filter=told(now)),
        muted=Count("pk", filter=Q(muted_until__gt=now)),
        **{kind: Count("pk", filter=Q(kind=kind) & told(now)) for kind in FlagKind.values},
    )
    by_kind = {kind: said[kind] for kind in FlagKind.values}
    return Tally(**counts, to_help=said["to_help"], muted=said["muted"], by_kind=by_kind)


def chosen(cohort: Cohort, form: Any) -> QuerySet[Enrolment]:
    """The people that a form of filters asks for."""
    rows = in_force(cohort)
    now = timezone.now()
    asked = form.value("repere")
    if asked == Shown.ANY:
        rows = rows.filter(pk__in=Flag.objects.filter(told(now)).values("enrolment"))
    elif asked == Shown.NONE:
        rows = rows.exclude(pk__in=Flag.objects.filter(told(now)).values("enrolment"))
    elif asked == Shown.MUTED:
        rows = rows.filter(pk__in=Flag.objects.filter(muted_until__gt=now).values("enrolment"))
    elif asked:
        flags = Flag.objects.filter(told(now), kind=asked)
        rows = rows.filter(pk__in=flags.values("enrolment"))
    if state := form.value("etat"):
        rows = rows.filter(state=state)
    if unit := form.value("etape"):
        rows = _at_unit(rows, unit, form.value("stade") or Progress.STARTED)
    if words := form.value("q"):
        rows = named(rows, words, "user__")
    return rows


def _at_unit(rows: QuerySet[Enrolment], unit: Any, progress: str) -> QuerySet[Enrolment]:
    held = UnitProgress.objects.filter(unit__uuid=unit)
    if progress == Progress.DONE:
        return rows.filter(pk__in=held.exclude(completed_at=None).values("enrolment"))
    if progress == Progress.HALFWAY:
        return rows.filter(pk__in=held.filter(completed_at=None).values("enrolment"))
    if progress == Progress.TO_DO:
        return rows.exclude(pk__in=held.values("enrolment"))
    return rows.filter(pk__in=held.values("enrolment"))


def in_words(form: Any, titles: Mapping[str, str]) -> list[str]:
    """What a list is narrowed by, in words."""
    said = []
    if shown := form.value("repere"):
        said.append(str(Shown(shown).label))
    if state := form.value("etat"):
        said.append(str(EnrolmentState(state).label))
    if unit := form.value("etape"):
        far = Progress(form.value("stade") or Progress.STARTED).label
        said.append(_("“%(unit)s”, %(far)s") % {"unit": titles.get(str(unit), "–"), "far": far})
    if words := form.value("q"):
        said.append(words)
    return said


def people(cohort: Cohort, form: Any) -> Listing:
    """A page of people, with `flags_now` and their Maisons; those told of longest come first."""
    # A subquery: grouping by all that an enrolment holds takes four times as long.
    own = Flag.objects.filter(told(), enrolment=OuterRef("pk")).order_by().values("enrolment")
    first = Subquery(own.annotate(first=Min("since")).values("first"))
    rows = chosen(cohort, form).annotate(pressing=first)
    order = (F("pressing").asc(nulls_last=True), "user__last_name", "user__first_name", "pk")
    return narrow(rows.order_by(*order), form, show=shown_with, per_page=PEOPLE_A_PAGE)


def shown_with(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """What a line of the list shows of each."""
    now = timezone.now()
    maisons = Membership.objects.in_force(now).select_related("maison__commune__department")
    return rows.select_related("user", "last_unit").prefetch_related(
        Prefetch("flags", Flag.objects.select_related("unit").order_by("since"), "flags_now"),
        Prefetch("user__memberships", maisons.order_by("maison__name"), "current"),
    )


def unit_titles(cohort: Cohort, *more: Any) -> dict[str, str]:
    """{identity: title} of the units of its path, in the version in force and in these."""
    versions = [version for version in (*more, cohort.path.version) if version is not None]
    known = {
        unit.uuid: unit.title for version in versions for unit in structure.read(version).units()
    }
    return known | reading.titles(known)


def link(cohort_url: str, **asked: str) -> str:
    """The list of people behind a figure."""
    return f"{cohort_url}?{urlencode(asked)}#personnes"
