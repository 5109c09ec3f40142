"""What a page announces is written down on its `Webinar`, in the transaction that publishes it."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished, post_page_move

from ..models import Webinar, WebinarPage
from . import telling

TOLD = ("title", "starts_at", "ends_at")


@transaction.atomic
def announce(page: WebinarPage) -> Webinar | None:
    """Keep what this page says; those registered are told what changed. None for a translation."""
    if page.locale.language_code != settings.LANGUAGE_CODE:
        return None
    said = {
        "title": page.title,
        "starts_at": page.starts_at,
        "ends_at": page.ends_at,
        "has_recording": page.recording_id is not None,
        "is_fictitious": page.is_fictitious,
    }
    held = Webinar.objects.select_for_update().filter(uuid=page.translation_key).first()
    if held is None:
        return Webinar.objects.create(uuid=page.translation_key, **said)
    changed = held.archived_at is not None or any(getattr(held, n) != said[n] for n in TOLD)
    for name, value in said.items():
        setattr(held, name, value)
    held.archived_at = None
    held.save()
    if changed:
        telling.bring_up_to_date.enqueue(held.pk)
    return held


@transaction.atomic
def withdraw(page: WebinarPage) -> None:
    """The page is shown no more: nothing is lost, calendars let go of it."""
    if page.locale.language_code != settings.LANGUAGE_CODE:
        return
    rows = Webinar.objects.filter(uuid=page.translation_key, archived_at=None)
    for held in rows:
        held.archived_at = timezone.now()
        held.save(update_fields=["archived_at"])
        telling.bring_up_to_date.enqueue(held.pk)


def connect() -> None:
    uid = "learning.webinars"
    page_published.connect(_published, sender=WebinarPage, dispatch_uid=f"{uid}.published")
    page_unpublished.connect(_unpublished, sender=WebinarPage, dispatch_uid=f"{uid}.unpublished")
    post_page_move.connect(_published, sender=WebinarPage, dispatch_uid=f"{uid}.moved")


def _published(instance: Any, **_kwargs: Any) -> None:
    page = instance.specific
    if page.live:
        announce(page)


def _unpublished(instance: Any, **_kwargs: Any) -> None:
    withdraw(instance.specific)
