"""What awaits a trainer or a manager, in the professional space."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import has_role
from accounts.scopes import TRAINER
from cms import registry

from .. import rules
from ..templatetags.learning import session_days
from . import approvals, queries
from .kinds import Stage


@registry.pro_panels.provide("learning.running")
def my_next_session(request: HttpRequest) -> dict[str, Any] | None:
    """The trainer's next session, and what their past ones still ask."""
    if not has_role(request.user, TRAINER) or rules.steers(request.user):
        return None
    session = queries.next_to_run(request.user)
    waiting = queries.to_do(request.user)
    if session is None and not waiting:
        return None
    panel: dict[str, Any] = {
        "title": _("Sessions that I run"),
        "template": "learning/running/panel.html",
        "context": {
            "session": session,
            "waiting": [(code, Stage(code).label, n) for code, n in sorted(waiting.items())],
        },
        "order": 15,
    }
    if session is not None:
        panel["action"] = {
            "kicker": _("My next session to run"),
            "title": session.module.title,
            "text": f"{session_days(session)} · {session.city or session.get_mode_display()}",
            "label": _("See who comes"),
            "url": reverse("learning:run-session", args=[session.uuid]),
        }
    return panel


@registry.pro_panels.provide("learning.approvals")
def to_approve(request: HttpRequest) -> dict[str, Any] | None:
    """Registrations that await a manager; those without a Maison await the national team."""
    user = request.user
    if not user.has_perm("learning.register_others"):
        return None
    rows = approvals.to_approve(user)
    if rules.steers(user):
        rows = rows.filter(maison=None)
    number = rows.order_by().count()
    if not number:
        return None
    title = ngettext("%(n)d registration to approve", "%(n)d registrations to approve", number) % {
        "n": number
    }
    return {
        "title": title,
        "template": "learning/running/approval_panel.html",
        "context": {"url": reverse("learning:approve")},
        "order": 12,
        "action": {
            "kicker": _("Training of my team"),
            "title": title,
            "text": _("A place is kept for nobody before you decide."),
            "label": _("Decide"),
            "url": reverse("learning:approve"),
        },
    }
