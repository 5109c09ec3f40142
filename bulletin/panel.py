"""The issues in composition, for the home page of the admin."""

from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from cms.bin import outside
from cms.models import PageTemplate

from .models import ArticlePage, IssuePage
from .rules import can_compose

SHOWN = 4


def panel(user: Any) -> dict[str, Any] | None:
    """Issues that are not public, or hold changes that readers do not see; newest first."""
    inside = ArticlePage.objects.filter(
        path__startswith=OuterRef("path"), depth=OuterRef("depth") + Value(1)
    )
    waiting = inside.filter(Q(live=False) | Q(has_unpublished_changes=True))
    rows = (
        IssuePage.objects.exclude(pk__in=PageTemplate.objects.values("page_id"))
        .annotate(articles=_count(inside), waiting=_count(waiting))
        .filter(Q(live=False) | Q(has_unpublished_changes=True) | Q(waiting__gt=0))
        .select_related("locale")
        .defer_streamfields()
        .order_by("-latest_revision_created_at", "-pk")
    )
    found = [issue for issue in outside(rows)[: SHOWN * 3] if can_compose(user, issue)][:SHOWN]
    if not found:
        return None
    return {
        "title": _("Bulletin: issues in composition"),
        "template": "bulletin/admin/panel.html",
        "context": {"issues": found},
        "order": 10,
    }


def _count(rows: Any) -> Any:
    counted = rows.order_by().values("depth").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0))
