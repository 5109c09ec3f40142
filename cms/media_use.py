"""Which files the published content of pages uses: what makes a private file readable.

Rows are written in the transaction that publishes: `connect()` does it for each page that is
saved live, and set-based publications call `refresh(pages)` themselves, once, inside theirs.
Wagtail's reference index would not do: tasks bring it up to date later.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from django.db.models.signals import post_delete, post_save
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import extract_references_from_rich_text

from .blocks.raw import children
from .models import FileUse, SiteDocument, SiteImage, SiteMedia

File = tuple[str, int]
FILE_MODELS = (SiteImage, SiteDocument, SiteMedia)
BY_KIND: dict[str, Any] = {model.kind: model for model in FILE_MODELS}
# What rich text can hold of ours, by the name of the editor's feature.
FILE_FEATURES = {"document-link", "image"}


def files_of(page: Any) -> set[File]:
    """(kind, id) of each file that this content uses: its fields, its streams, its child rows.

    Reads the raw data of streams: no query, whatever they hold. What a page names in `private_files`
    is not opened with it: its app says who reads it.
    """
    found = {found for walk in _walkers(type(page)) for found in walk(page) if found[1]}
    return found - getattr(page, "private_files", set())


def refresh(pages: Iterable[Any]) -> None:
    """Note what the content of these pages, about to be live, uses. At most five queries.

    Give specific pages that hold the content readers will see; call it inside the transaction
    that publishes it.
    """
    pages = list(pages)
    wanted = {(page.pk, *file) for page in pages for file in files_of(page)}
    rows = FileUse.objects.filter(page_id__in=[page.pk for page in pages])
    held = {
        (page, kind, file): pk
        for pk, page, kind, file in rows.values_list("pk", "page_id", "kind", "file_id")
    }
    gone = [pk for key, pk in held.items() if key not in wanted]
    if gone:
        FileUse.objects.filter(pk__in=gone).delete()
    new = [
        FileUse(page_id=page, kind=kind, file_id=file) for page, kind, file in wanted - held.keys()
    ]
    if new:
        FileUse.objects.bulk_create(new, ignore_conflicts=True)
    images = sorted({use.file_id for use in new if use.kind == SiteImage.kind})
    if images:
        from .renditions import make_renditions

        make_renditions.enqueue(images)


def pages_using(file: Any) -> list[Page]:
    """The live pages whose published content uses a file."""
    ids = FileUse.objects.filter(kind=file.kind, file_id=file.pk).values("page_id")
    return list(Page.objects.filter(pk__in=ids, live=True))


def connect() -> None:
    post_save.connect(_on_save, dispatch_uid="cms.media_use.save")
    for model in FILE_MODELS:
        post_delete.connect(_on_delete, sender=model, dispatch_uid=f"cms.media_use.{model.kind}")


def _on_save(sender: type, instance: Any = None, update_fields: Any = None, **_kwargs: Any) -> None:
    if not isinstance(instance, Page) or not instance.live:
        return
    # Saving a draft writes a few columns of the live page, and none that holds files.
    if update_fields is not None and not _holds_files(type(instance), update_fields):
        return
    if type(instance) is not Page:  # a bare Page has no content to look at
        refresh([instance])


def _on_delete(sender: Any, instance: Any, **_kwargs: Any) -> None:
    FileUse.objects.filter(kind=sender.kind, file_id=instance.pk).delete()


# -- Walking content --------------------------------------------------------------------------

Walk = Callable[[Any], Iterable[File]]


@cache
def _walkers(model: type[Any]) -> tuple[Walk, ...]:
    """Functions that find the files of an instance, for the fields of this model that may hold some."""
    found = [walk for field in model._meta.get_fields() if (walk := _walker(field))]
    found += [w for relation in get_all_child_relations(model) if (w := _child_walker(relation))]
    return tuple(found)


def _holds_files(model: type[Any], names: Iterable[str]) -> bool:
    fields = [field for field in model._meta.get_fields() if field.name in names]
    return any(_walker(field) for field in fields)


def _walker(field: Any) -> Walk | None:
    related = getattr(field, "related_model", None)
    if isinstance(field, StreamField):
        return lambda page: _in_block(field.stream_block, getattr(page, field.name).raw_data)
    if isinstance(field, RichTextField):
        features = field.features
        if features is not None and not FILE_FEATURES & set(features):
            return None
        return lambda page: _in_rich_text(getattr(page, field.name))
    if related in FILE_MODELS and field.concrete and (field.many_to_one or field.one_to_one):
        return lambda page: [(related.kind, getattr(page, field.attname))]
    if related in FILE_MODELS and field.concrete and field.many_to_many:
        return lambda page: [(related.kind, file.pk) for file in getattr(page, field.name).all()]
    return None


def _child_walker(relation: Any) -> Walk | None:
    # Its app says who reads them: the page does not open them to its readers.
    if getattr(relation.related_model, "files_are_private", False):
        return None
    walks = _walkers(relation.related_model)
    if not walks:
        return None
    name = relation.get_accessor_name()
    # As modelcluster holds them: those of the form or of the revision, before they are rows.
    return lambda page: (
        found for child in getattr(page, name).all() for walk in walks for found in walk(child)
    )


def _in_rich_text(source: Any) -> Iterator[File]:
    for model, pk, _model_path, _content_path in extract_references_from_rich_text(str(source)):
        if model in FILE_MODELS:
            yield model.kind, int(pk)


def _in_block(block: Any, raw: Any) -> Iterator[File]:
    """Files in the raw (JSON) value of a block."""
    if raw is None:
        return
    if isinstance(block, blocks.ChooserBlock):
        if block.model_class in FILE_MODELS and str(raw).isdigit():
            yield block.model_class.kind, int(raw)
    elif isinstance(block, blocks.RichTextBlock):
        yield from _in_rich_text(raw)
    else:
        for child, value in children(block, raw):
            yield from _in_block(child, value)
