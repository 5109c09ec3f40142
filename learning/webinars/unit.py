"""The unit of a path that shows the replay of a webinar: done when enough of it was played, or marked."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Unit, UnitPage, Webinar, WebinarPage
from ..paths.kinds import CompletionRule as Rule
from ..paths.unit_types import UnitType, register
from ..signals import recording_played
from . import queries, services
from .kinds import WebinarState
from .reading import player_of_replay

KIND = "replay"


def _webinar_page(value: Any) -> WebinarPage | None:
    page = value["webinar"]
    return page.specific if page is not None else None


def _length(value: Any) -> float:
    page = _webinar_page(value)
    return page.length if page else 0.0


def _context(unit: Any, request: Any) -> dict[str, Any]:
    """The player, once there is a replay; until then the webinar itself."""
    chosen = _webinar_page(unit.content[0].value)
    webinar = _webinar_of(chosen)
    page = queries.page_of(webinar) if webinar else None
    if webinar is None or page is None:
        return {}
    state = webinar.state
    context: dict[str, Any] = {"webinar": webinar, "page": page, "state": state}
    if state == WebinarState.REPLAY and page.recording:
        context["player"] = player_of_replay(page, request)
        context["notes"] = queries.public_notes(webinar)
    return context


def _webinar_of(page: WebinarPage | None) -> Webinar | None:
    if page is None:
        return None
    return Webinar.objects.filter(uuid=page.translation_key, archived_at=None).first()


register(
    UnitType(
        KIND,
        _("Webinar replay"),
        "monitor",
        (Rule.PLAYED, Rule.MARKED, Rule.SEEN),
        "learning/webinars/unit.html",
        _context,
        styles=("css/player.css",),
        scripts=("js/player.js",),
        length=_length,
    )
)


def _count_here_too(
    sender: Any, unit: Unit, place: Any, user_id: int, spans: list[list[float]], **_kwargs: Any
) -> None:
    """Who watches the replay within a path has seen it: the attendance of the webinar says so."""
    if place.kind != KIND:
        return
    found = UnitPage.objects.filter(translation_key=unit.uuid, live=True).first()
    page = _webinar_page(found.content[0].value) if found and found.kind == KIND else None
    webinar = _webinar_of(page)
    if webinar is None or page is None:
        return
    now = timezone.now()
    services.add_played(webinar, user_id, spans, length=page.length, share=page.share, now=now)


recording_played.connect(_count_here_too, dispatch_uid="learning.webinars.unit")
