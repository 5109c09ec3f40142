"""Creates the demonstration issues that are not there yet. What exists is left as it is."""

import datetime as dt
import json
import logging
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Site

from cms.demo_content import Pictures
from cms.models import Department, Theme
from cms.translating import translate_page

from . import demo_files
from .models import ArticlePage, BulletinIndexPage, IssuePage
from .services import publish_issue

logger = logging.getLogger(__name__)


class Loader:
    """One run: create what is missing, then fill it, since pages name each other."""

    def __init__(self) -> None:
        self.picture = Pictures()
        self.pages: dict[str, int] = {}
        self.new: list[tuple[Any, dict[str, Any], str]] = []
        self.themes = {theme.code: theme for theme in Theme.objects.all()}

    def run(self) -> list[IssuePage]:
        """Returns the issues created, published."""
        issues = list(demo_files.read_issues())
        for issue in issues:  # files first: no file is written inside the transaction
            self._load_pictures(issue)
        with transaction.atomic():
            index = self._index()
            created = [page for issue in issues if (page := self._create(index, issue))]
            for page, data, name in self.new:
                self._fill(page, data, name)
        for issue in created:
            publish_issue(issue, user=None)
        return created

    def _load_pictures(self, issue: demo_files.IssueFiles) -> None:
        for data in (issue.data, *issue.articles):
            for name in _picture_names(data):
                self.picture(name)

    def _index(self) -> BulletinIndexPage:
        home = Site.objects.get(is_default_site=True).root_page
        index = BulletinIndexPage.objects.child_of(home).first()
        if index is None:
            index = BulletinIndexPage(
                title="Le Bulletin",
                slug="bulletin",
                summary="Le magazine du réseau des Maisons de services au public : ce qui se décide, "
                "ce qui s’essaie, et les personnes qui le font.",
                locale=Locale.get_default(),
                show_in_menus=True,
            )
            home.add_child(instance=index)
            index.save_revision().publish()
        return index

    def _create(self, index: BulletinIndexPage, files: demo_files.IssueFiles) -> IssuePage | None:
        """Create the pages without their streams. Returns the issue when it is new."""
        data = files.data
        issue = IssuePage.objects.child_of(index).filter(slug=data["slug"]).first()
        is_new = issue is None
        if issue is None:
            issue = IssuePage(
                title=data["title"],
                slug=data["slug"],
                live=False,
                kind=data["kind"],
                number=data["number"],
                season=data["season"],
                year=data["year"],
                display_date=_date(data["date"]),
                summary=_line(data["summary"]),
                listing_image=self.picture(data["cover"]),
                locale=index.locale,
            )
            index.add_child(instance=issue)
            self.new.append((issue, data, data["slug"]))
        self.pages[data["slug"]] = issue.pk
        existing = dict(ArticlePage.objects.child_of(issue).values_list("slug", "pk"))
        for article in files.articles:
            name = f"{data['slug']}/{article['slug']}"
            if article["slug"] in existing:
                self.pages[name] = existing[article["slug"]]
            else:
                self._create_article(issue, article, name)
        return issue if is_new else None

    def _create_article(self, issue: IssuePage, data: dict[str, Any], name: str) -> None:
        page = ArticlePage(
            title=data["title"],
            slug=data["slug"],
            live=False,
            section=data["section"],
            kicker=data.get("kicker", ""),
            summary=_line(data["summary"]),
            listing_image=self.picture(data["picture"]) if data.get("picture") else None,
            display_date=issue.display_date,
            locale=issue.locale,
        )
        issue.add_child(instance=page)
        self.pages[name] = page.pk
        self.new.append((page, data, name))

    def _fill(self, page: Any, data: dict[str, Any], name: str) -> None:
        resolver = demo_files.Resolver(self.picture, self.pages.get, logger.warning)
        if isinstance(page, IssuePage):
            fill_issue(page, data, name, resolver)
        else:
            page.body = json.dumps(resolver.stream(data["body"], name))
            page.themes.set([self.themes[code] for code in data.get("themes") or []])
            page.departments.set(Department.objects.filter(pk__in=data.get("departments") or []))
            for order, (number, text) in enumerate((data.get("footnotes") or {}).items()):
                page.footnotes.create(
                    uuid=demo_files.note_uuid(name, int(number)),
                    text=f"<p>{_line(text)}</p>",
                    sort_order=order,
                    locale=page.locale,
                )
        page.save()
        page.save_revision()


