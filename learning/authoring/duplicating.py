"""A path made from another: chapters, units, prerequisites and translations, all drafts of their own."""

import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail import blocks
from wagtail.log_actions import log
from wagtail.models import Page

from cms.editors.starting import copy_of
from cms.translating import translate_page

from ..models import ChapterPage, LearningPathPage, UnitPage
from ..paths import drafts
from . import parts, references

logger = logging.getLogger(__name__)


@transaction.atomic
def duplicate(page: LearningPathPage, title: str, *, by: Any) -> LearningPathPage:
    """A draft path with this title, from the last saved state of `page`. Raises PermissionDenied.

    Nobody is enrolled in the copy, and nothing leads from it to the original.
    """
    above = page.get_parent()
    if not above.permissions_for_user(by).can_add_subpage():
        raise PermissionDenied
    copies: dict[int, Any] = {}
    chapters, units = drafts.pages_of(page)
    path: Any = _copied(drafts.latest([page])[0], above, title, by, copies)
    for chapter in chapters:
        _copied(chapter, path, chapter.title, by, copies)
    for unit in units:
        chapter = copies[_chapter_of(unit, chapters).pk]
        _copied(unit, chapter, unit.title, by, copies)
    pairs = [(unit, copies[unit.pk]) for unit in units]
    for unit, copy in pairs:
        _point_inside(unit, copy, copies, by)
    for part in parts.every():
        part.copied(pairs, by)
    for original in [page, *chapters, *units]:
        _translate(original, copies)
    log(instance=path, action="learning.duplicate_path", user=by, data={"page": page.pk})
    return path


def _copied(source: Any, above: Page, title: str, by: Any, copies: dict[int, Any]) -> Any:
    number = source.pk
    copies[number] = copy_of(source, above, title, by)
    return copies[number]


def _chapter_of(unit: UnitPage, chapters: list[ChapterPage]) -> ChapterPage:
    return next(chapter for chapter in chapters if unit.path.startswith(chapter.path))


def _point_inside(unit: UnitPage, copy: UnitPage, copies: dict[int, Any], by: Any) -> None:
    """Prerequisites and links that led to units of the original lead to their copies."""
    needed = [copies.get(each.pk, each) for each in unit.needs.all()]
    field: Any = UnitPage._meta.get_field("content")
    raw = references.mapped(
        field.stream_block,
        list(copy.content.raw_data),
        lambda block, value, place: _led(block, value, copies),
    )
    copy.content = field.to_python(raw)
    copy.needs.set(needed)
    copy.save(clean=False)
    copy.save_revision(user=by, changed=False, clean=False, log_action=False)


def _led(block: Any, value: Any, copies: dict[int, Any]) -> Any:
    if isinstance(block, blocks.PageChooserBlock) and value in copies:
        return copies[value].pk
    if isinstance(block, blocks.RichTextBlock) and isinstance(value, str):
        return references.links_changed(value, lambda kind, said: _link(kind, said, copies))
    return value


def _link(kind: str, said: dict[str, str], copies: dict[int, Any]) -> dict[str, str]:
    number = said.get("id", "")
    if kind == "page" and number.isdigit() and int(number) in copies:
        return {**said, "id": str(copies[int(number)].pk)}
    return said


def _translate(original: Any, copies: dict[int, Any]) -> None:
    """The copy is translated as the original is, as drafts."""
    if original.locale.language_code != settings.LANGUAGE_CODE:
        return
    for translated in original.get_translations().select_related("locale").specific():
        newest = translated.get_latest_revision_as_object()
        translate_page(copies[original.pk], newest, translated.locale)
