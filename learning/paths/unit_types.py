"""What a unit can be. A type says how it is shown and when it may count as done.

    register(UnitType(code="video", label=_("Video"), icon="video", rules=(…), template="…"))

A type reports what somebody did through `learning.paths.record.record` alone. The block that holds
its content bears the same code (`learning.paths.blocks.UnitContentBlock`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from .kinds import CompletionRule as Rule


class DuplicateUnitType(ValueError):
    """Two unit types claim one code."""


def _nothing(unit: Any, request: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class UnitType:
    """A type of unit.

    rules: how it may be done, the first by default. context(learner's unit, request) gives the
    template what it needs besides `value`, the content of the unit.
    """

    code: str
    label: Any
    icon: str
    rules: tuple[Rule, ...]
    template: str
    context: Callable[[Any, Any], dict[str, Any]] = _nothing


_types: dict[str, UnitType] = {}


def register(kind: UnitType) -> UnitType:
    """Raises DuplicateUnitType."""
    if kind.code in _types:
        raise DuplicateUnitType(kind.code)
    _types[kind.code] = kind
    return kind


def find(code: str) -> UnitType | None:
    return _types.get(code)


def _session_context(unit: Any, request: Any) -> dict[str, Any]:
    from ..queries import coming

    module = unit.content[0].value["module"]
    if module is None:
        return {}
    sessions = coming(request.user).filter(module__translation_key=module.translation_key)
    return {"sessions": sessions[:4]}


SIMPLE = (Rule.MARKED, Rule.SEEN, Rule.TIME)
register(UnitType("text", _("To read"), "book-open", SIMPLE, "learning/paths/units/text.html"))
register(
    UnitType(
        "video",
        _("Video"),
        "play",
        (Rule.PLAYED, *SIMPLE),
        "learning/paths/units/video.html",
    )
)
register(
    UnitType("document", _("Document"), "file-text", SIMPLE, "learning/paths/units/document.html")
)
register(
    UnitType("link", _("Elsewhere"), "external-link", SIMPLE, "learning/paths/units/link.html")
)
register(
    UnitType(
        "session",
        _("Session in person"),
        "users",
        (Rule.DECIDED, Rule.MARKED),
        "learning/paths/units/session.html",
        _session_context,
    )
)