class EnglishLoader:
    """The pages that have an English file, as translations that their editors can take over."""

    def __init__(self) -> None:
        self.english = Locale.objects.get(language_code="en")
        self.picture = Pictures()

    def run(self) -> list[IssuePage]:
        """Returns the issues translated by this run, published."""
        index = BulletinIndexPage.objects.filter(locale=Locale.get_default()).first()
        issues = [issue for issue in demo_files.read_issues() if "issue" in issue.english]
        if index is None or not issues:
            return []
        self._translate_index(index)
        found = [self._translate_issue(index, issue) for issue in issues]
        created = [issue for issue in found if issue]
        for issue in created:
            publish_issue(issue, user=None)
        return created

    def _translate_index(self, index: BulletinIndexPage) -> None:
        home = index.get_parent().specific
        if not home.has_translation(self.english):
            translate_page(home, home, self.english, publish=True)
        if not index.has_translation(self.english):
            english = BulletinIndexPage.objects.get(pk=index.pk)
            english.title = "The Bulletin"
            english.summary = (
                "The magazine of the Maisons de services au public: what is decided, what is tried, "
                "and the people who do it."
            )
            translate_page(index, english, self.english, publish=True)

    def _translate_issue(
        self, index: BulletinIndexPage, files: demo_files.IssueFiles
    ) -> IssuePage | None:
        source = IssuePage.objects.child_of(index).filter(slug=files.data["slug"]).first()
        if source is None or source.has_translation(self.english):
            return None
        names = dict(ArticlePage.objects.child_of(source).values_list("slug", "pk"))
        pages = {f"{source.slug}/{slug}": pk for slug, pk in names.items()}
        resolver = demo_files.Resolver(self.picture, pages.get, logger.warning)
        data = files.english["issue"]
        english = IssuePage.objects.get(pk=source.pk)
        english.title, english.summary = data["title"], _line(data["summary"])
        fill_issue(english, data, source.slug, resolver)
        issue = translate_page(source, english, self.english)
        for slug, article in files.english.items():
            if slug in names:
                self._translate_article(names[slug], article, f"{source.slug}/{slug}", resolver)
        return IssuePage.objects.get(pk=issue.pk)

    def _translate_article(
        self, pk: int, data: dict[str, Any], name: str, resolver: demo_files.Resolver
    ) -> None:
        source = ArticlePage.objects.get(pk=pk)
        english = ArticlePage.objects.get(pk=pk)
        english.title, english.summary = data["title"], _line(data["summary"])
        english.kicker = data.get("kicker", "")
        english.body = json.dumps(resolver.stream(data["body"], name))
        texts = {
            str(demo_files.note_uuid(name, int(number))): f"<p>{_line(text)}</p>"
            for number, text in (data.get("footnotes") or {}).items()
        }
        for note in english.footnotes.get_object_list():
            note.text = texts.get(str(note.uuid), note.text)
        translate_page(source, english, self.english)


def fill_issue(
    page: IssuePage, data: dict[str, Any], name: str, resolver: demo_files.Resolver
) -> None:
    editorial, lead = data["editorial"], data["lead"]
    page.editorial_title = editorial["title"]
    page.editorial_author = editorial.get("author", "")
    page.editorial_body = json.dumps(resolver.stream(editorial["body"], f"{name}/editorial"))
    page.lead_title = lead["title"]
    page.lead_body = json.dumps(resolver.stream(lead["body"], f"{name}/lead"))
    contact = [{"type": "contact", "value": data["contact"]}]
    page.contact = json.dumps(resolver.stream(contact, f"{name}/contact"))
    credits = [{"type": "credit", "value": item} for item in data["credits"]]
    page.credits = json.dumps(resolver.stream(credits, f"{name}/credits"))


def _picture_names(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [
            node[key]
            for key in ("picture", "cover", "logo")
            if isinstance(node.get(key), str) and node[key]
        ]
        return own + [name for inner in node.values() for name in _picture_names(inner)]
    if isinstance(node, list):
        return [name for inner in node for name in _picture_names(inner)]
    return []


def _date(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def _line(text: str) -> str:
    """One line: YAML leaves the line break at the end."""
    return text.strip()
