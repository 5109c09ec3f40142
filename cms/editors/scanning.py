"""Reading pages for their links and for pictures that nobody described.

The public version of a page is read for its links, its latest version for its pictures: an editor
mends a missing description before it is published. Streams are read as raw data, without a query.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
from wagtail.models import Page

from ..blocks.raw import children
from ..models import (
    BinPage,
    ExternalAddress,
    PageLink,
    PageScan,
    PictureUse,
    SiteDocument,
    SiteImage,
)
from ..models.editing import URL_LENGTH
from ..tasks import background
from .inside import answers

BATCH = 100
# Fields of Wagtail's own that point to pages and are no links.
NOT_LINKS = {"alias_of", "page_ptr", "basepage_ptr"}


@dataclass(frozen=True)
class Link:
    kind: str
    place: str
    target_id: int | None = None
    url: str = ""
    text: str = ""


@dataclass(frozen=True)
class Picture:
    image_id: int
    decision: str
    place: str


Found = Link | Picture
Walk = Callable[[Any], Iterable[Found]]


# -- Which pages ------------------------------------------------------------------------------------


def to_read() -> models.QuerySet[Page]:
    """Pages that were never read, or that changed since; the longest waiting first."""
    scan = PageScan.objects.filter(page_id=models.OuterRef("pk")).values("at")[:1]
    found = Page.objects.filter(depth__gt=1).annotate(scanned_at=models.Subquery(scan))
    changed = Q(latest_revision_created_at__gt=F("scanned_at")) | Q(
        last_published_at__gt=F("scanned_at")
    )
    found = found.filter(Q(scanned_at=None) | changed).not_type(BinPage)
    return found.order_by(F("scanned_at").asc(nulls_first=True), "pk")


def read_what_changed(limit: int = BATCH) -> int:
    """Read the pages that changed. Returns how many."""
    pages = list(to_read()[:limit])
    for page in pages:
        read_page(page)
    return len(pages)


@background(attempts=2)
def read_everything(after: int = 0) -> None:
    """Read every page again, a batch at a time: links typed by hand may have died meanwhile."""
    pages = list(
        Page.objects.filter(pk__gt=after, depth__gt=1).not_type(BinPage).order_by("pk")[:BATCH]
    )
    for page in pages:
        read_page(page)
    if len(pages) == BATCH:
        read_everything.enqueue(pages[-1].pk)
    else:
        _forget_unused_addresses()


def _forget_unused_addresses() -> None:
    ExternalAddress.objects.filter(links=None).delete()


def read_page(page: Page, now: dt.datetime | None = None) -> None:
    """Write anew what is known of a page's links and pictures."""
    specific = page.specific
    now = now or timezone.now()
    if type(specific) is Page:
        links, pictures = [], []
    else:
        draft = (
            specific.get_latest_revision_as_object() if specific.latest_revision_id else specific
        )
        links = [f for f in found_in(specific) if isinstance(f, Link)] if page.live else []
        pictures = [f for f in found_in(draft) if isinstance(f, Picture)]
    rows = [_link_row(page, link, now) for link in dict.fromkeys(links)]
    known = set(
        SiteImage.objects.filter(pk__in={p.image_id for p in pictures}).values_list("pk", flat=True)
    )
    with transaction.atomic():
        PageLink.objects.filter(page=page).delete()
        PictureUse.objects.filter(page=page).delete()
        _give_addresses(rows)
        PageLink.objects.bulk_create(rows)
        PictureUse.objects.bulk_create(
            PictureUse(
                page=page, image_id=p.image_id, decision=p.decision, place=p.place, found_at=now
            )
            for p in dict.fromkeys(pictures)
            if p.image_id in known
        )
        PageScan.objects.update_or_create(page=page, defaults={"at": now})


def _link_row(page: Page, link: Link, now: dt.datetime) -> PageLink:
    inside = link.kind == PageLink.Kind.PATH
    return PageLink(
        page=page,
        kind=link.kind,
        target_id=link.target_id,
        url=link.url,
        answers=answers(link.url) if inside else True,
        text=link.text[:255],
        place=link.place[:120],
        found_at=now,
    )


def _give_addresses(rows: list[PageLink]) -> None:
    """Each external link its address, one row for all the pages that lead there."""
    outside = [row for row in rows if row.kind == PageLink.Kind.EXTERNAL]
    urls = {row.url for row in outside}
    ExternalAddress.objects.bulk_create(
        [ExternalAddress(url=url, next_check_at=timezone.now()) for url in urls],
        ignore_conflicts=True,
    )
    known = {row.url: row for row in ExternalAddress.objects.filter(url__in=urls)}
    for row in outside:
        row.address = known[row.url]


# -- What is in a page ------------------------------------------------------------------------------


def found_in(page: Any) -> Iterator[Found]:
    """Links and pictures of a page: its fields, its streams, its child rows."""
    for walk in _walkers(type(page)):
        yield from walk(page)


