"""What the templates of the toolbox are given."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from cms.streams import render_stream

from . import archive, queries
from .forms import ShelfForm
from .models.sections import closed_to

if TYPE_CHECKING:
    from .models import ToolboxArticlePage
    from .models.listing import ShelfPage

# A whole shelf is downloaded at once up to this number of articles.
MOST_ARTICLES = 100


def shelf_context(shelf: "ShelfPage", request: HttpRequest) -> dict[str, Any]:
    form = ShelfForm(request.GET)
    form.is_valid()
    try:
        found = queries.shelf(shelf, request.user, form)
    except EmptyPage as error:
        raise Http404 from error
    for family in found.families:
        family["url"] = f"?{form.query(famille=family['code'])}"
    return {
        "form": form,
        "found": found,
        "all_families": f"?{form.query(famille='')}",
        "parameters": form.query(),
        "toolbox": shelf.toolbox(request),
        "for_members": closed_to(shelf),
        "download_url": _download_url(shelf, request, form, found.total),
        "supports_url": reverse("toolbox:supports"),
    }


def _download_url(
    shelf: "ShelfPage", request: HttpRequest, form: ShelfForm, total: int
) -> str | None:
    """Where the files of a narrowed list are downloaded at once."""
    if not form.is_narrowed or not 0 < total <= MOST_ARTICLES:
        return None
    return f"{shelf.get_url(request)}tout-telecharger/?{form.query()}"


def download_shelf(shelf: "ShelfPage", request: HttpRequest) -> HttpResponseBase:
    """One archive with the newest files of what the filters keep, for whoever may see it."""
    form = ShelfForm(request.GET)
    found = (
        queries.narrowed(queries.articles_below(shelf, request.user), form)
        if form.is_valid()
        else None
    )
    if found is None or not form.is_narrowed:
        raise Http404
    if form.value("famille"):
        found = found.filter(family=form.value("famille"))
    articles = list(found.select_related("locale").order_by("title", "pk")[: MOST_ARTICLES + 1])
    if not articles or len(articles) > MOST_ARTICLES:
        raise Http404
    return archive.respond(queries.newest_files(articles), shelf.slug, request)


def article_context(article: "ToolboxArticlePage", request: HttpRequest) -> dict[str, Any]:
    draft = bool(getattr(request, "is_preview", False))
    rendered = render_stream(
        article.body, {"page": article, "request": request}, article.footnotes.get_object_list()
    )
    files = queries.files_of(article, draft)
    member = request.user.is_authenticated
    url = article.get_url(request) or ""
    return {
        "body": rendered.html,
        "footnotes": rendered.notes,
        "files": files,
        "total_size": sum(file.newest.document.file_size or 0 for file in files),
        "operators": list(article.operators.all()),
        "themes": list(article.themes.all()),
        "changes": _changes(article),
        "related": queries.related(article, request.user),
        "member": member,
        "follows": queries.follows(request.user, article),
        "may_check": member and may_check(request.user, article),
        "download_url": f"{url}tout-telecharger/",
        "follow_url": f"{url}suivre/",
        "check_url": f"{url}verifier/",
    }


def may_check(user: Any, article: "ToolboxArticlePage") -> bool:
    """Whoever is in charge of an article, or may edit it, says that it is still right."""
    if article.in_charge_id == user.pk:
        return True
    return user.has_perm("wagtailadmin.access_admin") and (
        article.permissions_for_user(user).can_edit()
    )


def _changes(article: "ToolboxArticlePage") -> list[Any]:
    return list(article.changes.exclude(note="")[:5])


def download_article(article: "ToolboxArticlePage", request: HttpRequest) -> HttpResponseBase:
    files = [(article, file) for file in queries.files_of(article)]
    if not files:
        raise Http404
    return archive.respond(files, article.slug, request)
