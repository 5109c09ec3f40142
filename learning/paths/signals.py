"""A page of a path that changes writes a version down, in the transaction of the change."""

from typing import Any

from wagtail.signals import page_published, page_unpublished, post_page_move

from ..signals import session_closed
from . import structure


def connect() -> None:
    from ..models import ChapterPage, LearningPathPage, UnitPage

    for sender in (LearningPathPage, ChapterPage, UnitPage):
        uid = f"learning.paths.{sender.__name__}"
        page_published.connect(_changed, sender=sender, dispatch_uid=f"{uid}.published")
        page_unpublished.connect(_changed, sender=sender, dispatch_uid=f"{uid}.unpublished")
        post_page_move.connect(_changed, sender=sender, dispatch_uid=f"{uid}.moved")
    session_closed.connect(_enrol_those_present, dispatch_uid="learning.paths.closed")


def _changed(instance: Any, **_kwargs: Any) -> None:
    from ..models import LearningPathPage

    page = instance.specific
    above = page if isinstance(page, LearningPathPage) else _path_above(page)
    if above is not None:
        structure.publish_version(above)


def _path_above(page: Any) -> Any:
    from ..models import LearningPathPage

    return LearningPathPage.objects.ancestor_of(page).first()


def _enrol_those_present(session: Any, by: Any, **_kwargs: Any) -> None:
    """Whoever was there goes on online: the paths that name the module of the session."""
    from accounts.models import User

    from ..models import Registration
    from . import services
    from .kinds import EnrolmentSource

    paths = services.paths_of_module(session.module)
    if not paths:
        return
    there = Registration.objects.filter(session=session, half_days_present__gt=0)
    people = list(User.objects.filter(pk__in=there.values("user")))
    for path in paths:
        services.enrol_many(path, people, by=by, source=EnrolmentSource.SESSION)