@cache
def _walkers(model: type[Any]) -> tuple[Walk, ...]:
    walks = [walk for field in model._meta.get_fields() if (walk := _walker(field))]
    walks += [w for relation in get_all_child_relations(model) if (w := _child_walker(relation))]
    return tuple(walks)


def _walker(field: Any) -> Walk | None:
    related = getattr(field, "related_model", None)
    place = getattr(field, "verbose_name", field.name)
    if isinstance(field, StreamField):
        return lambda page: _in_block(
            field.stream_block, getattr(page, field.name).raw_data, str(place)
        )
    if isinstance(field, RichTextField):
        return lambda page: _in_html(getattr(page, field.name), str(place))
    if field.name == "listing_image":
        return _listing_picture
    if isinstance(field, models.URLField):
        return lambda page: _to_url(getattr(page, field.name), str(place))
    if field.name in NOT_LINKS or not isinstance(related, type) or not field.concrete:
        return None
    if field.many_to_one or field.one_to_one:
        if issubclass(related, Page):
            return lambda page: _to(PageLink.Kind.PAGE, getattr(page, field.attname), str(place))
        if related is SiteDocument:
            return lambda page: _to(
                PageLink.Kind.DOCUMENT, getattr(page, field.attname), str(place)
            )
    return None


def _child_walker(relation: Any) -> Walk | None:
    walks = _walkers(relation.related_model)
    if not walks:
        return None
    name = relation.get_accessor_name()
    return lambda page: (
        found for child in getattr(page, name).all() for walk in walks for found in walk(child)
    )


def _listing_picture(page: Any) -> Iterator[Picture]:
    if page.listing_image_id and not page.listing_image_alt:
        yield Picture(page.listing_image_id, PictureUse.Decision.LIBRARY, _("picture of the page"))


def _to(kind: str, pk: Any, place: str, text: str = "") -> Iterator[Link]:
    if str(pk or "").isdigit():
        yield Link(kind, place, target_id=int(pk), text=text)


def _to_url(url: Any, place: str, text: str = "") -> Iterator[Link]:
    """A link to an address: of this site, of another one, or of no interest (mailto, anchor)."""
    url = str(url or "").strip()
    if not url or len(url) > URL_LENGTH:
        return
    try:
        parts = urlsplit(url)
    except ValueError:
        yield Link(PageLink.Kind.PATH, place, url=url, text=text)
        return
    own = urlsplit(settings.SITE_ORIGIN).netloc
    if parts.scheme in {"http", "https"} and parts.netloc != own:
        yield Link(PageLink.Kind.EXTERNAL, place, url=url.partition("#")[0], text=text)
    elif parts.path.startswith("/") and parts.scheme in {"", "http", "https"}:
        yield Link(PageLink.Kind.PATH, place, url=parts.path, text=text)


def _in_block(block: Any, raw: Any, place: str) -> Iterator[Found]:
    """Links and pictures in the raw (JSON) value of a block."""
    if raw is None:
        return
    if isinstance(block, ImageBlock):
        yield from _in_image_block(raw, place)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _in_html(raw, place)
    elif isinstance(block, blocks.PageChooserBlock):
        yield from _to(PageLink.Kind.PAGE, raw, place)
    elif isinstance(block, DocumentChooserBlock):
        yield from _to(PageLink.Kind.DOCUMENT, raw, place)
    elif isinstance(block, ImageChooserBlock):
        if str(raw).isdigit():
            yield Picture(int(raw), PictureUse.Decision.LIBRARY, place)
    elif isinstance(block, blocks.URLBlock) or (
        isinstance(block, blocks.CharBlock) and block.name == "url"
    ):
        yield from _to_url(raw, place)
    else:
        for child, value in children(block, raw):
            yield from _in_block(child, value, place)


def _in_image_block(raw: Any, place: str) -> Iterator[Picture]:
    value = raw if isinstance(raw, dict) else {"image": raw}
    decided = value.get("decorative") or str(value.get("alt_text") or "").strip()
    if value.get("image") and not decided:
        yield Picture(int(value["image"]), PictureUse.Decision.HERE, place)


def _in_html(source: Any, place: str) -> Iterator[Link]:
    reader = _LinkReader()
    reader.feed(str(source or ""))
    for attributes, text in reader.links:
        kind = attributes.get("linktype")
        if kind in {PageLink.Kind.PAGE, PageLink.Kind.DOCUMENT}:
            yield from _to(kind, attributes.get("id"), place, text)
        else:
            yield from _to_url(attributes.get("href"), place, text)


class _LinkReader(HTMLParser):
    """The links of formatted text as it is stored: their attributes and their words."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[dict[str, str | None], str]] = []
        self._open: dict[str, str | None] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._open, self._words = dict(attrs), []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open is not None:
            self.links.append((self._open, " ".join("".join(self._words).split())))
            self._open = None
