"""The toolbox for tests: its pages, and articles in two sizes."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import router
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from cms.factories import SiteDocumentFactory
from cms.models import BasePage

from .models import (
    Family,
    FileVersion,
    MembersSectionPage,
    PublicSectionPage,
    ToolboxArticlePage,
    ToolboxFile,
    ToolboxIndexPage,
)


@dataclass(frozen=True)
class Toolbox:
    index: ToolboxIndexPage
    members: MembersSectionPage
    open: PublicSectionPage


def toolbox() -> Toolbox:
    """The three pages, made once."""
    home = Site.objects.get(is_default_site=True).root_page
    index = ToolboxIndexPage.objects.child_of(home).first() or _add(
        home, ToolboxIndexPage, title="Boîte à outils", slug="boite-a-outils"
    )
    members = MembersSectionPage.objects.child_of(index).first() or _add(
        index, MembersSectionPage, title="Réservé au réseau", slug="reseau"
    )
    section = PublicSectionPage.objects.child_of(index).first() or _add(
        index, PublicSectionPage, title="Ouvert à tous", slug="public"
    )
    return Toolbox(index, members, section)


def _add(parent: Any, model: Any, **fields: Any) -> Any:
    page = model(locale=Locale.get_default(), **fields)
    parent.add_child(instance=page)
    return page


def article(
    section: Any = None, files: tuple[str, ...] = ("Le guide",), live: bool = True, **fields: Any
) -> ToolboxArticlePage:
    """An article of the members' section unless told, published, with one file."""
    section = section or toolbox().members
    number = ToolboxArticlePage.objects.count() + 1
    operators, themes = fields.pop("operators", ()), fields.pop("themes", ())
    values = {
        "title": f"Article {number}",
        "slug": f"article-{number}",
        "summary": "Un résumé.",
        "checked_on": timezone.localdate(),
        **fields,
    }
    page = ToolboxArticlePage(live=live, locale=Locale.get_default(), **values)
    page.operators.set(operators)
    page.themes.set(themes)
    for order, title in enumerate(files):
        page.files.add(file(title, sort_order=order))
    section.add_child(instance=page)
    revision = page.save_revision()
    if live:
        revision.publish()
        page.refresh_from_db()
    return ToolboxArticlePage.objects.get(pk=page.pk)


def file(title: str, sort_order: int = 0, **document: Any) -> ToolboxFile:
    """A file with one version, not saved: it goes with its article."""
    shelved = ToolboxFile(title=title, sort_order=sort_order)
    shelved.versions.add(version(**document))
    return shelved


def version(dated: dt.date = dt.date(2016, 9, 1), note: str = "", **document: Any) -> FileVersion:
    return FileVersion(document=SiteDocumentFactory(**document), dated=dated, note=note)


def many_articles(section: Any, count: int) -> None:
    """Many published articles at once, each with a file: what a network has after ten years."""
    families = Family.values
    first, document = section.get_children_count(), SiteDocumentFactory()
    articles = [
        ToolboxArticlePage(
            title=f"Article {number}",
            draft_title=f"Article {number}",
            slug=f"article-de-masse-{number}",
            family=families[number % len(families)],
            summary="Un résumé.",
            locale=section.locale,
            content_type=ContentType.objects.get_for_model(ToolboxArticlePage),
            url_path=f"{section.url_path}article-de-masse-{number}/",
            path=section._get_path(section.path, section.depth + 1, number + 1),
            depth=section.depth + 1,
            search_text=f"article {number}",
        )
        for number in range(first, first + count)
    ]
    _insert(articles)
    Page.objects.filter(pk=section.pk).update(numchild=first + count)
    files = ToolboxFile.objects.bulk_create(
        ToolboxFile(article_id=page.pk, title="Le guide", sort_order=0) for page in articles
    )
    FileVersion.objects.bulk_create(
        FileVersion(file_id=row.pk, document=document, sort_order=0) for row in files
    )


def _insert(articles: list[ToolboxArticlePage]) -> None:
    """Three statements, whatever the number: `add_child` takes twenty for each."""
    names = [field.attname for field in Page._meta.concrete_fields if field.attname != "id"]
    Page.objects.bulk_create(
        Page(**{name: getattr(page, name) for name in names}) for page in articles
    )
    paths = [page.path for page in articles]
    found = dict(Page.objects.filter(path__in=paths).values_list("path", "pk"))
    for page in articles:
        page.id = page.page_ptr_id = page.basepage_ptr_id = found[page.path]
    for model in (BasePage, ToolboxArticlePage):
        # `bulk_create` refuses models that inherit from another table.
        model._base_manager.all()._insert(
            articles, model._meta.local_concrete_fields, using=router.db_for_write(model)
        )
