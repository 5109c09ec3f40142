"""Every article has its place in the composition of its issue, however it was created."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.signals import page_published, post_page_move


def connect() -> None:
    from .models import ArticlePage, IssuePage

    post_save.connect(place_article, sender=ArticlePage, dispatch_uid="bulletin.place")
    post_save.connect(start_composition, sender=IssuePage, dispatch_uid="bulletin.compose")
    page_published.connect(stay_with_the_issue, sender=ArticlePage, dispatch_uid="bulletin.stay")
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
    """An article that leaves for the bin keeps its place, and finds it again when it comes back."""
    from . import composing

    if parent_page_before.pk == parent_page_after.pk:
        return
    article = instance.specific
    composing.note_change(parent_page_before.pk, "removed", article)
    composing.arrive(article, parent_page_after)


def stay_with_the_issue(instance: Any, **_kwargs: Any) -> None:
    """What comes back from the bin into an issue that is no longer public is not public either."""
    from .models import ArticlePage, IssuePage

    if not IssuePage.objects.ancestor_of(instance).filter(live=True).exists():
        ArticlePage.objects.filter(pk=instance.pk, live=True).update(
            live=False, has_unpublished_changes=True
        )
