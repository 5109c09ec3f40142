"""What the pages of the toolbox read. Every list is cut to what its reader may see."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, DateField, F, IntegerField, QuerySet, Value, When
from django.utils.functional import cached_property

from cms.models import BasePageQuerySet

from .models import FileVersion, Follow, ToolboxArticlePage, ToolboxFile
from .models.families import DATED, ORDER, Family
from .searching import matching

if TYPE_CHECKING:
    from .forms import ShelfForm
    from .models.listing import ShelfPage

PER_PAGE = 20
FAMILY_RANK = Case(
    *[When(family=code, then=Value(rank)) for code, rank in ORDER.items()],
    default=Value(len(ORDER)),
    output_field=IntegerField(),
)
NEWEST_FIRST = Case(
    When(family__in=DATED, then=F("display_date")), default=None, output_field=DateField()
)


def articles_below(shelf: "ShelfPage", user: Any | None) -> BasePageQuerySet:
    return ToolboxArticlePage.objects.descendant_of(shelf).visible_to(user)


def narrowed(articles: Any, form: "ShelfForm") -> Any:
    """Those that the filters of the form keep, the family aside."""
    if form.value("operateur"):
        articles = articles.filter(operators__code=form.value("operateur"))
    if form.value("theme"):
        articles = articles.filter(themes__code=form.value("theme"))
    return matching(articles, form.value("q"))


@dataclass
class Shelf:
    """One page of a list of articles, by family, and how many there are in each."""

    page: Page[ToolboxArticlePage]
    total: int
    families: list[dict[str, Any]]
    groups: list[tuple[str, list[ToolboxArticlePage]]] = field(default_factory=list)


class CountedPaginator(Paginator):
    """A paginator that was told how many there are, which spares a query."""

    def __init__(self, rows: Any, per_page: int, total: int) -> None:
        self._total = total
        super().__init__(rows, per_page)

    @cached_property
    def count(self) -> int:
        return self._total


def shelf(place: "ShelfPage", user: Any | None, form: "ShelfForm") -> Shelf:
    """Raises EmptyPage for a page after the last."""
    found = narrowed(articles_below(place, user), form)
    counts = dict(found.order_by().values_list("family").annotate(Count("pk")))
    family = form.value("famille")
    listed = found.filter(family=family) if family else found
    total = counts.get(family, 0) if family else sum(counts.values())
    page = CountedPaginator(_listed(listed), PER_PAGE, total).page(form.value("page", 1))
    groups = groupby(page, key=lambda article: article.family)
    return Shelf(
        page=page,
        total=total,
        families=[
            {"code": code, "label": label, "count": counts[code], "current": code == family}
            for code, label in Family.choices
            if code in counts
        ],
        groups=[(str(Family(code).label), list(rows)) for code, rows in groups],
    )


def _listed(articles: Any) -> QuerySet[Any]:
    return (
        articles.select_related("locale")
        .defer_streamfields()
        .defer("search_text")
        .prefetch_related("operators")
        .annotate(number_of_files=Count("files", distinct=True))
        .order_by(FAMILY_RANK, "archived", NEWEST_FIRST.desc(nulls_last=True), "title", "pk")
    )


@dataclass
class ShownFile:
    """A file with its versions, the newest first."""

    title: str
    versions: list[FileVersion]

    @property
    def newest(self) -> FileVersion:
        return self.versions[0]

    @property
    def earlier(self) -> list[FileVersion]:
        return self.versions[1:]


def files_of(article: ToolboxArticlePage, draft: bool = False) -> list[ShownFile]:
    """The files of an article: one query; from the draft itself when it is a preview."""
    if draft:
        files = [(file, list(file.versions.all())) for file in article.files.all()]
    else:
        files = _read([article.pk]).get(article.pk, [])
    return [_shown(file, versions) for file, versions in files if versions]


def newest_files(articles: Any) -> list[tuple[ToolboxArticlePage, ShownFile]]:
    """(article, file) for every file of these articles, in their order: two queries."""
    articles = list(articles)
    read = _read([article.pk for article in articles])
    return [
        (article, _shown(file, versions))
        for article in articles
        for file, versions in read.get(article.pk, [])
    ]


def _read(articles: list[int]) -> dict[int, list[tuple[ToolboxFile, list[FileVersion]]]]:
    rows = (
        FileVersion.objects.filter(file__article_id__in=articles)
        .select_related("file", "document")
        .order_by("file__sort_order", "file_id")
    )
    found: dict[int, list[tuple[ToolboxFile, list[FileVersion]]]] = {}
    for _file_id, versions in groupby(rows, key=lambda version: version.file_id):
        of_file = list(versions)
        found.setdefault(of_file[0].file.article_id, []).append((of_file[0].file, of_file))
    return found


def _shown(file: ToolboxFile, versions: list[FileVersion]) -> ShownFile:
    return ShownFile(file.title, sorted(versions, key=lambda version: version.rank, reverse=True))


def follows(user: Any, article: ToolboxArticlePage) -> bool:
    return (
        user.is_authenticated and Follow.objects.filter(user=user, article_id=article.pk).exists()
    )


def related(article: ToolboxArticlePage, user: Any, count: int = 4) -> list[Any]:
    """Other articles of the family, those that still apply first: what leads on."""
    found = ToolboxArticlePage.objects.visible_to(user).filter(
        family=article.family, locale_id=article.locale_id
    )
    rows = found.exclude(pk=article.pk).select_related("locale").defer_streamfields()
    return list(
        rows.defer("search_text").order_by(
            "archived", NEWEST_FIRST.desc(nulls_last=True), "title", "pk"
        )[:count]
    )
