"""What people read when a session opens near them."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy

from accounts.notify import Kind
from cms import registry

from ..notifications import session_name
from .services import KIND


def _title(context: dict[str, Any]) -> str:
    if context["remote"]:
        text = gettext("A session opens remotely: %(session)s")
    else:
        text = gettext("A session opens near you: %(session)s")
    return text % {"session": session_name(context)}


def _stop(context: dict[str, Any]) -> str:
    return gettext("You asked to be told. To be told no more: %(url)s") % {"url": context["stop"]}


registry.notification_kinds.register(
    KIND,
    Kind(
        code=KIND,
        label=gettext_lazy("A session opens near me"),
        description=gettext_lazy("For the places that you follow, under “My training”."),
        title=_title,
        text=_stop,
    ),
)
