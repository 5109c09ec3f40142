"""How an issue stands: what readers see of each page, what changed since, what it still lacks.

Read from the stored versions as data: a hundred articles cost a handful of queries.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.models import SiteImage

from .composing import placements
from .models import ArticlePage, IssuePage, Placement
from .models.sections import Section

NEW, CHANGED, PUBLIC = "new", "changed", "public"
# What a save writes by itself: not a change that an editor made.
STAMPS = {
    "pk", "path", "depth", "numchild", "translation_key", "locale", "live", "draft_title",
    "has_unpublished_changes", "url_path", "owner", "go_live_at", "expire_at", "expired", "locked",
    "locked_at", "locked_by", "first_published_at", "last_published_at", "latest_revision",
    "latest_revision_created_at", "live_revision", "alias_of", "content_type", "reading_minutes",
    "section", "position", "wagtail_admin_comments", "page_ptr", "basepage_ptr",
}  # fmt: skip


@dataclass
class PageState:
    """One page of the issue, for its editors. `changes` and `lacks` are in words."""

    pk: int
    title: str
    live: bool
    status: str
    changes: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    latest_revision_id: int | None = None
    section: str = ""

    @property
    def status_label(self) -> str:
        labels = {NEW: _("Never published"), CHANGED: _("Changed"), PUBLIC: _("Public")}
        if not self.live and self.status == CHANGED:
            return _("Draft")
        return labels[self.status]


@dataclass
class IssueState:
    issue: PageState
    sections: list[tuple[str, str, list[PageState]]]

    @property
    def articles(self) -> list[PageState]:
        return [state for _code, _label, states in self.sections for state in states]

    @property
    def pages(self) -> list[PageState]:
        return [self.issue, *self.articles]

    @property
    def to_publish(self) -> list[PageState]:
        return [state for state in self.pages if state.status != PUBLIC]

    @property
    def lacking(self) -> list[PageState]:
        return [state for state in self.pages if state.lacks]


def issue_state(issue: IssuePage, layout: list[tuple[str, list[int]]] | None = None) -> IssueState:
    """The state of an issue and its articles, by section; in the order of `layout` when given."""
    places = placements(issue)
    articles = {a.pk: a for a in ArticlePage.objects.child_of(issue).defer_streamfields()}
    rows: list[Any] = [issue, *articles.values()]
    revisions = Revision.objects.in_bulk(
        {r for row in rows for r in (row.latest_revision_id, row.live_revision_id) if r}
    )
    pictures = _pictures(revisions)
    moved = {p.article_id for p in places if _moved(p, articles[p.article_id])}
    states = {row.pk: _state(row, revisions, pictures, row.pk in moved) for row in rows}
    order = layout or _layout(places)
    sections = [
        (code, str(Section(code).label), [states[pk] for pk in ids if pk in articles])
        for code, ids in _every_section(order)
    ]
    for code, _label, found in sections:
        for state in found:
            state.section = code
    return IssueState(states[issue.pk], sections)


def _layout(places: list[Placement]) -> list[tuple[str, list[int]]]:
    return [(code, [p.article_id for p in places if p.section == code]) for code in Section.values]


def _every_section(layout: list[tuple[str, list[int]]]) -> list[tuple[str, list[int]]]:
    held = dict(layout)
    return [(code, held.get(code, [])) for code in Section.values]


def _moved(place: Placement, article: ArticlePage) -> bool:
    """Another section than the one that readers see; the order within it shows at a glance."""
    return article.live and place.section != article.section


def _state(
    row: Any, revisions: dict[int, Revision], pictures: dict[int, str], moved: bool
) -> PageState:
    latest = revisions.get(row.latest_revision_id)
    live = revisions.get(row.live_revision_id)
    content = latest.content if latest else {}
    changes = _changes(type(row), live.content, content) if live and latest else []
    if moved:
        changes.append(_("section"))
    if not row.live:
        status = CHANGED if row.first_published_at else NEW
    else:
        status = CHANGED if changes or row.has_unpublished_changes else PUBLIC
    return PageState(
        pk=row.pk,
        title=row.draft_title or row.title,
        live=row.live,
        status=status,
        changes=changes,
        lacks=list(_lacks(content, pictures)) if latest else [],
        latest_revision_id=row.latest_revision_id,
    )


def _changes(model: type[Page], before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The names of the fields that differ between two versions."""
    names = sorted(
        name
        for name in {*before, *after} - STAMPS
        if _comparable(before.get(name)) != _comparable(after.get(name))
    )
    return [_field_label(model, name) for name in names]


def _comparable(value: Any) -> Any:
    """Child rows without their keys, which change when nothing else does."""
    if isinstance(value, list):
        return [
            {k: v for k, v in row.items() if k != "pk"} if isinstance(row, dict) else row
            for row in value
        ]
    return value


def _field_label(model: type[Page], name: str) -> str:
    if name == "footnotes":
        return _("footnotes")
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def _lacks(content: dict[str, Any], pictures: dict[int, str]) -> Iterator[str]:
    """What readers or machines would miss; none of it forbids publishing."""
    if not content.get("summary"):
        yield _("a summary")
    picture = content.get("listing_image")
    if not picture:
        yield _("a picture")
    elif not content.get("listing_image_alt") and not pictures.get(picture):
        yield _("the alternative text of its picture")
    for name in ("body", "editorial_body", "lead_body"):
        if name in content:
            blocks = json.loads(content[name] or "[]")
            if not blocks:
                yield _("any text") if name == "body" else _field_label(IssuePage, name)
            if any(_undescribed(block) for block in blocks):
                yield _("the alternative text of a picture in the text")
    if "body" in content and not content.get("themes"):
        yield _("a theme")


def _undescribed(block: dict[str, Any]) -> bool:
    value = block.get("value")
    if block.get("type") == "image" and isinstance(value, dict):
        image = value.get("image") or {}
        return not image.get("decorative") and not image.get("alt_text")
    if block.get("type") == "gallery" and isinstance(value, dict):
        items = value.get("images") or []
        return any(
            _undescribed({"type": "image", "value": item.get("value", item)}) for item in items
        )
    return False


def _pictures(revisions: dict[int, Revision]) -> dict[int, str]:
    """{picture: its description, or a mark when it was judged decorative}."""
    ids = {r.content.get("listing_image") for r in revisions.values()} - {None}
    decorative = SiteImage.AltDecision.DECORATIVE
    return {
        pk: description or ("–" if decision == decorative else "")
        for pk, description, decision in SiteImage.objects.filter(pk__in=ids).values_list(
            "pk", "description", "alt_decision"
        )
    }
