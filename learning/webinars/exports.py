"""The people of a webinar as a file, under the rules of its page."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cms import registry
from cms.exports import Export

from ..models import Webinar, WebinarPresence
from . import queries
from .forms import ExportFilters


def _rows(user: Any, filters: dict[str, Any]) -> QuerySet[User]:
    webinar = Webinar.objects.run_by(user).filter(uuid=filters.get("webinaire")).first()
    if webinar is None:
        return User.objects.none()
    return queries.people_of(webinar, filters.get("qui") or "", filters.get("q") or "")


def _presence(user: Any) -> WebinarPresence | None:
    return user.present[0] if user.present else None


def _of_presence(name: str) -> Any:
    return lambda user: getattr(_presence(user), name, None) or ""


PEOPLE = Export(
    code="webinaire-personnes",
    label=_("People of a webinar"),
    columns=[
        (_("Person"), str),
        (_("Job"), lambda user: user.job_title),
        (_("Registered on"), lambda user: user.registered[0].created_at if user.registered else ""),
        (_("There live"), lambda user: bool(user.present and user.present[0].was_live)),
        (_("Opened the meeting on"), _of_presence("joined_at")),
        (_("Replay begun on"), _of_presence("replay_started_at")),
        (_("Replay seen on"), _of_presence("replay_done_at")),
        (_("Completed"), lambda user: bool(user.present and user.present[0].is_complete)),
    ],
    rows=_rows,
    may_export=lambda user: Webinar.objects.run_by(user).exists(),
    form=ExportFilters,
)
registry.export_kinds.register(PEOPLE.code, PEOPLE)
