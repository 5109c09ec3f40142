"""What every page of a session has, for whoever runs or prepares it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.meta import PageMeta

from ..models import Session
from . import tabs


def session_to_run(request: HttpRequest, uuid: Any) -> Session:
    """The session, when this person runs it; else it does not exist here (404)."""
    found: Session = get_object_or_404(_read(Session.objects.run_by(request.user)), uuid=uuid)
    return found


def session_to_prepare(request: HttpRequest, uuid: Any) -> Session:
    """The session, when this person may change it; else it does not exist here (404)."""
    found: Session = get_object_or_404(_read(Session.objects.prepared_by(request.user)), uuid=uuid)
    return found


def _read(rows: Any) -> Any:
    return rows.with_times().select_related("module__operator").prefetch_related("trainers")


def framed(
    request: HttpRequest, session: Session, current: str, title: str = "", **context: Any
) -> dict[str, Any]:
    """The context of a page that extends `learning/running/base.html`; `current` names its tab."""
    sessions = reverse("learning:run-sessions")
    meta = PageMeta(
        title=title or session.module.title,
        breadcrumbs=[
            (_("Professional space"), reverse("pro:home")),
            (_("My sessions"), sessions),
            *([(str(session), address_of(request.user, session))] if title else []),
        ],
        cache="private",
    )
    return {
        "page_meta": meta,
        "session": session,
        "tabs": tabs.shown(request.user, session, current),
        **context,
    }


def address_of(user: Any, session: Session) -> str:
    """Where this person works on the session: who comes, or else its preparation."""
    runs = user.has_perm("learning.run_session", session)
    return reverse("learning:run-session" if runs else "learning:prepare", args=[session.uuid])
