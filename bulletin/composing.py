"""Arranging an issue: where each article stands, version by version.

Two editors may have the same issue open. Each sends the arrangement with the version from which it
was made; when somebody changed it meanwhile nothing is written, and the second editor is told who
changed what and keeps the arrangement on screen (`CompositionConflict`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Max
from wagtail.log_actions import get_active_log_context, log

from .models import ArticlePage, Composition, CompositionChange, IssuePage, Placement
from .models.sections import SECTION_ORDER, Section

if TYPE_CHECKING:
    from wagtail.models import Page

Layout = list[tuple[str, list[int]]]


class CompositionConflict(Exception):
    """The arrangement changed since this editor read it. `changes`: what the others did."""

    def __init__(self, version: int, changes: list[CompositionChange]) -> None:
        self.version, self.changes = version, changes
        super().__init__(f"version {version}")


@dataclass
class Move:
    """A difference between two arrangements, in the words of the journal."""

    action: str
    title: str
    section: str

    def as_json(self) -> dict[str, str]:
        return {"action": self.action, "article": self.title, "section": self.section}


def composition_of(issue_id: int) -> Composition:
    return Composition.objects.get_or_create(issue_id=issue_id)[0]


def placements(issue: "Page") -> list[Placement]:
    """The places of the articles that are in the issue, in reading order."""
    rows = Placement.objects.filter(
        composition__issue_id=issue.pk, article__in=ArticlePage.objects.child_of(issue)
    )
    return sorted(rows, key=lambda p: (SECTION_ORDER.get(p.section, 99), p.position, p.pk))


def place(article: ArticlePage) -> Placement:
    """Give an article its place, last of its section."""
    with transaction.atomic():
        issue = article.get_parent()
        composition = composition_of(issue.pk)
        last = composition.placements.filter(section=article.section).aggregate(
            last=Max("position")
        )["last"]
        placement = Placement.objects.update_or_create(
            article=article,
            defaults={
                "composition": composition,
                "section": article.section,
                "position": (last or 0) + 1,
            },
        )[0]
        note_change(issue.pk, "added", article)
        return placement


def arrive(article: ArticlePage, parent: "Page") -> None:
    """After a move in the tree: the article finds its old place again, or gets one."""
    if not IssuePage.objects.filter(pk=parent.pk).exists():
        return
    held = Placement.objects.filter(article=article, composition__issue_id=parent.pk).exists()
    if held:
        note_change(parent.pk, "added", article)
    else:
        place(article)


def follow_copy(source: IssuePage, copy: IssuePage, user: Any | None) -> None:
    """A copied issue is in the order of the first: its articles have kept their addresses."""
    slugs = dict(ArticlePage.objects.child_of(copy).values_list("slug", "pk"))
    known = dict(ArticlePage.objects.child_of(source).values_list("pk", "slug"))
    layout: dict[str, list[int]] = {code: [] for code in Section.values}
    for place in placements(source):
        article = slugs.get(known[place.article_id])
        if article is not None:
            layout[place.section].append(article)
    arrange(copy, user, composition_of(copy.pk).version, list(layout.items()))


def note_change(issue_id: int, action: str, article: ArticlePage) -> None:
    """Raise the version because of something done outside the composing screen."""
    composition = Composition.objects.filter(issue_id=issue_id).first()
    if composition is not None:
        user = get_active_log_context().user
        _record(composition, user, [Move(action, article.title, article.section)])


def _record(composition: Composition, user: Any | None, moves: list[Move]) -> None:
    Composition.objects.filter(pk=composition.pk).update(version=F("version") + 1)
    composition.refresh_from_db(fields=["version"])
    CompositionChange.objects.create(
        composition=composition,
        version=composition.version,
        by=user,
        changes=[move.as_json() for move in moves],
    )


def arrange(issue: IssuePage, user: Any | None, base_version: int, layout: Layout) -> int:
    """Set the order and the sections. Returns the new version.

    Articles that `layout` does not name keep their section and come last in it; those it names that
    are no longer in the issue are ignored. Raises CompositionConflict.
    """
    with transaction.atomic():
        composition_of(issue.pk)
        composition = Composition.objects.select_for_update().get(issue_id=issue.pk)
        if composition.version != base_version:
            raise CompositionConflict(composition.version, changes_since(composition, base_version))
        held = placements(issue)
        moves = _apply(held, layout)
        if not moves:
            return composition.version
        Placement.objects.bulk_update(held, ["section", "position"])
        _record(composition, user, moves)
        _follow_in_translations(issue, held)
        # Readers see the new order at the next publication: until then the issue has changes.
        IssuePage.objects.filter(pk=issue.pk).update(has_unpublished_changes=True)
        data = {"version": composition.version, "changes": [m.as_json() for m in moves]}
        log(instance=issue, action="bulletin.compose", user=user, data=data)
        return composition.version


def changes_since(composition: Composition, version: int) -> list[CompositionChange]:
    return list(composition.changes.filter(version__gt=version).select_related("by"))


def _apply(held: list[Placement], layout: Layout) -> list[Move]:
    """Change the placements in memory. Returns what differs for whoever reads the order."""
    by_article = {placement.article_id: placement for placement in held}
    before = _order(held)
    rest = dict(by_article)
    wanted: dict[str, list[Placement]] = {code: [] for code in Section.values}
    for section, articles in layout:
        for article in articles:
            placement = rest.pop(article, None)
            if placement is not None and section in wanted:
                wanted[section].append(placement)
    for placement in held:
        if placement.article_id in rest:
            wanted[placement.section].append(placement)
    for section, found in wanted.items():
        for position, placement in enumerate(found, start=1):
            placement.section, placement.position = section, position
    after = _order([placement for found in wanted.values() for placement in found])
    moved = _moved(before, after)
    titles = dict(ArticlePage.objects.filter(pk__in=moved).values_list("pk", "draft_title"))
    return [Move("moved", titles[pk], by_article[pk].section) for pk in moved]


def _order(rows: Iterable[Placement]) -> list[tuple[str, int]]:
    return [(placement.section, placement.article_id) for placement in rows]


def _moved(before: list[tuple[str, int]], after: list[tuple[str, int]]) -> list[int]:
    """The fewest articles whose move explains the difference."""
    from difflib import SequenceMatcher

    same: set[tuple[str, int]] = set()
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        same.update(after[block.b : block.b + block.size])
    return [article for section, article in after if (section, article) not in same]


def _follow_in_translations(issue: IssuePage, held: list[Placement]) -> None:
    """The translations of an issue are read in the same order."""
    keys = dict(
        ArticlePage.objects.filter(pk__in=[p.article_id for p in held]).values_list(
            "translation_key", "pk"
        )
    )
    by_article = {placement.article_id: placement for placement in held}
    rows = list(
        Placement.objects.filter(article__translation_key__in=keys)
        .exclude(composition__issue_id=issue.pk)
        .select_related("article")
        .only("pk", "section", "position", "article__translation_key")
    )
    for row in rows:
        source = by_article[keys[row.article.translation_key]]
        row.section, row.position = source.section, source.position
    Placement.objects.bulk_update(rows, ["section", "position"])


def change_section(article: ArticlePage, user: Any | None) -> None:
    """Move an article to the end of the section that its form now says, if it says another."""
    with transaction.atomic():
        placement = Placement.objects.select_related("composition").filter(article=article).first()
        if placement is None or placement.section == article.section:
            return
        last = placement.composition.placements.filter(section=article.section).aggregate(
            last=Max("position")
        )["last"]
        placement.section, placement.position = article.section, (last or 0) + 1
        placement.save(update_fields=["section", "position"])
        _record(placement.composition, user, [Move("moved", article.title, article.section)])
