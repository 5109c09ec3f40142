"""What people are told of discussions."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms import registry

from ..models import Frequency
from ..notify import Kind
from .telling import title_of


def _named(context: dict[str, Any]) -> dict[str, str]:
    return {"title": title_of(context)}


for kind in (
    Kind(
        code="threads.reply",
        label=gettext_lazy("Somebody answers my message in a discussion"),
        title=lambda c: _("An answer to your message: %(title)s") % _named(c),
    ),
    Kind(
        code="threads.new",
        label=gettext_lazy("A new message in a discussion that I follow"),
        title=lambda c: _("A new message: %(title)s") % _named(c),
        mail=Frequency.DAILY,
    ),
    Kind(
        code="threads.published",
        label=gettext_lazy("My message was read and is shown"),
        title=lambda c: _("Your message is shown: %(title)s") % _named(c),
        mail=Frequency.NEVER,
    ),
    Kind(
        code="threads.hidden",
        label=gettext_lazy("My message was hidden"),
        title=lambda c: _("Your message was hidden: %(title)s") % _named(c),
        text=lambda c: c["reason"],
        mandatory=True,
    ),
    Kind(
        code="threads.moderate",
        label=gettext_lazy("A message waits for my moderation"),
        description=gettext_lazy("For those who moderate discussions."),
        title=lambda c: (
            (
                _("A message is reported: %(title)s")
                if c["reported"]
                else _("A message waits to be read: %(title)s")
            )
            % _named(c)
        ),
    ),
):
    registry.notification_kinds.register(kind.code, kind)
