"""What people are told of assignments."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.notify import Kind
from cms import registry

from .kinds import Outcome


def _title(context: dict[str, Any]) -> str:
    if context["outcome"] == Outcome.ACCEPTED:
        return gettext("Accepted: %(unit)s") % context
    if context["outcome"] == Outcome.REWORK:
        return gettext("To rework: %(unit)s") % context
    return gettext("Your work is marked: %(unit)s") % context


def _text(context: dict[str, Any]) -> str:
    return gettext("Your trainer’s feedback awaits you in the path “%(path)s”.") % context


KIND = Kind(code="learning.feedback", label=_("A work of mine is marked"), title=_title, text=_text)
registry.notification_kinds.register(KIND.code, KIND)
