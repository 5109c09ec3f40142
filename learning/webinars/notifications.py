"""What people are told of webinars."""

from typing import Any

from django.utils.translation import gettext, gettext_lazy, gettext_noop

from accounts.models import Frequency
from accounts.notify import Kind
from cms import registry

from . import telling

_ = gettext_lazy


def _named(text: str) -> Any:
    """The title of a notification, with the name of the webinar."""

    def title(context: dict[str, Any]) -> str:
        return gettext(text) % {"title": context["title"]}

    return title


def _when(context: dict[str, Any]) -> str:
    return gettext("%(when)s, Paris time. The link is on the page of the webinar.") % {
        "when": telling.when(context["start"])
    }


def _reason(context: dict[str, Any]) -> str:
    return str(context.get("reason") or "")


for _kind in (
    Kind(
        code=telling.REGISTERED,
        label=_("I am registered for a webinar"),
        title=_named(gettext_noop("You are registered: %(title)s")),
        own_mail=True,
    ),
    Kind(
        code=telling.CHANGED,
        label=_("A webinar of mine changes"),
        title=_named(gettext_noop("The webinar changes: %(title)s")),
        text=_when,
        own_mail=True,
        mandatory=True,
    ),
    Kind(
        code=telling.CANCELLED,
        label=_("A webinar of mine is called off, or I no longer take part"),
        title=_named(gettext_noop("It leaves your calendar: %(title)s")),
        text=_reason,
        own_mail=True,
        mandatory=True,
    ),
    Kind(
        code=telling.REMINDER,
        label=_("A webinar of mine comes near"),
        title=_named(gettext_noop("Soon: %(title)s")),
        text=_when,
    ),
    Kind(
        code=telling.REPLAY,
        label=_("The replay of a webinar of mine is there"),
        title=_named(gettext_noop("The replay is there: %(title)s")),
        mail=Frequency.DAILY,
    ),
):
    registry.notification_kinds.register(_kind.code, _kind)
