"""What the pages of operators show."""

from typing import Any

from django.apps import apps
from django.db.models import Count, Q
from django.http import HttpRequest

from cms import registry
from cms.models import BasePage
from cms.streams import render_stream

from ..models import Maison, Operator
from ..models.pages import OperatorIndexPage, OperatorNewsPage, OperatorPage
from ..queries import source_line

NEWS_SHOWN = 5
ABOUT_SHOWN = 6


def index_context(page: OperatorIndexPage, request: HttpRequest) -> dict[str, Any]:
    """National operators, then partners, each with the number of Maisons that offer it."""
    pages = (
        OperatorPage.objects.child_of(page)
        .visible_to(request.user)
        .select_related("operator", "locale")
        .defer_streamfields()
        .order_by("title")
    )
    counts = dict(
        Maison.objects.visible_to(request.user)
        .filter(operators__isnull=False)
        .order_by()
        .values_list("operators")
        .annotate(Count("pk"))
    )
    rows = [(operator, counts.get(operator.operator_id, 0)) for operator in pages]
    national = [row for row in rows if _is_national(row[0])]
    return {"national": national, "others": [row for row in rows if row not in national]}


def _is_national(page: OperatorPage) -> bool:
    return page.operator is not None and page.operator.kind == Operator.Kind.NATIONAL


def operator_context(page: OperatorPage, request: HttpRequest) -> dict[str, Any]:
    """Its mission, the Maisons that offer it, its news, and what the site says of it elsewhere."""
    user = request.user
    maisons = 0
    if page.operator:
        maisons = Maison.objects.visible_to(user).filter(operators=page.operator).count()
    news = (
        OperatorNewsPage.objects.child_of(page)
        .visible_to(user)
        .select_related("locale", "listing_image")
        .defer_streamfields()
        .order_by("-display_date", "-pk")
    )
    return {
        "body": render_stream(page.body, {"page": page, "request": request}, []).html,
        "maisons": maisons,
        "news": list(news[:NEWS_SHOWN]),
        "about": list(pages_about(page.operator, user)[:ABOUT_SHOWN]) if page.operator else [],
        "sections": sections(page.operator, request) if page.operator else [],
        "source_line": source_line(page.source, page.source_date),
    }


def sections(operator: Operator, request: HttpRequest) -> list[dict[str, Any]]:
    """What other apps show of an operator (`cms.registry.operator_sections`), in their order."""
    found = [given for give in registry.operator_sections if (given := give(operator, request))]
    return sorted(found, key=lambda section: section.get("order", 100))


def news_context(page: OperatorNewsPage, request: HttpRequest) -> dict[str, Any]:
    return {
        "body": render_stream(page.body, {"page": page, "request": request}, []).html,
        "operator_page": page.pages_above()[-1],
    }


def pages_about(operator: Operator, user: Any) -> Any:
    """Pages of every app that name this operator, the newest first, in one query."""
    named = Q(pk__in=[])
    for model in page_types_with_operators():
        found = model._default_manager.filter(operators=operator)
        named |= Q(pk__in=found.order_by().values("pk"))
    return (
        BasePage.objects.visible_to(user)
        .filter(named)
        .select_related("locale", "listing_image")
        .order_by("-display_date", "-first_published_at")
    )


def page_types_with_operators() -> list[type[BasePage]]:
    """Every page type that has an `operators` relation to operators."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, BasePage)
        and any(
            field.name == "operators" and field.related_model is Operator
            for field in model._meta.many_to_many
        )
    ]
