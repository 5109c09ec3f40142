"""A cohort as files: its people with a column for each unit, and its progress line by line."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import registry
from cms.exports import Columns, Export, NotAllowed
from cms.templatetags.theme_tags import day

from ..models import Cohort, Enrolment, Flag, UnitProgress
from . import queries, saying
from .forms import PeopleFilters
from .kinds import FlagKind


class CohortForm(PeopleFilters):
    """Which cohort, and whom of it: as the list on the screen."""

    cohorte = forms.UUIDField(label=gettext_lazy("Cohort"))


def may_export(user: Any) -> bool:
    return bool(user.is_authenticated and user.has_perm("learning.follow_cohorts"))


def _cohort(user: Any, filters: dict[str, Any]) -> Cohort:
    """Raises NotAllowed for a cohort that this person does not follow."""
    rows = Cohort.objects.visible_to(user).select_related("path__version")
    found = rows.filter(uuid=filters["cohorte"]).first()
    if found is None:
        raise NotAllowed(str(filters["cohorte"]))
    return found


def _chosen(user: Any, filters: dict[str, Any]) -> QuerySet[Enrolment]:
    form = PeopleFilters({name: str(value) for name, value in filters.items() if value})
    return queries.chosen(_cohort(user, filters), form)


def people(user: Any, filters: dict[str, Any]) -> QuerySet[Enrolment]:
    """Those of the cohort, each with progress and flags."""
    progress = UnitProgress.objects.select_related("unit")
    rows = queries.shown_with(_chosen(user, filters))
    return rows.prefetch_related(Prefetch("progress", progress, "units_now")).order_by(
        "user__last_name", "user__first_name", "pk"
    )


def _names(row: Enrolment) -> str:
    return ", ".join(held.maison.name for held in row.user.current)  # type: ignore[attr-defined]


def _flag_of(kind: str, name: str) -> Callable[[Enrolment], Any]:
    def value(row: Enrolment) -> Any:
        flags = row.flags_now  # type: ignore[attr-defined]
        shown = (flag for flag in flags if flag.kind == kind and not flag.is_muted)
        flag: Flag | None = next(shown, None)
        return getattr(flag, name) if flag else ""

    return value


def _rules(titles: dict[str, str]) -> Callable[[Enrolment], str]:
    def value(row: Enrolment) -> str:
        flags = row.flags_now  # type: ignore[attr-defined]
        return " ; ".join(_said(flag, titles) for flag in flags)

    return value


def _said(flag: Flag, titles: dict[str, str]) -> str:
    """As on the screen: what a trainer set aside is said to be so, and no more."""
    if flag.is_muted:
        said = {"what": flag.get_kind_display(), "date": day(timezone.localdate(flag.muted_until))}
        return _("%(what)s: set aside until %(date)s") % said
    return f"{saying.since(flag)} – {saying.why(flag, titles)}"


def _unit(uuid: str) -> Callable[[Enrolment], Any]:
    """Done on, or begun; with the score where there is one."""

    def value(row: Enrolment) -> str:
        units = row.units_now  # type: ignore[attr-defined]
        held = next((each for each in units if str(each.unit.uuid) == uuid), None)
        if held is None:
            return ""
        done = held.completed_at
        said = timezone.localdate(done).isoformat() if done else _("begun")
        return said if held.score is None else f"{said} ({round(held.score * 100)} %)"

    return value


def people_columns(user: Any, filters: dict[str, Any]) -> Columns:
    """Who, how far, what is said of them, then each unit of the version in force."""
    cohort = _cohort(user, filters)
    titles = queries.unit_titles(cohort)
    units = [stage.outline for stage in queries.stages_of(cohort)]
    return [
        (gettext_lazy("Last name"), lambda row: row.user.last_name),
        (gettext_lazy("First name"), lambda row: row.user.first_name),
        (gettext_lazy("Maison"), _names),
        (gettext_lazy("State"), lambda row: row.get_state_display()),
        (gettext_lazy("Enrolled on"), lambda row: row.created_at),
        (gettext_lazy("To complete by"), lambda row: row.due_on),
        (gettext_lazy("Completed on"), lambda row: row.completed_at),
        (gettext_lazy("Last activity"), lambda row: row.last_at),
        (gettext_lazy("Required units done"), lambda row: row.done),
        (gettext_lazy("Required units"), lambda row: row.due),
        (gettext_lazy("Learning time (minutes)"), lambda row: row.minutes_spent),
        *(
            (_("%(what)s since") % {"what": FlagKind(kind).label}, _flag_of(kind, "since"))
            for kind in FlagKind.values
        ),
        (gettext_lazy("Rules that say so"), _rules(titles)),
        *(
            (f"{number}. {titles[unit.uuid]}", _unit(unit.uuid))
            for number, unit in enumerate(units, 1)
        ),
    ]


def progress(user: Any, filters: dict[str, Any]) -> QuerySet[UnitProgress]:
    """One line for each person and unit begun."""
    rows = UnitProgress.objects.filter(enrolment__in=_chosen(user, filters))
    return rows.select_related("enrolment__user", "unit").order_by(
        "enrolment__user__last_name", "enrolment__user__first_name", "enrolment", "started_at", "pk"
    )


def progress_columns(user: Any, filters: dict[str, Any]) -> Columns:
    titles = queries.unit_titles(_cohort(user, filters))
    return [
        (gettext_lazy("Last name"), lambda row: row.enrolment.user.last_name),
        (gettext_lazy("First name"), lambda row: row.enrolment.user.first_name),
        (
            gettext_lazy("Unit of the path"),
            lambda row: titles.get(str(row.unit.uuid), _("a unit withdrawn since")),
        ),
        (gettext_lazy("Begun on"), lambda row: row.started_at),
        (gettext_lazy("Done on"), lambda row: row.completed_at),
        (gettext_lazy("Last activity"), lambda row: row.last_at),
        (gettext_lazy("Time at work (minutes)"), lambda row: round(row.active / 60)),
        (gettext_lazy("Score (%)"), lambda row: _percent(row.score)),
        (gettext_lazy("Passed"), lambda row: row.success),
    ]


def _percent(score: float | None) -> int | None:
    return None if score is None else round(score * 100)


for export in (
    Export(
        code="cohorte-personnes",
        label=gettext_lazy("People of a cohort, unit by unit"),
        columns=people_columns,
        rows=people,
        may_export=may_export,
        form=CohortForm,
    ),
    Export(
        code="cohorte-progression",
        label=gettext_lazy("Progress of a cohort, line by line"),
        columns=progress_columns,
        rows=progress,
        may_export=may_export,
        form=CohortForm,
    ),
):
    registry.export_kinds.register(export.code, export)
