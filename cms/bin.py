"""The bin: what is deleted can come back for thirty days.

A page, with all that is under it, moves out of the site's tree, unpublished, and comes back where
it was, as it was. A row of a registered model is kept as data with the rows that went with it.
"""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, router, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from wagtail.actions.move_page import MovePageAction
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from . import pagecache, registry
from .models import BinEntry, BinPage
from .request_scope import remember

KEEP_DAYS = 30
PAGE_KIND = "page"


class CannotRestore(ValidationError):
    """What was deleted cannot come back; the message says why."""


@dataclass(frozen=True)
class Kind:
    """A model whose rows go to the bin. `may_restore(user)` says who may bring them back."""

    code: str
    label: str | Promise
    model: type[models.Model]
    may_restore: Any


# -- Pages --------------------------------------------------------------------------------------


def bin_page() -> BinPage:
    """The page under which deleted pages wait; made at first use."""
    found = BinPage.objects.first()
    if found is None:
        root = Page.get_first_root_node()
        found = root.add_child(
            instance=BinPage(title=_("Bin"), slug="corbeille", live=False, locale=root.locale)
        )
    return found


def outside(pages: Any, prefix: str = "") -> Any:
    """Those of a query that are not in the bin. `prefix` leads to the page ("page__")."""
    path = remember("bin-path", _path)
    return pages.exclude(**{f"{prefix}path__startswith": path}) if path else pages


def _path() -> str:
    return BinPage.objects.values_list("path", flat=True).first() or ""


@transaction.atomic
def put_page(page: Page, user: Any) -> BinEntry:
    """Unpublish a page with everything under it and move it to the bin."""
    page = Page.objects.get(pk=page.pk)
    parent = page.get_parent()
    live = list(page.get_descendants(inclusive=True).filter(live=True).values_list("pk", flat=True))
    entry = BinEntry.objects.create(
        kind=PAGE_KIND,
        label=page.get_admin_display_title()[:255],
        object_id=str(page.pk),
        deleted_by=user,
        payload={"parent": parent.pk, "slug": page.slug, "live": live},
    )
    _set_live(live, False)
    page.refresh_from_db()
    # Two deleted pages may have had the same slug.
    page.slug = f"{page.slug[:200]}-{uuid.uuid4().hex[:8]}"
    page.save(update_fields=["slug", "url_path"], clean=False)
    _move(page, bin_page(), user)
    log(instance=page.specific, action="cms.bin", user=user, data={"entry": str(entry.uuid)})
    pagecache.bump()
    return entry


def _move(page: Page, target: Page, user: Any) -> None:
    """Whoever may delete a page may put it here: the tree's own rules do not know the bin."""
    MovePageAction(page, target, pos="last-child", user=user).execute(skip_permission_checks=True)


def _set_live(ids: list[int], live: bool) -> None:
    """Flip pages as they are, drafts untouched, and tell whoever listens to publication."""
    Page.objects.filter(pk__in=ids).update(live=live)
    signal = page_published if live else page_unpublished
    for page in Page.objects.filter(pk__in=ids).specific():
        extra = {"revision": page.live_revision} if live else {}
        signal.send(sender=page.specific_class, instance=page, **extra)


@transaction.atomic
def restore_page(entry: BinEntry, user: Any, parent: Page | None = None) -> Page:
    """Bring a page back where it was, as it was. Raises CannotRestore with the reason."""
    page = Page.objects.filter(pk=entry.object_id).first()
    if page is None:
        raise CannotRestore(_("This page no longer exists."))
    parent = parent or Page.objects.filter(pk=entry.payload["parent"]).first()
    if parent is None or parent.is_descendant_of(bin_page()):
        raise CannotRestore(_("The page that held it was deleted too: restore that one first."))
    slug = entry.payload["slug"]
    if parent.get_children().filter(slug=slug).exists():
        raise CannotRestore(
            _("Another page is now at this address (%(slug)s): rename it first.") % {"slug": slug}
        )
    _move(page, parent, user)
    page = Page.objects.get(pk=page.pk)
    page.slug = slug
    page.save(update_fields=["slug", "url_path"], clean=False)
    _set_live(entry.payload["live"], True)
    log(instance=page.specific, action="cms.restore", user=user)
    entry.delete()
    pagecache.bump()
    return page.specific


# -- Rows of registered models --------------------------------------------------------------------


@transaction.atomic
def put_object(kind: Kind, obj: models.Model, user: Any) -> BinEntry:
    """Delete a row and what depends on it, keeping all of it as data."""
    collector = NestedObjects(using=router.db_for_write(type(obj)))
    collector.collect([obj])
    rows = _without_own_links([row for group in collector.data.values() for row in group])
    payload = json.loads(serializers.serialize("json", rows))
    entry = BinEntry.objects.create(
        kind=kind.code,
        label=str(obj)[:255],
        object_id=str(obj.pk),
        deleted_by=user,
        payload={"rows": payload},
    )
    log(instance=obj, action="cms.bin", user=user, deleted=True, data={"entry": str(entry.uuid)})
    obj.delete()
    return entry


def _without_own_links(rows: list[models.Model]) -> list[models.Model]:
    """Without the rows of the many-to-many fields of these: each is kept with its own row."""
    ids = {type(row): {other.pk for other in rows if type(other) is type(row)} for row in rows}
    links = {
        field.remote_field.through: (f"{field.m2m_field_name()}_id", ids[model])
        for model in ids
        for field in model._meta.many_to_many
    }
    kept = []
    for row in rows:
        name, own = links.get(type(row), ("pk", set()))
        if getattr(row, name) not in own:
            kept.append(row)
    return kept


@transaction.atomic
def restore_object(entry: BinEntry, user: Any) -> models.Model:
    """Bring a row back with the rows that went with it. Raises CannotRestore with the reason."""
    kind = registry.bin_kinds.get(entry.kind)
    if kind is None:
        raise CannotRestore(_("Nothing knows how to restore this any more."))
    pending = list(serializers.deserialize("json", json.dumps(entry.payload["rows"])))
    _save_in_any_order(pending)
    obj = kind.model._default_manager.get(pk=entry.object_id)
    log(instance=obj, action="cms.restore", user=user)
    entry.delete()
    return obj


def _save_in_any_order(pending: list[Any]) -> None:
    """Rows depend on each other: what cannot be saved yet waits for the next round."""
    while pending:
        waiting = []
        for row in pending:
            try:
                with transaction.atomic():
                    row.save()
            except IntegrityError:
                waiting.append(row)
        if len(waiting) == len(pending):
            raise CannotRestore(_("Something that it depends on no longer exists."))
        pending = waiting


def restore(entry: BinEntry, user: Any) -> Any:
    return restore_page(entry, user) if entry.kind == PAGE_KIND else restore_object(entry, user)


def purge(now: dt.datetime | None = None) -> int:
    """End for good what has waited thirty days. Returns how many."""
    before = (now or timezone.now()) - dt.timedelta(days=KEEP_DAYS)
    count = 0
    for entry in BinEntry.objects.filter(deleted_at__lt=before):
        with transaction.atomic():
            if entry.kind == PAGE_KIND:
                page = Page.objects.filter(pk=entry.object_id).first()
                if page is not None and page.is_descendant_of(bin_page()):
                    page.delete()
            entry.delete()
        count += 1
    return count
