"""What makes documents of the index old."""

from collections.abc import Collection
from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from cms import registry
from cms.models import BasePage
from cms.searching import documents_changed
from cms.signals import DRAFT_FIELDS

from .sources import PAGES


def connect() -> None:
    for signal in (post_save, post_delete, m2m_changed):
        signal.connect(_row_changed, dispatch_uid=f"search.rows.{id(signal)}")
    for signal in (page_published, page_unpublished):
        signal.connect(_page_changed, dispatch_uid=f"search.pages.{id(signal)}")
    documents_changed.connect(_told, dispatch_uid="search.told")


def _row_changed(
    instance: Any = None, raw: bool = False, update_fields: Any = None, **_kwargs: Any
) -> None:
    if raw or instance is None or isinstance(instance, type):
        return
    if isinstance(instance, Page):
        # A draft is nobody's result; what is taken off the site says so by its own signal.
        nothing_shown = update_fields and set(update_fields) <= DRAFT_FIELDS
        if isinstance(instance, BasePage) and instance.live and not nothing_shown:
            _mark(PAGES, [instance.pk])
        return
    for source in registry.search_documents:
        if isinstance(instance, source.model) and instance.pk is not None:
            _mark(source.code, [instance.pk])


def _page_changed(instance: Any, **_kwargs: Any) -> None:
    _mark(PAGES, [instance.pk])


def _told(sender: str, keys: Collection[Any], **_kwargs: Any) -> None:
    _mark(sender, keys)


def _mark(source: str, keys: Collection[Any]) -> None:
    from .indexing import mark

    if keys:
        mark(source, keys)
