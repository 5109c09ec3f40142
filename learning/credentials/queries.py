"""What the screens of attestations read."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.names import named

from ..closing.queries import certificates_of as session_certificates_of
from ..kinds import FileState
from ..models import Certificate, LearningPath, PathCertificate
from ..steering import holdings
from .forms import EXPIRED, FAILED, REVOKED, VALID


@dataclass(frozen=True)
class Own:
    """One document of somebody: of a path, or of a session in person."""

    title: str
    at: dt.datetime
    of_path: PathCertificate | None = None
    of_session: Certificate | None = None


# What a line shows of a document; its title is among its facts.
OF_FILE = ("uuid", "number", "facts", "file_state", "path", "issued_at")
OF_PATH = (*OF_FILE, "valid_until", "revocation__at", "revocation__certificate_id")
OF_SESSION = (*OF_FILE, "kind", "revoked_at")


def own(user: Any, most: int | None = None) -> list[Own]:
    """All that was issued to somebody, the newest first: two queries."""
    return _newest(*_documents(user), most)


def own_lines(user: Any, most: int, *, had_sessions: bool = True) -> list[Own]:
    """The same for a panel: read without what only the whole list shows (what replaced which).

    had_sessions: whether they were ever registered for one; else nothing was issued for any.
    """
    paths, sessions = _documents(user)
    paths = paths.select_related(None).select_related("revocation").only(*OF_PATH)
    if not holdings.has(user, "path-certificates"):
        paths = paths.none()
    if not had_sessions:
        sessions = sessions.none()
    return _newest(paths, sessions.select_related(None).only(*OF_SESSION), most)


def _documents(user: Any) -> tuple[QuerySet[PathCertificate], QuerySet[Certificate]]:
    paths = of_paths(user).select_related("revocation", "replaced_by")
    return paths.order_by("-issued_at", "-pk"), session_certificates_of(user)


@holdings.register("path-certificates")
def of_paths(user: Any) -> QuerySet[PathCertificate]:
    return PathCertificate.objects.filter(enrolment__user=user)


def _newest(
    paths: QuerySet[PathCertificate], sessions: QuerySet[Certificate], most: int | None
) -> list[Own]:
    found = [Own(row.facts["path"], row.issued_at, of_path=row) for row in paths[:most]]
    found += [Own(row.facts["module"], row.issued_at, of_session=row) for row in sessions[:most]]
    found.sort(key=lambda each: each.at, reverse=True)
    return found[:most]


def followed(user: Any) -> QuerySet[PathCertificate]:
    """Those of whoever one looks after: of one's cohorts; all for the national team."""
    from ..models import Cohort
    from ..rules import steers

    rows = PathCertificate.objects.visible_to(user)
    if not steers(user):
        held = Cohort.trainers.through.objects.filter(user_id=user.pk).values("cohort")
        rows = rows.filter(enrolment__cohort__in=held)
    shown = ("enrolment__user", "enrolment__cohort", "revocation__by", "replaced_by")
    return rows.select_related(*shown).order_by("-issued_at", "-pk")


def narrowed(rows: QuerySet[PathCertificate], filters: dict[str, Any]) -> QuerySet[PathCertificate]:
    """Under the filters of `CertificateFilters`; what was wrong in them is left out."""
    if path := filters.get("parcours"):
        rows = rows.filter(enrolment__path__uuid=path)
    if year := filters.get("annee"):
        rows = rows.filter(issued_at__year=year)
    if asked := filters.get("q"):
        by_name = named(rows, asked, "enrolment__user__").order_by()
        rows = rows.filter(Q(number__istartswith=asked.strip()) | Q(pk__in=by_name.values("pk")))
    return _in_state(rows, filters.get("etat") or "")


def _in_state(rows: QuerySet[PathCertificate], state: str) -> QuerySet[PathCertificate]:
    run_out = Q(valid_until__lt=timezone.localdate())
    if state == VALID:
        return rows.filter(revocation=None).exclude(run_out)
    if state == REVOKED:
        return rows.filter(revocation__isnull=False)
    if state == EXPIRED:
        return rows.filter(run_out, revocation=None)
    if state == FAILED:
        return failed(rows)
    return rows


def failed(rows: QuerySet[PathCertificate]) -> QuerySet[PathCertificate]:
    """Those whose file could not be made and still should be."""
    return rows.filter(file_state=FileState.FAILED, revocation=None).exclude(facts__name="")


def paths_with_certificates() -> list[tuple[str, str]]:
    """[(identifier, title)] of the paths for which something was issued."""
    held = PathCertificate.objects.values("enrolment__path")
    rows = LearningPath.objects.filter(pk__in=held).select_related("version")
    titles = [(str(row.uuid), str(row.version.structure["title"])) for row in rows if row.version]
    return sorted(titles, key=lambda each: each[1])
