"""The kinds of notification of training."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy, gettext_noop

from accounts.models import Frequency
from accounts.notify import Kind
from cms import registry
from cms.templatetags.theme_tags import day


def _named(text: str) -> Any:
    """The title of a notification: what it says, with the name of the session."""

    def title(context: dict[str, Any]) -> str:
        return gettext(text) % {"session": session_name(context), **context}

    return title


def session_name(context: dict[str, Any]) -> str:
    """ "Accueil et médiation, Limoges, 1er décembre 2026"."""
    start = context.get("start")
    parts = [context["title"], context.get("city", ""), day(start.date()) if start else ""]
    return ", ".join(part for part in parts if part)


def _reason(context: dict[str, Any]) -> str:
    return str(context.get("reason") or "")


def _until(context: dict[str, Any]) -> str:
    until = context.get("until")
    if until is None:
        return ""
    start = context.get("start")
    local = until.astimezone(start.tzinfo) if start else until
    return gettext("The place is kept for you until %(day)s, %(hour)s.") % {
        "day": day(local.date()),
        "hour": f"{local:%H:%M}",
    }


def _when(context: dict[str, Any]) -> str:
    """ "Tomorrow: Accueil et médiation, Limoges, 1er décembre 2026"."""
    from .messages.writing import when_in_words

    when = when_in_words(context["days"])
    return gettext("%(when)s: %(session)s") % {
        "when": when[:1].upper() + when[1:],
        "session": session_name(context),
    }


def _what(context: dict[str, Any]) -> str:
    return gettext("What changes: %(what)s.") % {"what": context.get("told", "")}


_ = gettext_lazy
KINDS = (
    Kind(
        code="learning.confirmed",
        label=_("I am registered for a session"),
        own_mail=True,
        title=_named(gettext_noop("You are registered: %(session)s")),
        mail=Frequency.IMMEDIATE,
        mandatory=True,
    ),
    Kind(
        code="learning.waiting",
        label=_("I am on the waiting list of a session"),
        own_mail=True,
        title=_named(gettext_noop("You are on the waiting list: %(session)s")),
    ),
    Kind(
        code="learning.offer",
        label=_("A place is offered to me"),
        own_mail=True,
        title=_named(gettext_noop("A place is offered to you: %(session)s")),
        text=_until,
        mandatory=True,
    ),
    Kind(
        code="learning.free-place",
        label=_("A place is free at the last moment"),
        title=_named(gettext_noop("A place is free, the first to accept comes: %(session)s")),
    ),
    Kind(
        code="learning.refused",
        label=_("My registration is refused"),
        own_mail=True,
        title=_named(gettext_noop("Your registration is not accepted: %(session)s")),
        text=_reason,
        mandatory=True,
    ),
    Kind(
        code="learning.lapsed",
        label=_("An offer ran out"),
        title=_named(gettext_noop("The place offered to you went to the next person: %(session)s")),
    ),
    Kind(
        code="learning.cancelled",
        label=_("My registration is cancelled"),
        own_mail=True,
        title=_named(gettext_noop("Your registration is cancelled: %(session)s")),
        text=_reason,
        mandatory=True,
    ),
    Kind(
        code="learning.changed",
        label=_("A session of mine changes"),
        own_mail=True,
        title=_named(gettext_noop("The session changes: %(session)s")),
        text=_what,
        mandatory=True,
    ),
    Kind(
        code="learning.reminder",
        label=_("A date of mine comes near"),
        own_mail=True,
        title=_when,
    ),
    Kind(
        code="learning.after",
        label=_("A session that I attended is closed"),
        own_mail=True,
        site=False,
        title=_named(gettext_noop("Your certificate and the evaluation await you: %(session)s")),
    ),
    Kind(
        code="learning.to-approve",
        label=_("A registration awaits my approval"),
        title=_named(gettext_noop("%(person)s asks to register: %(session)s")),
    ),
    Kind(
        code="learning.cancelled-late",
        label=_("Somebody of my Maison withdrew late"),
        title=_named(gettext_noop("%(person)s withdrew late: %(session)s")),
    ),
)
for _kind in KINDS:
    registry.notification_kinds.register(_kind.code, _kind)
