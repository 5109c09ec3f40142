"""A page of a path that changes writes a version down, in the transaction of the change."""

from typing import Any

from wagtail.signals import page_published, page_unpublished, post_page_move

from . import structure


def connect() -> None:
    from ..models import ChapterPage, LearningPathPage, UnitPage

    for sender in (LearningPathPage, ChapterPage, UnitPage):
        uid = f"learning.paths.{sender.__name__}"
        page_published.connect(_changed, sender=sender, dispatch_uid=f"{uid}.published")
        page_unpublished.connect(_changed, sender=sender, dispatch_uid=f"{uid}.unpublished")
        post_page_move.connect(_changed, sender=sender, dispatch_uid=f"{uid}.moved")


def _changed(instance: Any, **_kwargs: Any) -> None:
    from ..models import LearningPathPage

    page = instance.specific
    above = page if isinstance(page, LearningPathPage) else _path_above(page)
    if above is not None:
        structure.publish_version(above)


def _path_above(page: Any) -> Any:
    from ..models import LearningPathPage

    return LearningPathPage.objects.ancestor_of(page).first()
