"""The team as files, under the rules of the page (`team.py`)."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cms import registry
from cms.exports import Export
from maisons.models import Membership

from ..kinds import Outcome
from ..models import Registration
from ..templatetags.learning import session_days
from . import team
from .forms import TeamFilters
from .newcomers import with_new
from .rows import lines, result_of


def people_rows(user: Any, filters: dict[str, Any]) -> QuerySet[User]:
    held = team.memberships(user).select_related("maison").order_by("starts_at")
    learnt = lines(team.learnt(user, team.people(user).order_by().values("pk")))
    return with_new(team.narrowed(user, filters)).prefetch_related(
        Prefetch("memberships", held, to_attr="held"),
        Prefetch("registrations", learnt.prefetch_related("session__dates"), to_attr="learnt"),
    )


def training_rows(user: Any, filters: dict[str, Any]) -> QuerySet[Registration]:
    who = team.narrowed(user, filters).order_by().values("pk")
    rows = lines(
        team.learnt(user, who),
        *("user__first_name", "user__last_name", "user__email", "user__erased_at"),
    )
    return rows.prefetch_related("session__dates").order_by(
        "user__last_name", "user__first_name", "user_id", "session__first_starts_at", "pk"
    )


def _said(rows: list[Registration]) -> str:
    return " ; ".join(f"{row.session.module.title} ({session_days(row.session)})" for row in rows)


def _done(user: Any) -> str:
    return _said([row for row in user.learnt if row.outcome == Outcome.ATTENDED])


def _coming(user: Any) -> str:
    return _said([row for row in user.learnt if team.kind_of(row) == "coming"])


def _since(user: Any) -> Any:
    held: list[Membership] = user.held
    return timezone.localtime(held[0].starts_at).date() if held else ""


PEOPLE = Export(
    code="equipe-personnes",
    label=_("My team and its training"),
    columns=[
        (_("Person"), str),
        (_("Maisons"), lambda user: ", ".join(dict.fromkeys(r.maison.name for r in user.held))),
        (_("Since"), _since),
        (_("Attended"), _done),
        (_("Coming"), _coming),
        (_("New, not yet trained"), lambda user: user.is_new),
    ],
    rows=people_rows,
    may_export=team.has_a_team,
    form=TeamFilters,
)
TRAINING = Export(
    code="equipe-formations",
    label=_("Training of my team"),
    columns=[
        (_("Person"), lambda row: str(row.user)),
        (_("Module"), lambda row: row.session.module.title),
        (_("Dates"), lambda row: session_days(row.session)),
        (_("Place"), lambda row: row.session.city or row.session.get_mode_display()),
        (_("Half-days due"), lambda row: row.half_days_due),
        (_("Half-days attended"), lambda row: row.half_days_present),
        (_("Result"), result_of),
        (_("Fictitious"), lambda row: row.session.is_fictitious),
    ],
    rows=training_rows,
    may_export=team.has_a_team,
    form=TeamFilters,
)
for _export in (PEOPLE, TRAINING):
    registry.export_kinds.register(_export.code, _export)
