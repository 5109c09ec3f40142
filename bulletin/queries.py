"""What the pages of the Bulletin read. Each listing is limited to what the reader may see."""

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Case,
    Count,
    IntegerField,
    QuerySet,
    Value,
    When,
    prefetch_related_objects,
)

from cms.models import BasePageQuerySet
from cms.queries import with_cards
from cms.request_scope import remember

from .models.sections import SECTION_ORDER, Section

if TYPE_CHECKING:
    from .models import ArticlePage, BulletinIndexPage, IssuePage

RELATED = 3
SECTION_RANK = Case(
    *[When(section=code, then=Value(rank)) for code, rank in SECTION_ORDER.items()],
    default=Value(len(SECTION_ORDER)),
    output_field=IntegerField(),
)


def _shown(pages: Any) -> QuerySet[Any]:
    return pages.select_related("listing_image", "locale").defer_streamfields()


def issues(index: "BulletinIndexPage", user: Any | None) -> BasePageQuerySet:
    from .models import IssuePage

    found = IssuePage.objects.child_of(index).visible_to(user)
    return with_cards(found).order_by("-year", "-display_date", "-pk")


def issues_by_year(
    index: "BulletinIndexPage", user: Any | None
) -> list[tuple[int, list["IssuePage"]]]:
    """[(year, issues)], newest first."""
    rows = groupby(issues(index, user), key=lambda issue: issue.year)
    return [(year, list(group)) for year, group in rows]


def issues_around(
    issue: "IssuePage", user: Any | None
) -> tuple["IssuePage | None", "IssuePage | None"]:
    """The issues that came out just before and just after this one."""
    from .models import IssuePage

    found = IssuePage.objects.sibling_of(issue).visible_to(user)
    ids = list(found.order_by("year", "display_date", "pk").values_list("pk", flat=True))
    return _around(ids, issue.pk, IssuePage)


def _around(ids: list[int], pk: int, model: type[Any]) -> tuple[Any, Any]:
    """The pages before and after `pk` in a list of identifiers: one query, none when alone."""
    if pk not in ids:
        return None, None
    here = ids.index(pk)
    wanted = [ids[place] if 0 <= place < len(ids) else None for place in (here - 1, here + 1)]
    chosen = [one for one in wanted if one]
    pages = {page.pk: page for page in with_cards(model.objects.filter(pk__in=chosen))}
    return pages.get(wanted[0]), pages.get(wanted[1])


def latest_articles(index: "BulletinIndexPage", count: int) -> list["ArticlePage"]:
    """The newest articles that anybody may read, whoever asks: a feed is read by machines."""
    from .models import ArticlePage

    found = ArticlePage.objects.descendant_of(index).visible_to(None).select_related("locale")
    newest = found.defer_streamfields().order_by("-display_date", "-path", "position")
    return list(newest[:count])


def in_reading_order(articles: QuerySet[Any]) -> QuerySet[Any]:
    return articles.order_by(SECTION_RANK, "position", "path")


def articles_of(issue: "IssuePage", user: Any | None) -> list["ArticlePage"]:
    """The articles of an issue in the order in which they are read."""
    from .models import ArticlePage

    found = ArticlePage.objects.child_of(issue).visible_to(user)
    return list(in_reading_order(with_cards(found)))


def by_section(
    articles: list["ArticlePage"],
) -> list[tuple[str, Any, list["ArticlePage"]]]:
    """[(code, label, articles)] for articles that are in reading order."""
    return [
        (code, Section(code).label, list(group))
        for code, group in groupby(articles, key=lambda article: article.section)
    ]


def neighbour_ids(article: "ArticlePage", user: Any | None) -> tuple[int | None, int | None]:
    """The articles before and after this one within the issue."""
    from .models import ArticlePage

    found = ArticlePage.objects.sibling_of(article).visible_to(user)
    ids = list(in_reading_order(found).values_list("pk", flat=True))
    if article.pk not in ids:
        return None, None
    here = ids.index(article.pk)
    return (ids[here - 1] if here else None), (ids[here + 1] if here + 1 < len(ids) else None)


def themes_of(article: "ArticlePage") -> list[Any]:
    """The themes of a page: one query for all who ask during the request."""
    return remember(("themes", article.pk), lambda: list(article.themes.all()))


def related_ids(article: "ArticlePage", user: Any | None) -> list[int]:
    """Articles on the same themes: those that share most first, then the newest."""
    from .models import ArticlePage

    themes = [theme.pk for theme in themes_of(article)]
    if not themes:
        return []
    found = (
        ArticlePage.objects.visible_to(user)
        .filter(themes__in=themes, locale_id=article.locale_id)
        .exclude(pk=article.pk)
        .values_list("pk")
        .annotate(shared=Count("themes"))
        .order_by("-shared", "-display_date", "-pk")[:RELATED]
    )
    return [row[0] for row in found]


def around(
    article: "ArticlePage", user: Any | None
) -> tuple["ArticlePage | None", "ArticlePage | None", list["ArticlePage"]]:
    """(previous, next, on the same theme): what leads on from an article, fetched together."""
    from .models import ArticlePage

    before, after = neighbour_ids(article, user)
    related = related_ids(article, user)
    wanted = [pk for pk in (before, after, *related) if pk]
    pages = list(_shown(ArticlePage.objects.filter(pk__in=wanted))) if wanted else []
    # The picture of the article itself is shown above them: its sizes come with theirs.
    prefetch_related_objects([article, *pages], "listing_image__renditions")
    by_id = {page.pk: page for page in pages}
    return (
        by_id.get(before) if before else None,
        by_id.get(after) if after else None,
        [by_id[pk] for pk in related],
    )


@dataclass(frozen=True)
class LatestIssue:
    """What a listing shows of the newest issue: one article in front, some others."""

    issue: "IssuePage"
    lead: "ArticlePage | None"
    articles: list["ArticlePage"]


def latest_issue(
    user: Any | None, *, lead_section: str = "zoom", count: int = 4, language: str = "fr"
) -> LatestIssue | None:
    """The newest issue that this reader may see, in the language asked or else in French.

    lead_section: the section whose first article leads; the first article of all when there is none.
    """
    from .models import IssuePage

    # Its cover is not shown: the pictures are those of the articles.
    found = _shown(IssuePage.objects.visible_to(user)).order_by("-display_date", "-pk")
    issue = found.filter(locale__language_code=language).first() or found.first()
    if issue is None:
        return None
    articles = articles_of(issue, user)
    lead = next((article for article in articles if article.section == lead_section), None)
    lead = lead or next(iter(articles), None)
    # One article of each section first: a home page shows the breadth of an issue.
    rest = [article for article in articles if article is not lead]
    seen: set[str] = set()
    first_of_section = [
        article
        for article in rest
        if not (article.section in seen or seen.add(article.section))  # type: ignore[func-returns-value]
    ]
    ordered = first_of_section + [article for article in rest if article not in first_of_section]
    return LatestIssue(issue, lead, ordered[:count])
