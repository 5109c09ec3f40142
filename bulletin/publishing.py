"""What publishing an issue will write, computed before the transaction that writes it.

Wagtail's own signals are not sent: whatever must follow a publication consumes its
`PublicationEvent`, or is done by a task enqueued in the transaction (`bulletin.tasks`).

Rebuilding a page from its revision costs tens of queries and milliseconds; a hundred pages would
hold SQLite's only write lock for as long. So everything is read and computed first, and the
transaction, after it has verified that nothing moved meanwhile, makes a bounded number of writes
however many pages there are.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Revision, Site
from wagtail_footnotes.models import Footnote

from cms.models import PageTemplate

from .models import ArticlePage, Composition, IssuePage
from .models.sections import SECTION_ORDER

if TYPE_CHECKING:
    from datetime import datetime

# What a publication may write of Wagtail's own table: the tree and the locks are not its affair.
PAGE_FIELDS = (
    "title",
    "draft_title",
    "slug",
    "url_path",
    "seo_title",
    "search_description",
    "show_in_menus",
    "live",
    "has_unpublished_changes",
    "first_published_at",
    "last_published_at",
    "live_revision",
    "go_live_at",
    "expire_at",
    "expired",
)


class IssueNotReady(Exception):
    """The issue cannot be published: `problems` lists (page title, what is wrong)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        self.problems = problems
        super().__init__("; ".join(f"{title}: {text}" for title, text in problems))


class IssueMoved(Exception):
    """Somebody saved a page or the order since the plan was made: it must be made again."""


@dataclass
class PlannedPage:
    """One page as it will be. `seen` is the (revision id, its date) from which it was made."""

    page: Any
    seen: tuple[int | None, "datetime | None"]
    changed: bool
    old_url_path: str = ""
    was_live: bool = False
    footnotes: list[Footnote] = field(default_factory=list)


@dataclass
class Plan:
    issue_id: int
    version: int
    pages: list[PlannedPage]

    @property
    def ids(self) -> list[int]:
        return [planned.page.pk for planned in self.pages]

    @property
    def issue(self) -> IssuePage:
        return self.pages[0].page


def seen_revisions(page_ids: list[int]) -> dict[int, tuple[int | None, Any]]:
    """{page: (latest revision, its date)}; an autosave keeps the identifier and moves the date."""
    rows = Page.objects.filter(pk__in=page_ids).values_list(
        "pk", "latest_revision_id", "latest_revision__created_at"
    )
    return {pk: (revision, created) for pk, revision, created in rows}


def issue_page_ids(issue_id: int) -> list[int]:
    """The issue, then its articles in no particular order."""
    articles = ArticlePage.objects.child_of(Page.objects.get(pk=issue_id))
    return [issue_id, *articles.values_list("pk", flat=True)]


def make_plan(issue_id: int) -> Plan:
    """Read and compute everything. Raises IssueNotReady with every problem at once."""
    composition, _created = Composition.objects.get_or_create(issue_id=issue_id)
    version = composition.version
    ids = issue_page_ids(issue_id)
    seen = seen_revisions(ids)
    revisions = Revision.objects.in_bulk([seen[pk][0] for pk in ids if seen[pk][0]])
    places = {p.article_id: p for p in composition.placements.all()}
    parent = Page.objects.get(pk=issue_id).get_parent()
    issue = _planned(IssuePage.objects.get(pk=issue_id), seen, revisions, parent)
    articles = [
        _planned(article, seen, revisions, issue.page)
        for article in ArticlePage.objects.filter(pk__in=ids[1:]).select_related("locale")
    ]
    for planned in articles:
        _settle_in_place(planned.page, places.get(planned.page.pk))
    _number_positions(articles)
    pages = [issue, *articles]
    problems = [problem for planned in pages for problem in _problems(planned.page)]
    problems += _same_slugs(articles) + _templates(pages)
    if problems:
        raise IssueNotReady(problems)
    return Plan(issue_id, version, pages)


