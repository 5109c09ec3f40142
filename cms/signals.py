"""What makes cached pages old: any change to something readers see."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from . import pagecache, request_scope

_content_models: set[type] = set()


def changes_pages(*models: type) -> None:
    """Declare models whose rows show on public pages. Apps call it for theirs."""
    _content_models.update(models)


def _bump(*_args: Any, **_kwargs: Any) -> None:
    request_scope.forget()
    pagecache.bump()


# What saving a draft writes on a live page: nothing that a reader sees.
DRAFT_FIELDS = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
}


def _on_change(
    sender: type, instance: Any = None, update_fields: Any = None, **_kwargs: Any
) -> None:
    if update_fields and set(update_fields) <= DRAFT_FIELDS:
        return
    if sender in _content_models or (isinstance(instance, Page) and instance.live):
        _bump()


def connect() -> None:
    from wagtail.contrib.redirects.models import Redirect

    from .models import (
        AccessibilitySettings,
        SiteDocument,
        SiteImage,
        SiteMedia,
        SiteSettings,
        Theme,
    )

    changes_pages(
        AccessibilitySettings,
        Locale,
        PageViewRestriction,
        Redirect,
        Site,
        SiteDocument,
        SiteImage,
        SiteMedia,
        SiteSettings,
        Theme,
    )
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(_on_change, dispatch_uid=f"cms.content.{id(signal)}")
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_bump, dispatch_uid=f"cms.pages.{id(signal)}")
    # After Wagtail's own receivers, which make the redirects.
    for signal in (page_slug_changed, post_page_move):
        signal.connect(_forget_circles, dispatch_uid=f"cms.redirects.{id(signal)}")


def _forget_circles(instance: Any, **_kwargs: Any) -> None:
    from .editors.redirects import forget_what_a_page_took_back

    forget_what_a_page_took_back(instance)
