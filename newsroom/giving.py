"""Sections of the home page, doors of the professional space, rights in the admin."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms import registry

from . import queries


@dataclass(frozen=True)
class Section:
    """A section of the home page: the latest of one kind, and the page that lists them all."""

    label: Any
    template: str
    index: str
    latest: Any
    name: str
    styles = ("css/newsroom.css",)

    def context(self, request: Any, count: int) -> dict[str, Any] | None:
        """None when there is nothing to show to this reader."""
        found = self.latest(getattr(request, "user", None), count)
        if not found:
            return None
        return {
            self.name: found,
            "default_title": self.label,
            "index": queries.index_of(self.index, request),
        }


for _key, _section in {
    "news": Section(
        _("Latest news"), "newsroom/home/news.html", "NewsIndexPage", queries.latest_news, "news"
    ),
    "agenda": Section(
        _("Coming events"), "newsroom/home/agenda.html", "AgendaPage", queries.next_events, "events"
    ),
    "videos": Section(
        _("Videos"), "newsroom/home/videos.html", "VideoIndexPage", queries.latest_videos, "videos"
    ),
}.items():
    registry.home_sections.register(_key, _section)


DOORS = (
    ("NewsIndexPage", _("News"), _("What changes for the network, its partners and its public.")),
    ("AgendaPage", _("Agenda"), _("Meetings, trainings and dates, to take into your calendar.")),
    ("PublicationIndexPage", _("Publications"), _("Sheets, reports and studies to download.")),
    ("VideoIndexPage", _("Videos"), _("Maisons at work, with captions and transcript.")),
)


@registry.pro_doors.provide("newsroom")
def doors(request: Any) -> Iterator[dict[str, Any]]:
    """Behind "be informed", the lists that this person may open."""
    for order, (name, label, text) in enumerate(DOORS):
        index = queries.index_of(name, request)
        if index is not None:
            yield {
                "door": "inform",
                "label": label,
                "text": text,
                "url": index.get_url(request),
                "order": 20 + order,
            }


@registry.admin_permissions.provide("newsroom")
def admin_permissions() -> dict[str, list[str]]:
    return {role: ["newsroom.*"] for role in ("editor", "chief-editor", "national-team")}
