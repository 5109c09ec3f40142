"""The whole issue as it would be published now, drafts included, for those who may edit it.

The pages are rendered by the readers' own templates; their links within the issue lead to previews.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Revision

from .composing import placements
from .models import ArticlePage, IssuePage
from .queries import by_section
from .reading import article_context, issue_context


def draft_articles(issue: IssuePage) -> list[ArticlePage]:
    """The articles from their latest versions, in the order and sections of the composition."""
    rows = {a.pk: a for a in ArticlePage.objects.child_of(issue).select_related("locale")}
    revisions = Revision.objects.in_bulk(
        [a.latest_revision_id for a in rows.values() if a.latest_revision_id]
    )
    found = []
    for place in placements(issue):
        row = rows[place.article_id]
        row._cached_parent_obj = issue
        revision = revisions.get(row.latest_revision_id)
        article = row.with_content_json(revision.content) if revision else row
        article.section, article.position = place.section, place.position
        article.locale = row.locale
        found.append(article)
    return found


def render_issue(issue: IssuePage, request: HttpRequest) -> HttpResponse:
    draft = issue.get_latest_revision_as_object()
    articles = draft_articles(issue)
    _as_preview(request, draft)
    with translation.override(issue.locale.language_code):
        context = draft.get_context(request)
        context.update(issue_context(draft, request, articles=articles))
        context["sections"] = by_section(articles)
        return _respond(draft, context, issue, articles, request)


def render_article(issue: IssuePage, article_id: int, request: HttpRequest) -> HttpResponse:
    articles = draft_articles(issue)
    places = {article.pk: place for place, article in enumerate(articles)}
    if article_id not in places:
        raise Http404
    here = places[article_id]
    article = articles[here]
    _as_preview(request, article)
    with translation.override(issue.locale.language_code):
        context = article.get_context(request)
        context.update(article_context(article, request))
        context["previous"] = articles[here - 1] if here else None
        context["next"] = articles[here + 1] if here + 1 < len(articles) else None
        return _respond(article, context, issue, articles, request)


def _as_preview(request: HttpRequest, page: Any) -> None:
    """What Wagtail sets on the requests of its own previews."""
    request.is_preview = True  # type: ignore[attr-defined]
    request.preview_mode = page.default_preview_mode  # type: ignore[attr-defined]


def _respond(
    page: Any, context: dict[str, Any], issue: IssuePage, articles: list[Any], request: HttpRequest
) -> HttpResponse:
    context["page_meta"].robots = "noindex, nofollow"
    context["page_meta"].title = _("Preview: %(title)s") % {"title": page.title}
    response = TemplateResponse(request, page.get_template(request), context)
    response.render()
    text = response.content.decode()
    links = {issue.get_url(request): reverse("bulletin_preview", args=[issue.pk])}
    for article in articles:
        url = reverse("bulletin_preview_article", args=[issue.pk, article.pk])
        links[article.get_url(request)] = url
    for public, preview in links.items():
        text = text.replace(f'href="{public}"', f'href="{preview}"')
    response.content = text.encode()
    response["Cache-Control"] = "private, no-store"
    return response
