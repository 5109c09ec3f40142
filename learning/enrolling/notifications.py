"""What people are told about their enrolments."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.notify import Kind
from cms import registry
from cms.templatetags.theme_tags import day


def _due(context: dict[str, Any]) -> str:
    due_on = context.get("due_on")
    return _("To complete by %(day)s.") % {"day": day(due_on)} if due_on else ""


def _enrolled_text(context: dict[str, Any]) -> str:
    by = context.get("by")
    who = _("%(person)s enrolled you.") % {"person": by} if by else ""
    return " ".join(part for part in (who, _due(context)) if part)


def _units(context: dict[str, Any]) -> str:
    """The units whose own date it is; none when the date is that of the path."""
    return ", ".join(_("“%(unit)s”") % {"unit": unit} for unit in context.get("units") or ())


def _coming(context: dict[str, Any]) -> str:
    days, title = context["days"], _units(context) or context["title"]
    if days == 0:
        return _("To complete today: %(path)s") % {"path": title}
    return ngettext(
        "To complete tomorrow: %(path)s", "To complete within %(n)d days: %(path)s", days
    ) % {"n": days, "path": title}


def _past(context: dict[str, Any]) -> str:
    if units := _units(context):
        return _("Late: %(units)s") % {"units": units}
    return _("The due date is past: %(path)s") % {"path": context["title"]}


def _before_text(context: dict[str, Any]) -> str:
    if context.get("units"):
        day_said = _("To do by %(day)s.") % {"day": day(context["about"])}
        return _("In the path “%(path)s”. %(date)s") % {"path": context["title"], "date": day_said}
    return f"{_progress(context)} {_due(context)}".strip()


def _after_text(context: dict[str, Any]) -> str:
    if context.get("units"):
        day_said = _("It was to be done by %(day)s.") % {"day": day(context["about"])}
        return _("In the path “%(path)s”. %(date)s") % {"path": context["title"], "date": day_said}
    still = _("You can still complete it.")
    return f"{_progress(context)} {still}"


def _progress(context: dict[str, Any]) -> str:
    left = context["left"]
    return ngettext("%(n)d unit is left.", "%(n)d units are left.", left) % {"n": left}


KINDS = (
    Kind(
        code="learning.path-enrolled",
        label=gettext_lazy("I am enrolled in a path by somebody else"),
        title=lambda c: _("You are enrolled in a path: %(path)s") % {"path": c["title"]},
        text=_enrolled_text,
    ),
    Kind(
        code="learning.path-due",
        label=gettext_lazy("The due date of a path of mine changes"),
        title=lambda c: _("The due date changes: %(path)s") % {"path": c["title"]},
        text=lambda c: _due(c) or _("There is no due date any more."),
    ),
    Kind(
        code="learning.path-before",
        label=gettext_lazy("The due date of a path, or of a unit, comes near"),
        title=_coming,
        text=_before_text,
    ),
    Kind(
        code="learning.path-after",
        label=gettext_lazy("The due date of a path, or of a unit, is past"),
        title=_past,
        text=_after_text,
    ),
    Kind(
        code="learning.path-inactive",
        label=gettext_lazy("A path of mine waits for me"),
        title=lambda c: _("Go on where you stopped: %(path)s") % {"path": c["title"]},
        text=_progress,
    ),
    Kind(
        code="learning.path-expiry",
        label=gettext_lazy("What I completed comes to its end of validity"),
        title=lambda c: _("Soon no longer valid: %(path)s") % {"path": c["title"]},
        text=lambda c: (
            _("Valid until %(day)s. Start again: what you did stays in your history.")
            % {"day": day(c["about"])}
        ),
    ),
    Kind(
        code="learning.path-renewed",
        label=gettext_lazy("A path of mine begins again before its end of validity"),
        title=lambda c: _("To follow again: %(path)s") % {"path": c["title"]},
        text=_due,
    ),
)
for _kind in KINDS:
    registry.notification_kinds.register(_kind.code, _kind)
