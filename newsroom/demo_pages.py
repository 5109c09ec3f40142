"""Creates the pages of the demonstration that are not there yet. What exists is left as it is."""

import datetime as dt
import json
import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Site

from cms import demo_videos
from cms.demo_content import Pictures, Resolver, read
from cms.models import Commune, SiteDocument, SiteMedia, Theme
from maisons.models import Maison, Operator

from .models import (
    AgendaPage,
    EventPage,
    NewsIndexPage,
    NewsPage,
    PublicationIndexPage,
    PublicationPage,
    PublicationVersion,
    VideoChapter,
    VideoIndexPage,
    VideoPage,
)

logger = logging.getLogger(__name__)
FOLDER = Path(__file__).parent / "demo"
INDEXES: dict[str, tuple[type[Any], str, str, str]] = {
    "news": (
        NewsIndexPage,
        "Actualités",
        "actualites",
        "Ce qui change pour les Maisons, leurs partenaires et ceux qui les fréquentent.",
    ),
    "events": (
        AgendaPage,
        "Agenda",
        "agenda",
        "Les rencontres, les formations et les dates du réseau\N{NO-BREAK SPACE}: celles qui viennent,"
        " et ce qu’il est sorti des autres.",
    ),
    "videos": (
        VideoIndexPage,
        "Sur le terrain",
        "videos",
        "Des Maisons au travail, en quelques minutes, avec sous-titres et transcription.",
    ),
    "publications": (
        PublicationIndexPage,
        "Publications",
        "publications",
        "Les fiches, les études et les données du réseau, résumées pour être lues ici.",
    ),
}
# Keys of the files that are fields of the pages.
FIELDS = (
    *("kind", "month_only", "summary", "source", "source_url", "source_date"),
    *("organiser", "audience", "venue", "address", "online_url", "status", "status_note"),
    *("registration_url", "number", "publisher", "external_url"),
)


def load() -> None:
    Loader().run()


class Loader:
    """One run: files first, since none is written inside the transaction; then the pages."""

    def __init__(self) -> None:
        self.picture = Pictures()
        self.resolver = Resolver(self.picture, lambda name: None, logger.warning)
        self.themes = {theme.code: theme for theme in Theme.objects.all()}
        self.operators = {operator.code: operator for operator in Operator.objects.all()}
        self.today = timezone.localdate()
        self.files: dict[str, SiteDocument] = {}
        self.recordings: dict[str, SiteMedia] = {}

    def run(self) -> None:
        rows = {name: read(FOLDER / f"{name}.yaml") or [] for name in INDEXES}
        self._load_files(rows)
        with transaction.atomic():
            makers: dict[str, Callable[[dict[str, Any]], Any]] = {
                "news": self.news,
                "events": self.event,
                "videos": self.video,
                "publications": self.publication,
            }
            for name, make in makers.items():
                self._load_pages(index_page(*INDEXES[name]), rows[name], make)

    def _load_files(self, rows: dict[str, list[dict[str, Any]]]) -> None:
        for name in {row["picture"] for found in rows.values() for row in found}:
            self.picture(name)
        for row in rows["publications"]:
            for version in row.get("versions", ()):
                self.files[version["file"]] = document(
                    version["file"], f"{row['title']} – {version['label']}"
                )
        for row in rows["videos"]:
            self.recordings[row["slug"]] = demo_videos.recording(row, self._seen, FOLDER / "videos")

    def _seen(self, picture: str) -> str:
        return self.picture.known[picture][1]["alt"]

    def _load_pages(
        self, index: Any, rows: Iterable[dict[str, Any]], make: Callable[[dict[str, Any]], Any]
    ) -> None:
        existing = set(index.get_children().values_list("slug", flat=True))
        for row in rows:
            if row["slug"] in existing:
                continue
            page = make(row)
            self._fill(page, row)
            index.add_child(instance=page)
            page.themes.set([self.themes[code] for code in row.get("themes") or ()])
            page.operators.set([self.operators[code] for code in row.get("operators") or ()])
            if isinstance(page, VideoPage):
                page.maisons.set(Maison.objects.filter(slug__in=row.get("maisons") or ()))
            page.save_revision(changed=False).publish()

    def _fill(self, page: Any, row: dict[str, Any]) -> None:
        page.title, page.slug, page.locale = row["title"], row["slug"], Locale.get_default()
        page.live = False
        for name in FIELDS:
            if name in row:
                setattr(page, name, row[name])
        page.display_date = row.get("date")
        page.is_fictitious = row.get("fictitious", False)
        page.listing_image = self.picture(row["picture"])
        page.body = self._stream(row, "body")

    def _stream(self, row: dict[str, Any], name: str) -> str:
        return json.dumps(self.resolver.stream(row.get(name) or [], f"{row['slug']}/{name}"))

    def news(self, _row: dict[str, Any]) -> NewsPage:
        return NewsPage()

    def event(self, row: dict[str, Any]) -> EventPage:
        """An event of the files; a made-up one is so many days from today."""
        first = row.get("starts_on") or self._in(row["in_days"])
        days = row.get("days", 1)
        return EventPage(
            starts_on=first,
            ends_on=row.get("ends_on") or (first + dt.timedelta(days - 1) if days > 1 else None),
            starts_time=_time(row.get("starts_time")),
            ends_time=_time(row.get("ends_time")),
            commune=Commune.objects.filter(pk=row.get("commune")).first(),
            registration_until=self._in(row.get("registration_in_days")),
            first_announced_for=self._in(row.get("first_announced_in_days")),
            programme=self._programme(row, first),
            report=self._stream(row, "report"),
        )

    def _in(self, days: int | None) -> Any:
        return None if days is None else self.today + dt.timedelta(days)

    def _programme(self, row: dict[str, Any], first: dt.date) -> str:
        slots = [
            {
                "type": "slot",
                "value": {**slot, "day": (first + dt.timedelta(slot["day"])).isoformat()},
            }
            for slot in row.get("programme") or ()
        ]
        return json.dumps(slots)

    def video(self, row: dict[str, Any]) -> VideoPage:
        page = VideoPage(recording=self.recordings[row["slug"]])
        page.chapters = [
            VideoChapter(starts_at=moment, title=scene["title"], sort_order=order)
            for order, (moment, scene) in enumerate(demo_videos.timed(row["scenes"]))
        ]
        return page

    def publication(self, row: dict[str, Any]) -> PublicationPage:
        page = PublicationPage()
        page.versions = [
            PublicationVersion(
                document=self.files[version["file"]],
                label=version["label"],
                date=version["date"],
                changes=version.get("changes", ""),
            )
            for version in reversed(row.get("versions") or [])
        ]
        return page


def index_page(model: type[Any], title: str, slug: str, summary: str) -> Any:
    home = Site.objects.get(is_default_site=True).root_page
    found = model.objects.child_of(home).first()
    if found is None:
        found = model(title=title, slug=slug, summary=summary, locale=Locale.get_default())
        home.add_child(instance=found)
        found.save_revision(changed=False).publish()
    return found


def document(name: str, title: str) -> SiteDocument:
    found = SiteDocument.objects.filter(title=title).first()
    if found is None:
        found = SiteDocument(title=title)
        with (FOLDER / "files" / name).open("rb") as file:
            found.file.save(name, File(file), save=False)
            found.save()
    return found


def _time(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None