def _planned(
    row: Any, seen: dict[int, Any], revisions: dict[int, Revision], parent: Any
) -> PlannedPage:
    revision = revisions.get(seen[row.pk][0])
    row._cached_parent_obj = parent  # else one query each for the address
    page = row.with_content_json(revision.content) if revision else row
    page.url_path = f"{parent.url_path}{page.slug}/"
    planned = PlannedPage(
        page=page,
        seen=seen[row.pk],
        changed=not row.live or (revision is not None and row.live_revision_id != revision.pk),
        old_url_path=row.url_path,
        was_live=row.live,
    )
    planned.footnotes = list(page.footnotes.get_object_list())
    page.live = True
    page.draft_title = page.title
    page.has_unpublished_changes = False
    page.expired = False
    page.go_live_at = page.expire_at = None
    page.live_revision = revision
    return planned


def _settle_in_place(article: ArticlePage, place: Any) -> None:
    if place is not None:
        article.section, article.position = place.section, place.position


def _number_positions(articles: list[PlannedPage]) -> None:
    """Positions without holes or equals, whatever the composition holds."""
    articles.sort(
        key=lambda p: (SECTION_ORDER.get(p.page.section, 99), p.page.position, p.page.path)
    )
    for position, planned in enumerate(articles, start=1):
        planned.page.position = position


def _problems(page: Any) -> list[tuple[str, str]]:
    """What a draft may lack and a published page may not."""
    found: list[tuple[str, str]] = []
    try:
        page.full_clean(validate_unique=False)
    except ValidationError as error:
        found += [(page.title, text) for text in error.messages]
    for stream in _streams(page):
        try:
            stream.stream_block.clean(getattr(page, stream.name))
        except ValidationError as error:
            found.append((page.title, f"{stream.verbose_name}: {_first_message(error)}"))
    return found


def _streams(page: Any) -> list[Any]:
    from wagtail.fields import StreamField

    return [f for f in page._meta.get_fields() if isinstance(f, StreamField)]


def _first_message(error: Any) -> str:
    """The innermost message of a block's error, which knows several shapes."""
    if hasattr(error, "block_errors"):
        errors = error.block_errors
        inner = errors.values() if isinstance(errors, dict) else [e for e in errors if e]
        for one in inner:
            return _first_message(one)
    if hasattr(error, "as_data") and getattr(error, "error_list", None):
        return str(error.error_list[0].message)
    return str(getattr(error, "message", error))


def _templates(pages: list[PlannedPage]) -> list[tuple[str, str]]:
    """A page with words to be replaced, from which others are started, does not become public."""
    ids = [planned.page.pk for planned in pages]
    marked = set(
        PageTemplate.objects.filter(page_id__in=ids, page__live=False).values_list(
            "page_id", flat=True
        )
    )
    return [
        (planned.page.title, _("This page is a template: take it out of the templates first."))
        for planned in pages
        if planned.page.pk in marked
    ]


def _same_slugs(articles: list[PlannedPage]) -> list[tuple[str, str]]:
    by_slug: dict[str, list[str]] = defaultdict(list)
    for planned in articles:
        by_slug[planned.page.slug].append(planned.page.title)
    return [
        (titles[1], _("Its address is already that of another article of the issue."))
        for titles in by_slug.values()
        if len(titles) > 1
    ]


# -- Writing: called inside the transaction, a bounded number of queries each -----------------


def write_pages(plan: Plan, now: "datetime") -> None:
    for planned in plan.pages:
        page = planned.page
        page.first_published_at = page.first_published_at or now
        if planned.changed:
            page.last_published_at = now
    for model in (IssuePage, ArticlePage):
        pages = [planned.page for planned in plan.pages if type(planned.page) is model]
        if pages:
            model.objects.bulk_update(pages, [*PAGE_FIELDS, *own_fields(model)])
            for relation in _relations(model):
                _write_relation(relation, pages)
    _write_footnotes(plan)


