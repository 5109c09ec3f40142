"""Issues and articles for tests, in two sizes of everything."""

import json
from typing import Any

from wagtail.models import Locale, Site

from cms.models import Theme

from .models import ArticlePage, BulletinIndexPage, IssuePage


def theme(code: str = "mobility") -> Theme:
    return Theme.objects.get_or_create(
        code=code, defaults={"label_fr": code.title(), "label_en": code.title()}
    )[0]


def bulletin_index() -> BulletinIndexPage:
    """The one page of the Bulletin, under the home page."""
    home = Site.objects.get(is_default_site=True).root_page
    index = BulletinIndexPage.objects.child_of(home).first()
    if index is None:
        index = BulletinIndexPage(title="Le Bulletin", slug="bulletin", locale=Locale.get_default())
        home.add_child(instance=index)
    return index


def issue(title: str = "Un numéro", live: bool = False, **fields: Any) -> IssuePage:
    values = {
        "slug": f"numero-{IssuePage.objects.count() + 1}",
        "number": IssuePage.objects.count() + 1,
        "season": "autumn",
        "year": 2016,
        "summary": "Un résumé.",
        "editorial_title": "Éditorial",
        "editorial_body": body("L’éditorial."),
        "lead_title": "À la une",
        "lead_body": body("La une."),
        "locale": Locale.get_default(),
        **fields,
    }
    page = IssuePage(title=title, live=live, **values)
    bulletin_index().add_child(instance=page)
    page.save_revision()
    return page


def article(
    issue: IssuePage,
    title: str | None = None,
    live: bool = False,
    themes: tuple[str, ...] = (),
    **fields: Any,
) -> ArticlePage:
    number = issue.get_children_count() + 1
    values = {
        "slug": f"article-{number}",
        "section": "actors",
        "summary": "Un résumé.",
        "body": body("Le texte de l’article."),
        "locale": issue.locale,
        **fields,
    }
    page = ArticlePage(title=title or f"Article {number}", live=live, **values)
    issue.add_child(instance=page)
    page.themes.set([theme(code) for code in themes])
    page.save()
    page.save_revision()
    return page


def body(*paragraphs: str, headings: tuple[str, ...] = ()) -> str:
    """A stream as it is stored: paragraphs, then one section for each heading."""
    blocks = [{"type": "rich_text", "value": f"<p>{text}</p>"} for text in paragraphs]
    for text in headings:
        blocks.append({"type": "heading", "value": {"text": text, "level": "h2"}})
        blocks.append({"type": "rich_text", "value": "<p>Une section.</p>"})
    return json.dumps(blocks)


def full_issue(articles: int, live: bool = True, **fields: Any) -> IssuePage:
    """An issue with this many articles spread over the sections."""
    from .models import Section

    page = issue(live=live, **fields)
    codes = Section.values
    for number in range(articles):
        article(page, live=live, section=codes[number % len(codes)], themes=("mobility",))
    page.refresh_from_db()
    return page
