"""Every article has its place in the composition of its issue, however it was created."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.signals import post_page_move


def connect() -> None:
    from .models import ArticlePage, IssuePage

    post_save.connect(place_article, sender=ArticlePage, dispatch_uid="bulletin.place")
    post_save.connect(start_composition, sender=IssuePage, dispatch_uid="bulletin.compose")
    post_page_move.connect(move_placement, sender=ArticlePage, dispatch_uid="bulletin.move")


def start_composition(instance: Any, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    from .models import Composition

    if created and not raw:
        Composition.objects.get_or_create(issue=instance)


def place_article(instance: Any, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    from .composing import place

    if created and not raw:
        place(instance)


def move_placement(
    instance: Any, parent_page_before: Any, parent_page_after: Any, **_kwargs: Any
) -> None:
    from .composing import place

    if parent_page_before.pk != parent_page_after.pk:
        place(instance.specific)
