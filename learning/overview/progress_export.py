"""The progress of everybody, unit by unit: hundreds of thousands of rows, in bounded memory.

Each enrolment is made into cells once, for its forty units; progress is read as plain values.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms import registry
from cms.exports import Export, escape

from ..models import Enrolment, Unit, UnitProgress
from ..paths.structure import read
from ..steering.network_exports import may_steer
from .forms import PathsFilters
from .network import PERSON, PLACE, made, scope

# Enrolments read at a time.
BATCH = 500
HEADERS = (
    *(_("Person"), _("Maison"), _("Department"), _("Path"), _("Round"), _("Unit of the path")),
    *(_("Begun on"), _("Done on"), _("Score (%)"), _("Minutes at work")),
)


def enrolments(filters: dict[str, Any]) -> QuerySet[Enrolment]:
    return scope(filters).filter(made(filters))


def rows(user: Any, filters: dict[str, Any]) -> QuerySet[UnitProgress]:
    return UnitProgress.objects.filter(enrolment__in=enrolments(filters).order_by().values("pk"))


def cells(user: Any, filters: dict[str, Any]) -> Iterator[list[Any]]:
    """One list of cells for each unit that somebody began."""
    zone = timezone.get_current_timezone()

    def moment(value: Any) -> str:
        return value.astimezone(zone).isoformat(" ", "minutes")[:16] if value else ""

    named = _Titles()
    shown = enrolments(filters).select_related("user", "maison__commune__department")
    shown = shown.only("path_id", "version_id", "round", *PERSON, *PLACE).order_by("pk")
    last = 0
    while batch := list(shown.filter(pk__gt=last)[:BATCH]):
        last = batch[-1].pk
        known = {row.pk: (_head(row, named), named.of(row)) for row in batch}
        progress = UnitProgress.objects.filter(enrolment__in=list(known)).order_by(
            "enrolment_id", "pk"
        )
        for enrolment, unit, start, end, score, active in progress.values_list(
            "enrolment_id", "unit_id", "started_at", "completed_at", "score", "active"
        ).iterator(chunk_size=2000):
            head, titles = known[enrolment]
            yield [
                *head,
                titles.get(unit, ""),
                moment(start),
                moment(end),
                "" if score is None else round(score * 100),
                round(active / 60),
            ]


def _head(row: Enrolment, named: "_Titles") -> list[Any]:
    place = row.maison
    return [
        escape(str(row.user)),
        escape(place.name) if place else "",
        escape(str(place.commune.department)) if place else "",
        named.path(row),
        row.round,
    ]


class _Titles:
    """Titles of paths and units as the versions say them, each version read once."""

    def __init__(self) -> None:
        self._paths: dict[int, str] = {}
        self._units: dict[int, dict[int, str]] = {}

    def path(self, row: Enrolment) -> str:
        self.of(row)
        return self._paths[row.version_id]

    def of(self, row: Enrolment) -> dict[int, str]:
        """{unit: title} of the version that is followed."""
        if row.version_id not in self._units:
            outline = read(row.version)
            known = dict(Unit.objects.filter(path=row.path_id).values_list("pk", "uuid"))
            titles = {unit.uuid: escape(unit.title) for unit in outline.units()}
            self._paths[row.version_id] = escape(outline.title)
            self._units[row.version_id] = {
                pk: titles[str(uuid)] for pk, uuid in known.items() if str(uuid) in titles
            }
        return self._units[row.version_id]


def _in_order(number: int) -> Any:
    """The machinery asks columns for a getter, which `cells` makes needless."""
    return lambda row: row[number]


PROGRESS = Export(
    code="parcours-progression",
    label=_("Progress of the network, unit by unit"),
    columns=[(header, _in_order(number)) for number, header in enumerate(HEADERS)],
    rows=rows,
    may_export=may_steer,
    form=PathsFilters,
    cells=cells,
)
registry.export_kinds.register(PROGRESS.code, PROGRESS)
