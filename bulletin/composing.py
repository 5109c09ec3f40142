"""Arranging an issue: where each article stands, version by version."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from .models import Composition, Placement

if TYPE_CHECKING:
    from .models import ArticlePage


def place(article: "ArticlePage") -> Placement:
    """Give an article its place, last of its section."""
    with transaction.atomic():
        issue = article.get_parent()
        composition, _created = Composition.objects.get_or_create(issue_id=issue.pk)
        last = composition.placements.filter(section=article.section).aggregate(
            last=Max("position")
        )["last"]
        return Placement.objects.update_or_create(
            article=article,
            defaults={
                "composition": composition,
                "section": article.section,
                "position": (last or 0) + 1,
            },
        )[0]
