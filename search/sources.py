"""Where documents come from: the pages of the site, and what apps give to the registry."""

from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.blocks import StreamValue
from wagtail.models import Page, get_page_models
from wagtail.search import index

from cms import registry
from cms.models import BasePage
from cms.searching import SearchDocument, SearchSource, keys_among

from . import streams

PAGES = "page"
# Pages without a text of their own lead to others: seldom what is looked for.
LEADING_WEIGHT = 0.8
# Fields that have their own place in a document, or that readers do not see.
_OWN = {"title", "summary", "draft_title", "slug", "url_path"}


def kind_of(model: type[Any]) -> str:
    """The code by which an address names a kind of page; `search_kind` of the model, if it has one.

    Pages of which there is one (home page, index of a section) are all "page", as pages of text are.
    """
    given = getattr(model, "search_kind", "")
    if given:
        return given
    name = model._meta.model_name
    one = 1 in (model.max_count, model.max_count_per_parent)
    if one or name.endswith(("indexpage", "homepage", "standardpage")):
        return PAGES
    return name.removesuffix("page")


class PageSource:
    """Every live page, whoever may see it."""

    code = PAGES
    label = _("Page")
    label_plural = _("Pages")
    model = BasePage

    def documents(self, keys: Collection[str] | None = None) -> Iterator[SearchDocument]:
        pages = BasePage.objects.filter(live=True, depth__gt=1)
        if keys is not None:
            pages = pages.filter(pk__in=[int(key) for key in keys])
        ids = list(pages.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(ids), 50):
            batch = BasePage.objects.filter(pk__in=ids[start : start + 50], live=True)
            for page in batch.select_related("locale").specific():
                yield page_document(page)

    def visible(self, keys: Collection[str], user: Any) -> set[str]:
        return keys_among(BasePage.objects.visible_to(user), keys)


def page_document(page: Any) -> SearchDocument:
    """A page as a document: what its `search_fields` name, and the names of what it is linked to."""
    names, places = related_names(page)
    body = "\n".join(body_of(page))
    return SearchDocument(
        key=str(page.pk),
        title=page.title,
        summary=page.summary or page.search_description,
        body=body,
        keywords=(*names, *extra(page, "search_keywords")),
        places=(*places, *extra(page, "search_places")),
        language=page.locale.language_code,
        group=str(page.translation_key),
        kind=kind_of(type(page)),
        date=page.display_date,
        weight=1.0 if body.strip() else LEADING_WEIGHT,
    )


def extra(page: Any, name: str) -> list[str]:
    """What a page type adds: a method or attribute that gives texts."""
    value = getattr(page, name, ())
    return [str(text) for text in (value() if callable(value) else value) if text]


def related_names(page: Any) -> tuple[list[str], list[str]]:
    """Names of the themes, operators, Maisons… of a page, and of its departments."""
    names: list[str] = []
    places: list[str] = []
    for field in page._meta.many_to_many:
        if not isinstance(field, ParentalManyToManyField):
            continue
        target = field.related_model.__name__
        found = places if target in {"Department", "Region", "Commune"} else names
        for thing in getattr(page, field.name).all():
            found.extend(_names(thing))
    return names, places


def _names(thing: Any) -> list[str]:
    """A thing in both languages when it has two labels, in all its names when it has several."""
    fields = ("label_fr", "label_en", "name", "short_name", "current_name")
    found = [str(value) for field in fields if (value := getattr(thing, field, ""))]
    return list(dict.fromkeys(found or [str(thing)]))


def body_of(page: Any) -> Iterator[str]:
    for field in type(page).get_search_fields():
        if isinstance(field, index.SearchField) and field.field_name not in _OWN:
            yield from field_texts(field, page)
        elif isinstance(field, index.RelatedFields):
            yield from _related_texts(field, page)


def _related_texts(field: index.RelatedFields, page: Any) -> Iterator[str]:
    value = field.get_value(page)
    if value is None:
        return
    things = value.all() if hasattr(value, "all") else [value]
    for thing in things:
        for inner in field.fields:
            if isinstance(inner, index.SearchField):
                yield from field_texts(inner, thing)


def field_texts(field: index.SearchField, thing: Any) -> Iterator[str]:
    value = getattr(thing, field.field_name, None)
    if isinstance(value, StreamValue):
        yield from streams.texts(value.stream_block, value)
    else:
        yield from _texts(field.get_value(thing))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str | Promise):
        yield str(value)
    elif isinstance(value, Iterable):
        for part in value:
            yield from _texts(part)


# -- All of them ------------------------------------------------------------------------------------


def sources() -> dict[str, SearchSource]:
    """{code: source}, pages first."""
    given: Iterable[SearchSource] = registry.search_documents
    return {PAGES: PageSource(), **{source.code: source for source in given}}


@cache
def _page_models() -> dict[str, type[Page]]:
    models: dict[str, type[Page]] = {}
    for model in get_page_models():
        if issubclass(model, BasePage) and model is not BasePage:
            models.setdefault(kind_of(model), model)
    return models


def is_kind(code: str) -> bool:
    return code == PAGES or code in sources() or code in _page_models()


def kind_labels(kind: str) -> tuple[str, str]:
    """(singular, plural) of a kind, as readers are told, in the language in force."""
    if kind == PAGES:
        return str(PageSource.label), str(PageSource.label_plural)
    source = sources().get(kind)
    if source is not None:
        return str(source.label), str(source.label_plural)
    model = _page_models().get(kind)
    if model is None:
        return kind, kind
    own = getattr(model, "search_label", None) or (
        model._meta.verbose_name,
        model._meta.verbose_name_plural,
    )
    return capfirst(str(own[0])), capfirst(str(own[1]))


def is_searched(model: type[Any]) -> bool:
    """Whether a change of such a row makes a document old."""
    return issubclass(model, BasePage) or any(
        isinstance(source.model, type) and issubclass(model, source.model)
        for source in registry.search_documents
    )
