"""Initiatives for tests, one by one and in numbers."""

import json
from typing import Any

import factory
from wagtail.models import Locale, Page, Site

from cms.factories import ThemeFactory
from cms.models import BasePage
from maisons.factories import DepartmentFactory

from .models import Audience, InitiativesIndexPage, ProjectSheetPage


class AudienceFactory(factory.django.DjangoModelFactory):
    code = factory.Sequence(lambda n: f"public-{n}")
    label_fr = factory.Sequence(lambda n: f"Public {n}")
    label_en = factory.Sequence(lambda n: f"Public {n} (en)")

    class Meta:
        model = Audience


def initiatives_index() -> InitiativesIndexPage:
    """The one list of initiatives, under the home page."""
    home = Site.objects.get(is_default_site=True).root_page
    index = InitiativesIndexPage.objects.child_of(home).first()
    if index is None:
        index = InitiativesIndexPage(
            title="Initiatives", slug="initiatives", locale=Locale.get_default()
        )
        home.add_child(instance=index)
    return index


def sheet(title: str = "Une initiative", live: bool = True, **fields: Any) -> ProjectSheetPage:
    """A sheet; many-to-many fields are given as lists of objects."""
    names = ("themes", "audiences", "departments", "operators", "maisons")
    many = {name: fields.pop(name) for name in names if name in fields}
    index = initiatives_index()
    number = ProjectSheetPage.objects.count() + 1
    values = {"slug": f"initiative-{number}", "summary": "Un résumé.", **fields}
    page = ProjectSheetPage(title=title, live=live, locale=index.locale, **values)
    index.add_child(instance=page)
    for name, objects in many.items():
        getattr(page, name).set(objects)
    page.save()
    page.save_revision(changed=not live)
    return page


def stream(kind: str, *values: dict[str, Any]) -> str:
    """A stream of one kind of block, as it is stored."""
    return json.dumps([{"type": kind, "value": value} for value in values])


def many_sheets(count: int) -> list[ProjectSheetPage]:
    """This many live sheets with a theme, a public and a department each, table by table."""
    first = sheet("Initiative 0")
    index = initiatives_index()
    shown = Page.objects.bulk_create(_page_row(first, index, number) for number in range(1, count))
    for row in shown:
        BasePage(page_ptr_id=row.pk, summary="Un résumé.").save_base(raw=True)
        ProjectSheetPage(basepage_ptr_id=row.pk).save_base(raw=True)
    Page.objects.filter(pk=index.pk).update(numchild=count)
    pages = list(ProjectSheetPage.objects.child_of(index).order_by("pk"))
    themes = ThemeFactory.create_batch(5)
    audiences = AudienceFactory.create_batch(5)
    departments = [DepartmentFactory(code=f"{n:02}", name=f"D{n}") for n in range(60, 70)]
    _link(pages, "themes", "basepage", "theme", themes)
    _link(pages, "audiences", "projectsheetpage", "audience", audiences)
    _link(pages, "departments", "projectsheetpage", "department", departments)
    return pages


def _page_row(first: ProjectSheetPage, index: InitiativesIndexPage, number: int) -> Page:
    slug = f"copie-{number}"
    return Page(
        title=f"Initiative {number}",
        draft_title=f"Initiative {number}",
        slug=slug,
        path=Page._get_path(index.path, index.depth + 1, 1000 + number),
        depth=first.depth,
        url_path=f"{index.url_path}{slug}/",
        locale=first.locale,
        content_type=first.content_type,
        live=True,
    )


def _link(pages: list[ProjectSheetPage], name: str, near: str, far: str, others: list[Any]) -> None:
    """Give each page one of `others`, in turn."""
    through = getattr(ProjectSheetPage, name).through
    through.objects.bulk_create(
        through(**{near: page, far: others[number % len(others)]})
        for number, page in enumerate(pages)
    )
