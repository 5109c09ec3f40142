"""Pages of this app for tests."""

import datetime as dt
import json
from typing import Any

from wagtail.models import Locale, Site

from cms.factories import SiteDocumentFactory, SiteMediaFactory

from .models import (
    AgendaPage,
    EventPage,
    NewsIndexPage,
    NewsPage,
    PublicationIndexPage,
    PublicationPage,
    PublicationVersion,
    VideoIndexPage,
    VideoPage,
)


def body(*paragraphs: str) -> str:
    """A stream as it is stored."""
    return json.dumps([{"type": "rich_text", "value": f"<p>{text}</p>"} for text in paragraphs])


def index(model: type[Any], title: str, slug: str) -> Any:
    """The one page of its kind, under the home page."""
    home = Site.objects.get(is_default_site=True).root_page
    found = model.objects.child_of(home).first()
    if found is None:
        found = model(title=title, slug=slug, locale=Locale.get_default())
        home.add_child(instance=found)
    return found


def news_index() -> NewsIndexPage:
    return index(NewsIndexPage, "Actualités", "actualites")


def agenda() -> AgendaPage:
    return index(AgendaPage, "Agenda", "agenda")


def video_index() -> VideoIndexPage:
    return index(VideoIndexPage, "Sur le terrain", "videos")


def publication_index() -> PublicationIndexPage:
    return index(PublicationIndexPage, "Publications", "publications")


def child(parent: Any, model: type[Any], title: str, many: dict[str, Any], **fields: Any) -> Any:
    """A page below `parent`; `many` are its relations to many."""
    number = model.objects.count() + 1
    values = {
        "slug": f"{model.__name__.lower()}-{number}",
        "summary": "Un résumé.",
        "body": body("Un texte."),
        "locale": Locale.get_default(),
        **fields,
    }
    page = model(title=title or f"{model.__name__} {number}", **values)
    parent.add_child(instance=page)
    for name, rows in many.items():
        getattr(page, name).set(rows)
    if many:
        page.save()
    page.save_revision()
    return page


def news(title: str = "", themes: Any = (), operators: Any = (), **fields: Any) -> NewsPage:
    fields.setdefault("display_date", dt.date(2016, 9, 15))
    many = {"themes": themes, "operators": operators}
    return child(news_index(), NewsPage, title, many, **fields)


def event(title: str = "", themes: Any = (), operators: Any = (), **fields: Any) -> EventPage:
    fields.setdefault("starts_on", dt.date(2016, 11, 23))
    many = {"themes": themes, "operators": operators}
    return child(agenda(), EventPage, title, many, **fields)


def video(title: str = "", maisons: Any = (), themes: Any = (), **fields: Any) -> VideoPage:
    fields.setdefault("recording", None)
    if fields["recording"] is None:
        fields["recording"] = SiteMediaFactory(duration=60)
    fields.setdefault("display_date", dt.date(2016, 9, 15))
    many = {"maisons": maisons, "themes": themes}
    return child(video_index(), VideoPage, title, many, **fields)


def publication(title: str = "", versions: int = 1, **fields: Any) -> PublicationPage:
    fields.setdefault("display_date", dt.date(2017, 2, 1))
    page = child(publication_index(), PublicationPage, title, {}, **fields)
    for number in range(versions):
        page.versions.add(
            PublicationVersion(
                document=SiteDocumentFactory(),
                label=f"Version {number + 1}",
                date=dt.date(2017, 1 + number, 1),
            )
        )
    if versions:
        page.save()
        page.save_revision()
    return page
