"""The paths of a team as a file, under the rules of the page (`team.py`)."""

from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms import registry
from cms.exports import Columns, Export

from ..models import Enrolment
from ..steering.team import has_a_team
from . import team
from .forms import TeamPathsFilters
from .network import OF_ROW, PERSON, with_path
from .words import day_of, duration


def rows(user: Any, filters: dict[str, Any]) -> QuerySet[Enrolment]:
    who = team.narrowed(user, filters).order_by().values("pk")
    found = Enrolment.objects.in_force().filter(user__in=who)
    if path := filters.get("parcours"):
        found = found.filter(path=path)
    shown = found.select_related("user", "maison").only(*OF_ROW, *PERSON, "maison__name")
    return with_path(shown).order_by("user__last_name", "user__first_name", "user_id", "created_at")


def columns(user: Any, filters: dict[str, Any]) -> Columns:
    """The dates of single units are read once for all the lines."""
    dues, today = team.units_due(user), timezone.localdate()

    @lru_cache(maxsize=1)
    def stand(row: Enrolment) -> team.Line:
        return team.line_of(row, today, dues)

    return [
        (_("Person"), lambda row: str(row.user)),
        (_("Maison"), lambda row: row.maison.name if row.maison else ""),
        (_("Path"), lambda row: row.title),
        (_("Enrolled on"), lambda row: day_of(row.created_at)),
        (_("To complete by"), lambda row: row.due_on),
        (_("Where they stand"), lambda row: stand(row).standing.label),
        (_("Units by date"), lambda row: " ; ".join(stand(row).units_said)),
        (_("Required units done"), lambda row: row.done),
        (_("Required units"), lambda row: row.due),
        (_("Time"), lambda row: duration(row.seconds)),
        (_("Last activity"), lambda row: day_of(row.last_at)),
        (_("Completed on"), lambda row: day_of(row.completed_at)),
    ]


TEAM_PATHS = Export(
    code="equipe-parcours",
    label=_("Online paths of my team"),
    columns=columns,
    rows=rows,
    may_export=has_a_team,
    form=TeamPathsFilters,
)
registry.export_kinds.register(TEAM_PATHS.code, TEAM_PATHS)
