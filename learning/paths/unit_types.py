"""What a unit can be. A type says how it is shown and when it may count as done.

    register(UnitType(code="video", label=_("Video"), icon="video", rules=(…), template="…"))

A type reports what somebody did through `learning.paths.record.record` alone. The block that holds
its content bears the same code (`learning.paths.blocks.UnitContentBlock`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from .kinds import CompletionRule as Rule


class DuplicateUnitType(ValueError):
    """Two unit types claim one code."""


def _nothing(unit: Any, request: Any) -> dict[str, Any]:
    return {}


def _no_terms(value: Any) -> dict[str, Any]:
    return {}


def _no_length(value: Any) -> float:
    return 0.0


def _nothing_waits(enrolments: Any, units: list[int]) -> tuple[()]:
    return ()


@dataclass(frozen=True)
class UnitType:
    """A type of unit.

    rules: how it may be done, the first by default. context(learner's unit, request) gives the
    template what it needs besides `value`, the content of the unit; the page of the unit bears the
    reader's `enrolment`, None in a preview. acts: what finishes it, by rule, where
    the usual words do not suit (`learning.paths.wording`); `%(n)s` is the threshold, `%%` the sign. block: that of its
    content, for a type whose block is not in `learning.paths.blocks`. terms(value) gives what a version of
    the path keeps of the content (a JSON object: until when, how many attempts), so that a change moves
    nobody's terms. styles and scripts: the files that the page of such a unit needs.
    length(value): seconds of its recording, 0 where there is none. waiting(enrolments, units) gives the
    (enrolment, unit) of what the learner handed in and somebody else is to answer: nobody is late with it.
    grants: what may be granted to one person besides a date, "attempts" or "extra_minutes".
    """

    code: str
    label: Any
    icon: str
    rules: tuple[Rule, ...]
    template: str
    context: Callable[[Any, Any], dict[str, Any]] = _nothing
    acts: Mapping[str, Any] = field(default_factory=dict)
    block: Any = None
    terms: Callable[[Any], dict[str, Any]] = _no_terms
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    length: Callable[[Any], float] = _no_length
    waiting: Callable[[Any, list[int]], Iterable[tuple[int, int]]] = _nothing_waits
    grants: tuple[str, ...] = ()


_types: dict[str, UnitType] = {}


def register(kind: UnitType) -> UnitType:
    """Raises DuplicateUnitType."""
    if kind.code in _types:
        raise DuplicateUnitType(kind.code)
    _types[kind.code] = kind
    if kind.block is not None:
        _add_block(kind.code, kind.block)
    return kind


def _add_block(code: str, block: Any) -> None:
    """Offer the block of a type to editors, and to the units that are there."""
    from ..models import UnitPage

    block.set_name(code)
    UnitPage._meta.get_field("content").stream_block.child_blocks[code] = block  # type: ignore[attr-defined]


def find(code: str) -> UnitType | None:
    return _types.get(code)


def every() -> Iterable[UnitType]:
    return _types.values()


def _session_context(unit: Any, request: Any) -> dict[str, Any]:
    from ..queries import coming

    module = unit.content[0].value["module"]
    if module is None:
        return {}
    sessions = coming(request.user).filter(module__translation_key=module.translation_key)
    return {"sessions": sessions[:4]}


def _video_context(unit: Any, request: Any) -> dict[str, Any]:
    from .player import player_of

    value = unit.content[0].value["recording"]
    return player_of(value["video"], request, value["title"], value["caption"])


def _video_length(value: Any) -> float:
    recording = value["recording"].get("video")
    return float(recording.duration or 0) if recording else 0.0


SIMPLE = (Rule.MARKED, Rule.SEEN, Rule.TIME)
register(UnitType("text", _("To read"), "book-open", SIMPLE, "learning/paths/units/text.html"))
register(
    UnitType(
        "video",
        _("Video"),
        "play",
        (Rule.PLAYED, *SIMPLE),
        "learning/paths/units/video.html",
        _video_context,
        styles=("css/player.css",),
        scripts=("js/player.js",),
        length=_video_length,
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
        {Rule.DECIDED: _("be present at a session: the trainer says so")},
        styles=("css/newsroom.css",),
    )
)
