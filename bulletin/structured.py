"""schema.org descriptions (JSON-LD) of the Bulletin, its issues and its articles."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest

from cms.meta import absolute
from cms.structured import CONTEXT, publisher

if TYPE_CHECKING:
    from .models import ArticlePage, IssuePage


def periodical(url: str, title: str) -> dict[str, Any]:
    return {"@type": "Periodical", "name": title, "url": absolute(url), "publisher": publisher()}


def issue_part(issue: "IssuePage", request: HttpRequest) -> dict[str, Any]:
    """The issue as part of another description."""
    described: dict[str, Any] = {
        "@type": "PublicationIssue",
        "name": issue.title,
        "url": absolute(issue.get_url(request) or ""),
    }
    if issue.number:
        described["issueNumber"] = issue.number
    if issue.display_date:
        described["datePublished"] = issue.display_date.isoformat()
    return described


def issue_data(issue: "IssuePage", index: Any, request: HttpRequest) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        **issue_part(issue, request),
        "description": issue.summary,
        "inLanguage": issue.locale.language_code,
        "isPartOf": periodical(index.get_url(request) or "", index.title),
    }


def article_data(
    article: "ArticlePage", issue: "IssuePage", index: Any, request: HttpRequest
) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Article",
        "headline": article.title[:110],
        "description": article.summary,
        "url": absolute(article.get_url(request) or ""),
        "inLanguage": article.locale.language_code,
        "articleSection": str(article.get_section_display()),
        "timeRequired": f"PT{article.reading_minutes}M",
        "author": {"@type": "Organization", "name": article.authors or settings.SITE_NAME},
        "publisher": publisher(),
        "isPartOf": {
            **issue_part(issue, request),
            "isPartOf": periodical(index.get_url(request) or "", index.title),
        },
    }
    published = article.display_date or article.first_published_at
    if published:
        described["datePublished"] = published.isoformat()
    if article.last_published_at:
        described["dateModified"] = article.last_published_at.isoformat()
    return described