def own_fields(model: type[Any]) -> list[str]:
    """The columns that our models add to Wagtail's."""
    return [
        f.name
        for f in model._meta.concrete_fields
        if f.model is not Page and not f.primary_key and not f.name.endswith("_ptr")
    ]


def _relations(model: type[Any]) -> list[ParentalManyToManyField]:
    return [f for f in model._meta.many_to_many if isinstance(f, ParentalManyToManyField)]


def _write_relation(relation: ParentalManyToManyField, pages: list[Any]) -> None:
    through = relation.remote_field.through
    own, other = relation.m2m_field_name(), relation.m2m_reverse_field_name()
    wanted = {(p.pk, t.pk) for p in pages for t in getattr(p, relation.name).all()}
    rows = through.objects.filter(**{f"{own}__in": [p.pk for p in pages]})
    held = {(getattr(r, f"{own}_id"), getattr(r, f"{other}_id")): r.pk for r in rows}
    gone = [pk for pair, pk in held.items() if pair not in wanted]
    if gone:
        through.objects.filter(pk__in=gone).delete()
    through.objects.bulk_create(
        through(**{f"{own}_id": page, f"{other}_id": target})
        for page, target in wanted
        if (page, target) not in held
    )


def _write_footnotes(plan: Plan) -> None:
    """Notes keep their identity, so that their translations keep theirs."""
    wanted: dict[tuple[int, str], Footnote] = {}
    for planned in plan.pages:
        for note in planned.footnotes:
            note.page_id = planned.page.pk
            note.locale_id = planned.page.locale_id
            wanted[(note.page_id, str(note.uuid))] = note
    held = {
        (note.page_id, str(note.uuid)): note
        for note in Footnote.objects.filter(page_id__in=plan.ids)
    }
    gone = [note.pk for key, note in held.items() if key not in wanted]
    if gone:
        Footnote.objects.filter(pk__in=gone).delete()
    kept, new = [], []
    for key, note in wanted.items():
        if key in held:
            note.pk, note.translation_key = held[key].pk, held[key].translation_key
            kept.append(note)
        else:
            note.pk = None
            new.append(note)
    Footnote.objects.bulk_update(kept, ["text", "sort_order"])
    Footnote.objects.bulk_create(new)


def write_redirects(plan: Plan) -> None:
    """An address that readers knew leads to the new one, as Wagtail does for a single page."""
    moved = [p for p in plan.pages if p.was_live and p.old_url_path != p.page.url_path]
    if not moved:
        return
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    prefix = len(site.root_page.url_path) - 1
    language = plan.issue.locale.language_code
    start = "" if language == site.root_page.locale.language_code else f"/{language}"

    def old_path(url_path: str) -> str:
        return Redirect.normalise_path(f"{start}{url_path[prefix:]}")

    rows = [
        Redirect(
            old_path=old_path(p.old_url_path),
            site=site,
            redirect_page_id=p.page.pk,
            automatically_created=True,
        )
        for p in moved
    ]
    # From the old addresses, and from those to which pages come back: they would turn in circles.
    paths = [row.old_path for row in rows] + [old_path(p.page.url_path) for p in moved]
    Redirect.objects.filter(old_path__in=paths, site=site, automatically_created=True).delete()
    Redirect.objects.bulk_create(rows, ignore_conflicts=True)


def write_log(
    pages: list[tuple[Any, Revision | None]], action: str, user: Any, now: "datetime"
) -> None:
    """One entry a page, under one identifier: it was one action."""
    together = uuid.uuid4()
    types = ContentType.objects.get_for_models(IssuePage, ArticlePage, for_concrete_models=False)
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            content_type=types[type(page)],
            label=page.get_admin_display_title()[:255],
            action=action,
            timestamp=now,
            uuid=together,
            user_id=user.pk if user else None,
            page_id=page.pk,
            revision=revision,
            content_changed=False,
        )
        for page, revision in pages
    )


def now() -> "datetime":
    return timezone.now()
