"""A path as its editors left it, drafts included: for the preview and for the outline of the admin."""

from typing import Any

from django.utils import translation
from wagtail.models import Revision

from ..models import ChapterPage, LearningPath, LearningPathPage, UnitPage
from . import reading, structure
from .shown import Known, PathView, put_together


def page_for(uuid: Any) -> LearningPathPage | None:
    """The page of a path in the reader's language, else in another; live or not."""
    language = translation.get_language()
    pages = LearningPathPage.objects.filter(translation_key=uuid).select_related("locale")
    found = sorted(
        pages, key=lambda page: (page.locale.language_code != language, not page.live, page.pk)
    )
    return found[0] if found else None


def latest(pages: list[Any]) -> list[Any]:
    """These pages as their last revision says them: one query, whatever their number."""
    wanted = [page.latest_revision_id for page in pages if page.latest_revision_id]
    revisions = {row.pk: row for row in Revision.objects.filter(pk__in=wanted)}
    return [
        revisions[page.latest_revision_id].as_object()
        if page.latest_revision_id in revisions and page.has_unpublished_changes
        else page
        for page in pages
    ]


def pages_of(page: LearningPathPage) -> tuple[list[ChapterPage], list[UnitPage]]:
    """The chapters and units under a path, in order, as they were last saved."""
    chapters = list(ChapterPage.objects.child_of(page).order_by("path"))
    units = UnitPage.objects.descendant_of(page).prefetch_related("needs").order_by("path")
    return latest(chapters), latest(list(units))


def outline(page: LearningPathPage) -> structure.Outline:
    """What the next version would be if everything were published now."""
    newest = latest([page])[0]
    return structure.outline_of(structure.put_together(newest, *pages_of(page)))


def view(page: LearningPathPage, drafts: bool) -> PathView | None:
    """A path for somebody who begins it; None where nothing is to be read yet."""
    if drafts:
        return put_together(page.translation_key, outline(page), Known())
    path = LearningPath.objects.select_related("version").filter(uuid=page.translation_key).first()
    return reading.path_view(path) if path else None


def unit_page(uuid: str, drafts: bool) -> UnitPage | None:
    """The page of a unit; its last revision where drafts may be read."""
    if not drafts:
        return reading.unit_page(uuid)
    pages = UnitPage.objects.filter(translation_key=uuid).select_related("locale")
    language = translation.get_language()
    found = sorted(pages, key=lambda page: (page.locale.language_code != language, page.pk))
    return latest(found[:1])[0] if found else None
